// An index is a header, then one entry per tracked file, sorted by path. Only the paths matter here, so everything else
// of an entry is stepped over. Version 4 writes a path as "cut N bytes off the one before and append this".
#include "lint/git_index.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace tlsward::lint {
namespace {

namespace fs = std::filesystem;

/// More than a million tracked files.
constexpr std::uintmax_t kMaxIndexBytes = std::uintmax_t{256} << 20;
constexpr std::uintmax_t kMaxSmallFileBytes = std::uintmax_t{1} << 20;

/// Times, device, inode, mode, owner and size in front of the object name.
constexpr std::size_t kStatBytes = 40;
constexpr std::uint16_t kExtendedFlag = 0x4000;

/// Reads big-endian numbers and stays at the end once something is missing.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t offset() const { return offset_; }

  void skip(std::size_t count) {
    if (count > bytes_.size() - offset_) return fail();
    offset_ += count;
  }
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | byte();
    return value;
  }
  std::uint8_t byte() {
    if (offset_ >= bytes_.size()) {
      fail();
      return 0;
    }
    return static_cast<std::uint8_t>(bytes_[offset_++]);
  }
  std::string_view text_to_zero() {
    const std::size_t end = bytes_.find('\0', offset_);
    if (end == std::string_view::npos) {
      fail();
      return {};
    }
    const std::string_view text = bytes_.substr(offset_, end - offset_);
    offset_ = end + 1;
    return text;
  }
  /// The offset encoding of pack files: seven bits a byte, each further byte adds one.
  std::size_t varint() {
    std::uint8_t next = byte();
    std::size_t value = next & 0x7fU;
    while (ok_ && (next & 0x80U) != 0 && value < kMaxIndexBytes) {
      next = byte();
      value = ((value + 1) << 7) | (next & 0x7fU);
    }
    return value;
  }

 private:
  void fail() {
    ok_ = false;
    offset_ = bytes_.size();
  }

  std::string_view bytes_;
  std::size_t offset_ = 0;
  bool ok_ = true;
};

std::optional<std::string> read_small(const fs::path& path, std::uintmax_t limit) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > limit || error) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// The directory that holds `index`: `.git`, or what a `.git` file (work trees, submodules) points to.
std::optional<fs::path> git_directory(const fs::path& work_tree) {
  const fs::path dot_git = work_tree / ".git";
  std::error_code error;
  if (fs::is_directory(dot_git, error)) return dot_git;
  const std::optional<std::string> text = read_small(dot_git, kMaxSmallFileBytes);
  constexpr std::string_view kPrefix = "gitdir:";
  if (!text || text->compare(0, kPrefix.size(), kPrefix) != 0) return std::nullopt;
  std::string target = text->substr(kPrefix.size());
  target.erase(0, target.find_first_not_of(' '));
  target.erase(target.find_last_not_of(" \r\n") + 1);
  if (target.empty()) return std::nullopt;
  return work_tree / target;
}

/// The configuration of the repository; a work tree of its own shares that of the main one.
std::string configuration(const fs::path& directory) {
  fs::path common = directory;
  if (const std::optional<std::string> text = read_small(directory / "commondir", kMaxSmallFileBytes))
    common = directory / text->substr(0, text->find_last_not_of(" \r\n") + 1);
  return read_small(common / "config", kMaxSmallFileBytes).value_or(std::string());
}

std::size_t hash_bytes(const fs::path& directory) {
  std::string config = configuration(directory);
  for (char& c : config) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const std::size_t key = config.find("objectformat");
  if (key == std::string::npos) return 20;
  return config.substr(key, config.find('\n', key) - key).find("sha256") != std::string::npos ? 32 : 20;
}

std::optional<fs::path> find_work_tree(fs::path directory) {
  std::error_code error;
  while (true) {
    if (fs::exists(directory / ".git", error)) return directory;
    if (!directory.has_parent_path() || directory.parent_path() == directory) return std::nullopt;
    directory = directory.parent_path();
  }
}

}  // namespace

std::optional<std::unordered_set<std::string>> parse_git_index(std::string_view bytes, std::size_t hash_bytes) {
  Bytes in(bytes);
  if (bytes.substr(0, 4) != "DIRC") return std::nullopt;
  in.skip(4);
  const std::uint32_t version = in.number(4);
  const std::uint32_t count = in.number(4);
  if (!in.ok() || version < 2 || version > 4) return std::nullopt;
  std::unordered_set<std::string> paths;
  std::string path;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t start = in.offset();
    in.skip(kStatBytes + hash_bytes);
    const std::uint32_t flags = in.number(2);
    if (version >= 3 && (flags & kExtendedFlag) != 0) in.skip(2);
    if (version == 4) {
      const std::size_t cut = in.varint();
      if (cut > path.size()) return std::nullopt;
      path.erase(path.size() - cut);
      path += in.text_to_zero();
    } else {
      path = in.text_to_zero();
      // Entries are filled up with zero bytes to a multiple of eight; one of them ended the path.
      const std::size_t length = in.offset() - start;
      in.skip((8 - length % 8) % 8);
    }
    if (!in.ok()) return std::nullopt;
    paths.insert(path);
  }
  return paths;
}

GitIndex::Repository GitIndex::read(const std::string& work_tree) {
  Repository repository;
  const std::optional<fs::path> git = git_directory(work_tree);
  const std::optional<std::string> bytes = git ? read_small(*git / "index", kMaxIndexBytes) : std::nullopt;
  if (!bytes) return repository;
  repository.files = parse_git_index(*bytes, hash_bytes(*git)).value_or(std::unordered_set<std::string>());
  for (const std::string& file : repository.files) {
    for (std::size_t slash = file.rfind('/'); slash != std::string::npos; slash = file.rfind('/', slash - 1))
      if (slash == 0 || !repository.folders.insert(file.substr(0, slash)).second) break;
  }
  return repository;
}

std::pair<const GitIndex::Repository*, std::string> GitIndex::look_up(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return {};
  // git knows a file by the real path of its directory.
  const fs::path directory = fs::canonical(absolute.parent_path(), error);
  if (error) return {};
  const std::optional<fs::path> work_tree = find_work_tree(directory);
  if (!work_tree) return {};
  const auto [repository, added] = repositories_.try_emplace(work_tree->string());
  if (added) repository->second = read(work_tree->string());
  return {&repository->second, (directory / absolute.filename()).lexically_relative(*work_tree).generic_string()};
}

bool GitIndex::tracks(const std::string& path) {
  const auto [repository, relative] = look_up(path);
  return repository != nullptr && repository->files.contains(relative);
}

bool GitIndex::tracks_below(const std::string& folder) {
  const auto [repository, relative] = look_up(folder);
  if (repository == nullptr) return false;
  // A submodule is one entry.
  return repository->folders.contains(relative) || repository->files.contains(relative);
}

}  // namespace tlsward::lint
