// Walking a directory means: look at its entries in order, enter the directories, keep the files whose names say that
// they may be configurations, and obey every `.gitignore` from the top of the repository down to the entry. As for git,
// what is tracked is not ignored.
#include "lint/collect.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "lint/git_index.h"
#include "lint/ignore_file.h"
#include "lint/project.h"

namespace tlsward::lint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEndings[] = {".json", ".yaml", ".yml", ".conf"};
constexpr std::size_t kMaxDepth = 100;
constexpr std::uintmax_t kMaxIgnoreFileBytes = std::uintmax_t{1} << 20;

std::string error_text(int number) {
  std::string text = std::generic_category().message(number);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

bool may_be_configuration(std::string_view name) {
  if (name == kConfigurationName) return false;
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending;
  });
}

/// A `.gitignore` (or `.git/info/exclude`) with the directory whose entries it speaks of.
struct ScopedIgnore {
  std::string directory;  // absolute, without a slash at the end; empty: the file system's root
  IgnoreFile file;
};

std::optional<IgnoreFile> read_ignore_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > kMaxIgnoreFileBytes || error)
    return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  IgnoreFile result(std::move(text).str());
  if (result.empty()) return std::nullopt;
  return result;
}

/// Identity of a file, so that none is linted twice under two names.
using Identity = std::pair<dev_t, ino_t>;

/// A file that walking met, perhaps not for the first time.
struct Walked {
  std::string path;
  Identity identity;
  bool link = false;
  std::size_t set = 0;
};

bool comes_first(const Walked& a, const Walked& b) {
  return std::tie(a.link, a.path) < std::tie(b.link, b.path);
}

class Collector {
 public:
  explicit Collector(const std::string& stdin_filename) : stdin_filename_(stdin_filename) {}

  /// Named files come first: walking must not take them into the set of a directory.
  void note_named(const std::string& argument) {
    struct stat facts {};
    if (::stat(argument.c_str(), &facts) == 0 && S_ISREG(facts.st_mode)) named_.insert({facts.st_dev, facts.st_ino});
  }

  void add(const std::string& argument) {
    if (argument == "-") return add_standard_input();
    struct stat facts {};
    if (::stat(argument.c_str(), &facts) != 0) return add_error(argument, error_text(errno), true);
    if (S_ISDIR(facts.st_mode)) return add_directory(argument);
    if (S_ISREG(facts.st_mode) && !seen_.insert({facts.st_dev, facts.st_ino}).second) return;
    FoundFile file;
    file.path = argument;
    found_.push_back(std::move(file));
  }

  std::vector<FoundFile> take() { return std::move(found_); }

 private:
  void add_standard_input() {
    FoundFile file;
    file.path = stdin_filename_.empty() ? "<stdin>" : stdin_filename_;
    file.standard_input = true;
    found_.push_back(std::move(file));
  }

  void add_error(std::string path, std::string error, bool named) {
    FoundFile file;
    file.path = std::move(path);
    file.error = std::move(error);
    file.named = named;
    found_.push_back(std::move(file));
  }

  void add_directory(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    std::error_code error;
    const fs::path absolute = fs::canonical(path, error);
    if (error) return add_error(path, error_text(error.value()), true);
    ignores_ = inherited_ignores(absolute);
    walked_.clear();
    const std::size_t first = found_.size();
    walk(path == "." ? "" : path, absolute.string(), 0, false);
    add_walked();
    std::stable_sort(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(),
                     [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
    if (walked_.empty() && found_.size() == first) {
      add_error(path, "no .json, .yaml, .yml or .conf file in this directory, or all of them are ignored by git", true);
    }
  }

  /// The `.gitignore` files of the directories above, up to the top of the repository.
  static std::vector<ScopedIgnore> inherited_ignores(const fs::path& directory) {
    std::vector<fs::path> chain;
    std::error_code error;
    fs::path top = directory;
    while (!fs::exists(top / ".git", error)) {
      if (top.parent_path() == top) return {};
      top = top.parent_path();
      chain.push_back(top);
    }
    std::vector<ScopedIgnore> result;
    if (auto file = read_ignore_file(top / ".git" / "info" / "exclude"))
      result.push_back({top.string(), std::move(*file)});
    std::reverse(chain.begin(), chain.end());
    for (const fs::path& above : chain) {
      if (auto file = read_ignore_file(above / ".gitignore")) result.push_back({above.string(), std::move(*file)});
    }
    return result;
  }

  /// The innermost file that has something to say decides.
  bool is_ignored(const std::string& absolute, bool is_directory) const {
    for (auto scope = ignores_.rbegin(); scope != ignores_.rend(); ++scope) {
      const std::string_view relative =
          std::string_view(absolute).substr(scope->directory == "/" ? 1 : scope->directory.size() + 1);
      if (const std::optional<bool> verdict = scope->file.ignores(relative, is_directory)) return *verdict;
    }
    return false;
  }

  /// `shown` is the path to print, empty for the working directory. Where `ignored`, only what git tracks counts.
  void walk(const std::string& shown, const std::string& absolute, std::size_t depth, bool ignored) {
    std::error_code error;
    fs::directory_iterator entries(absolute, error);
    if (error) return add_error(shown.empty() ? "." : shown, error_text(error.value()), false);
    const std::size_t scopes = ignores_.size();
    if (auto file = read_ignore_file(fs::path(absolute) / ".gitignore"))
      ignores_.push_back({absolute, std::move(*file)});
    std::size_t set = 0;
    std::vector<std::string> directories;
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
      const std::string name = entries->path().filename().string();
      // Kubernetes keeps the real files of a mounted ConfigMap below `..2026_11_22…` and links to them.
      if (name == ".git" || name.rfind("..", 0) == 0) continue;
      std::error_code no_type;
      const fs::file_type type = entries->symlink_status(no_type).type();
      if (type == fs::file_type::directory) {
        directories.push_back(name);
      } else if (may_be_configuration(name)) {
        const std::string path = join(absolute, name);
        if ((ignored || is_ignored(path, false)) && !git_.tracks(path)) continue;
        meet(shown.empty() ? name : join(shown, name), path, type == fs::file_type::symlink, set);
      }
      if (error) break;
    }
    std::sort(directories.begin(), directories.end());
    for (const std::string& name : directories) {
      const std::string below = join(absolute, name);
      const bool ignored_below = ignored || is_ignored(below, true);
      if (depth >= kMaxDepth || (ignored_below && !git_.tracks_below(below))) continue;
      walk(shown.empty() ? name : join(shown, name), below, depth + 1, ignored_below);
    }
    ignores_.erase(ignores_.begin() + static_cast<std::ptrdiff_t>(scopes), ignores_.end());
  }

  void meet(std::string shown, const std::string& absolute, bool link, std::size_t& set) {
    struct stat facts {};
    if (::stat(absolute.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return;
    if (set == 0) set = ++sets_;
    walked_.push_back({std::move(shown), {facts.st_dev, facts.st_ino}, link, set});
  }

  /// Of several names of one file its own comes before symbolic links, then the first in order: what a directory hands
  /// out first is chance.
  void add_walked() {
    std::sort(walked_.begin(), walked_.end(), comes_first);
    for (const Walked& walked : walked_) {
      if (named_.contains(walked.identity) || !seen_.insert(walked.identity).second) continue;
      FoundFile file;
      file.path = walked.path;
      file.named = false;
      file.set = walked.set;
      found_.push_back(std::move(file));
    }
  }

  static std::string join(const std::string& directory, const std::string& name) {
    return directory.back() == '/' ? directory + name : directory + "/" + name;
  }

  const std::string& stdin_filename_;
  std::set<Identity> named_, seen_;
  std::vector<ScopedIgnore> ignores_;
  GitIndex git_;
  std::vector<FoundFile> found_;
  std::vector<Walked> walked_;
  std::size_t sets_ = 0;
};

std::string size_text(std::size_t bytes) {
  constexpr std::size_t kMebibyte = std::size_t{1} << 20;
  return bytes % kMebibyte == 0 ? fmt::format("{} MiB", bytes / kMebibyte) : fmt::format("{} bytes", bytes);
}

/// Reads to the end, but stops once more than `limit` bytes came.
class Sink {
 public:
  Sink(InputFile& file, std::size_t limit) : file_(file), limit_(limit) {}
  bool take(const char* bytes, std::size_t count) {
    file_.text.append(bytes, count);
    if (file_.text.size() <= limit_) return true;
    file_.error = fmt::format("more than {}, the most that is read; --max-file-size allows more", size_text(limit_));
    file_.text = std::string();
    return false;
  }

 private:
  InputFile& file_;
  std::size_t limit_;
};

constexpr std::size_t kBlock = std::size_t{64} << 10;

void read_stream(std::istream& in, InputFile& file, std::size_t limit) {
  Sink sink(file, limit);
  std::array<char, kBlock> block;
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    if (!sink.take(block.data(), static_cast<std::size_t>(in.gcount()))) return;
  }
  if (in.bad()) file.error = "standard input could not be read";
}

void read_path(InputFile& file, std::size_t limit) {
  const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) {
    file.error = error_text(errno);
    return;
  }
  struct stat facts {};
  if (::fstat(descriptor, &facts) == 0 && facts.st_size > 0 && static_cast<std::uintmax_t>(facts.st_size) <= limit)
    file.text.reserve(static_cast<std::size_t>(facts.st_size));
  Sink sink(file, limit);
  std::array<char, kBlock> block;
  while (true) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) file.error = error_text(errno);
    if (count <= 0 || !sink.take(block.data(), static_cast<std::size_t>(count))) break;
  }
  ::close(descriptor);
}

}  // namespace

std::vector<FoundFile> find_files(const std::vector<std::string>& arguments, const std::string& stdin_filename) {
  Collector collector(stdin_filename);
  for (const std::string& argument : arguments) collector.note_named(argument);
  for (const std::string& argument : arguments) collector.add(argument);
  return collector.take();
}

std::vector<InputFile> read_files(const std::vector<FoundFile>& files, std::istream& standard_input,
                                  const Limits& limits) {
  std::vector<InputFile> result;
  result.reserve(files.size());
  for (const FoundFile& found : files) {
    InputFile& file = result.emplace_back();
    file.path = found.path;
    file.named = found.named;
    file.skip_unclaimed = found.skip_unclaimed;
    file.set = found.set;
    file.error = found.error;
    if (!file.error.empty()) continue;
    if (found.standard_input) {
      read_stream(standard_input, file, limits.file_bytes);
    } else {
      read_path(file, limits.file_bytes);
    }
  }
  return result;
}

}  // namespace tlsward::lint
