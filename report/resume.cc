#include "report/resume.h"

#include <fmt/format.h>

#include <fstream>
#include <utility>

namespace tlsward::report {
namespace {

using Kind = ReadProblem::Kind;

constexpr std::size_t kMaxProblems = 100;
/// How every line of ours begins; of a run that was killed in its first line this is what is left, or a part of it.
constexpr std::string_view kLineStart = R"({"schema":"tlsward-probe/1",)";

constexpr std::string_view kNotOurs =
    "no result of tlsward probe is in it; --resume goes on with NDJSON files of its own";

bool ends_in_whole_line(std::istream& in) {
  in.clear();
  in.seekg(-1, std::ios::end);
  const int last = in.get();
  return !in || last == '\n';  // an empty file has no last byte
}

/// The only line of a file is the beginning of one of ours.
bool is_killed_at_once(std::istream& in) {
  in.clear();
  in.seekg(0);
  std::string start(kLineStart.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(in.gcount()));
  return kLineStart.starts_with(start);
}

/// Takes note of a problem. Error: the file is not ours to write to.
std::optional<Error> take(ReadProblem problem, EarlierResults& earlier) {
  if (problem.kind == Kind::Schema || problem.kind == Kind::Unreadable)
    return Error{problem.line == 0 ? problem.message : fmt::format("line {}: {}", problem.line, problem.message)};
  if (problem.kind == Kind::CutOff) {
    earlier.cut_off = problem.offset;
  } else if (earlier.problems.size() < kMaxProblems) {
    earlier.problems.push_back(std::move(problem));
  }
  return {};
}

/// Cuts off or ends the last line, so that the next one starts a line of its own.
std::optional<Error> mend_end(LineFile& file, const EarlierResults& earlier) {
  if (earlier.cut_off) return file.truncate(*earlier.cut_off);
  return earlier.unended ? file.append("") : std::nullopt;
}

}  // namespace

Result<EarlierResults> read_earlier_results(std::istream& in) {
  EarlierResults earlier;
  std::vector<probe::ResultStamp> stamps;
  RuleIds rules;
  ProbeReader reader(in, rules);
  bool broken = false;
  while (auto item = reader.next()) {
    if (reader.is_document()) break;
    if (!*item) {
      broken = true;
      if (auto error = take(std::move(item->error()), earlier)) return *error;
      continue;
    }
    stamps.push_back(probe::stamp_of((*item)->result));
  }
  if (reader.is_document()) return Error{"this is a JSON document; --resume goes on with NDJSON files"};
  if (stamps.empty() && broken && !(earlier.problems.empty() && is_killed_at_once(in)))
    return Error{std::string(kNotOurs)};
  earlier.results = stamps.size();
  earlier.unended = !earlier.cut_off && !ends_in_whole_line(in);
  earlier.done = probe::DoneSet(stamps);
  return earlier;
}

Result<Resumed> resume(const std::string& path) {
  auto file = LineFile::open(path);
  if (!file) return file.error();
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{fmt::format("cannot read '{}'", path)};
  auto earlier = read_earlier_results(in);
  if (!earlier) return Error{fmt::format("'{}': {}", path, earlier.error().message)};
  if (auto error = mend_end(*file, *earlier)) return *error;
  return Resumed{std::move(*file), std::move(*earlier)};
}

}  // namespace tlsward::report
