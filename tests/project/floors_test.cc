// The house has floors: a folder includes itself and lower floors only, and packages stay in their rooms.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.h"

namespace {

namespace fs = std::filesystem;

const std::map<std::string, int>& floors() {
  static const std::map<std::string, int> kFloors = {{"core", 1},     {"tls", 2},    {"pki", 3},   {"net", 3},
                                                     {"gateways", 4}, {"lint", 5},   {"probe", 5}, {"serve", 5},
                                                     {"rules", 6},    {"report", 6}, {"cli", 7}};
  return kFloors;
}

struct Include {
  std::string file, folder, target;
  bool quoted = false;
};

/// `#include <target>` or `#include "target"`; file and folder are left to the caller.
std::optional<Include> parse_include(const std::string& line) {
  constexpr std::string_view kDirective = "#include ";
  if (!line.starts_with(kDirective) || line.size() < kDirective.size() + 2) return {};
  const char open = line[kDirective.size()];
  if (open != '"' && open != '<') return {};
  const std::size_t begin = kDirective.size() + 1;
  const std::size_t end = line.find(open == '"' ? '"' : '>', begin);
  return Include{"", "", line.substr(begin, end - begin), open == '"'};
}

std::vector<Include> all_includes() {
  std::vector<Include> found;
  for (const auto& [folder, floor] : floors()) {
    const fs::path root = fs::path(TLSWARD_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      std::ifstream in(entry.path());
      const std::string file = fs::relative(entry.path(), TLSWARD_SOURCE_DIR).string();
      for (std::string text; std::getline(in, text);)
        if (auto include = parse_include(text)) {
          include->file = file;
          include->folder = folder;
          found.push_back(*include);
        }
    }
  }
  return found;
}

std::string first_part(const std::string& path) {
  return path.substr(0, path.find('/'));
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(), [&](const std::string& s) { return text.starts_with(s); });
}

}  // namespace

TEST_CASE("floors: a folder includes itself and lower floors only") {
  const auto includes = all_includes();
  REQUIRE(includes.size() > 100);
  for (const Include& include : includes) {
    if (!include.quoted) continue;
    const std::string target = first_part(include.target);
    INFO(include.file << " includes " << include.target);
    REQUIRE(floors().contains(target));
    const int own = floors().at(include.folder), other = floors().at(target);
    const bool pki_for_net = include.folder == "net" && target == "pki";
    CHECK((target == include.folder || other < own || pki_for_net));
  }
}

TEST_CASE("floors: packages stay in their rooms") {
  const std::map<std::string, std::vector<std::string>> rooms = {
      {"yaml-cpp/", {"core/yaml"}},
      {"nlohmann/", {"core/json", "report/", "serve/"}},
      {"CLI/", {"cli/"}},
      {"openssl/", {"pki/", "net/", "probe/", "serve/", "cli/main.cc"}},
      {"boost/", {"net/", "probe/", "serve/"}},
      {"nghttp2/", {"serve/http/"}},
      {"re2/", {"gateways/router"}},
  };
  for (const Include& include : all_includes())
    for (const auto& [package, allowed] : rooms) {
      if (!include.target.starts_with(package)) continue;
      INFO(include.file << " includes " << include.target);
      CHECK(starts_with_any(include.file, allowed));
      const bool forward_declarations = include.target == "nlohmann/json_fwd.hpp";
      if (package != "openssl/" && !forward_declarations) CHECK(include.file.ends_with(".cc"));
    }
}

TEST_CASE("floors: rules see core, tls and lint/rule.h, and only their own product's model") {
  for (const Include& include : all_includes()) {
    if (include.folder != "rules" || !include.quoted) continue;
    const std::string group = first_part(include.file.substr(std::string("rules/").size()));
    const std::string target = first_part(include.target);
    INFO(include.file << " includes " << include.target);
    if (target == "gateways") {
      const bool product = group == "flex" || group == "krakend" || group == "tyk";
      const bool neutral = include.target.find('/', std::string("gateways/").size()) == std::string::npos;
      CHECK((neutral || (product && include.target.starts_with("gateways/" + group + "/"))));
    } else {
      CHECK((target == "core" || target == "tls" || target == "lint" || target == "rules"));
    }
    const bool context_only = group == "tls" || group == "cert";
    if (context_only) CHECK((target == "core" || target == "tls" || include.target == "lint/rule.h"));
  }
}
