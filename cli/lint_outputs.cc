#include "cli/lint_outputs.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "core/document.h"
#include "core/read_file.h"

namespace tlsward::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestCertificate = std::size_t{1} << 20;

std::vector<FileUse> written_files(const LintArguments& arguments, const std::vector<Output>& where) {
  std::vector<FileUse> written = output_files(where);
  if (!arguments.baseline.write.empty()) written.push_back({arguments.baseline.write, "the baseline"});
  return written;
}

bool is_file(const std::string& path) {
  std::error_code problem;
  return fs::is_regular_file(path, problem);
}

/// The files that a configuration may mean by its values; what is no path leads to no file.
class NamedFiles {
 public:
  explicit NamedFiles(std::string root) : root_(std::move(root)) {}

  void add(const Node& node, const fs::path& folder) {
    for (const Node& item : node.items) add(item, folder);
    for (const Member& member : node.members) add(member.value, folder);
    if (node.scalar.empty() || !known_.emplace(folder, node.scalar).second) return;
    const fs::path path(node.scalar);
    add(path);
    add(folder / path);
    if (!root_.empty()) add(root_ / path.relative_path());
  }

  std::vector<FileUse> take() { return std::move(files_); }

 private:
  void add(const fs::path& path) {
    if (is_file(path.string())) files_.push_back({path.string(), "a file that a configuration names"});
  }

  fs::path root_;
  std::set<std::pair<fs::path, std::string>> known_;
  std::vector<FileUse> files_;
};

/// Files that a gateway claims, or that cannot be read.
std::set<std::string> read_paths(const lint::Run& run) {
  std::set<std::string> paths;
  for (const lint::InputFacts& input : run.inputs) paths.insert(input.path);
  for (const lint::RunError& error : run.errors) paths.insert(error.path);
  return paths;
}

/// Read as the rules will see them, but not judged.
std::vector<FileUse> files_of(const JudgedProject& project, const SourceMap& sources) {
  const lint::Options& options = project.setup.options;
  const auto run = lint::run(project.files, {}, options, copy(sources));
  NamedFiles named(options.read.root);
  for (const Document& document : run->documents)
    named.add(document.root, fs::path(run->sources.path(document.file)).parent_path());
  std::vector<FileUse> files = named.take();
  const std::set<std::string> read = read_paths(*run);
  for (const lint::InputFile& file : project.files)
    if (!file.named && read.contains(file.path)) files.push_back({file.path, "an input"});
  return files;
}

/// PEM, or DER, which begins with a SEQUENCE (X.690, 8.9).
bool may_be_certificate(const std::string& path) {
  const auto bytes = read_file(path, kLargestCertificate);
  return bytes && (bytes->starts_with('\x30') || bytes->find("-----BEGIN ") != std::string::npos);
}

/// All of them are read, to know the ids that Tyk gives them.
std::vector<FileUse> certificates_in(const std::string& directory) {
  std::vector<FileUse> files;
  std::error_code problem;
  if (directory.empty()) return files;
  for (fs::directory_iterator entry(directory, problem), end; !problem && entry != end; entry.increment(problem)) {
    const std::string path = entry->path().string();
    if (is_file(path) && may_be_certificate(path)) files.push_back({path, "a file of --certs-dir"});
  }
  return files;
}

/// What this run reads before it looks at a configuration, and the baseline that it may write.
std::vector<FileUse> files_in_use(const LintArguments& arguments, const std::vector<LintSetup>& setups) {
  std::vector<FileUse> uses = certificates_in(arguments.input.certs_dir);
  const auto add = [&uses](const std::string& path, const char* use) {
    if (!path.empty()) uses.push_back({path, use});
  };
  for (const LintSetup& setup : setups) {
    for (const lint::FoundFile& file : setup.files)
      if (file.named) add(file.standard_input ? kStandardInput : file.path, "an input");
    add(setup.configuration.file, "the configuration of tlsward");
    add(setup.policy_file, "the policy");
    if (!setup.baseline.write) add(setup.baseline.file, "the baseline");
  }
  for (const std::string& file : arguments.observed) add(file == "-" ? kStandardInput : file, "an input");
  for (const std::string& definition : arguments.input.defines) {
    const std::size_t at = definition.find("=@");
    if (at != std::string::npos) add(definition.substr(at + 2), "the value of a --define");
  }
  return uses;
}

}  // namespace

void check_outputs(const LintArguments& arguments, const std::vector<LintSetup>& setups,
                   const std::vector<Output>& where) {
  const std::vector<FileUse> written = written_files(arguments, where);
  if (!written.empty()) check_output_files(written, files_in_use(arguments, setups));
}

void check_outputs(const LintArguments& arguments, const std::vector<JudgedProject>& projects,
                   const std::vector<Output>& where, const SourceMap& sources) {
  std::vector<FileUse> replaced = written_files(arguments, where);
  std::erase_if(replaced, [](const FileUse& output) { return !is_file(output.path); });
  if (replaced.empty()) return;
  for (const JudgedProject& project : projects) check_output_files(replaced, files_of(project, sources));
}

}  // namespace tlsward::cli
