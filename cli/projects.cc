#include "cli/projects.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "core/print.h"
#include "lint/project.h"
#include "lint/settings_reader.h"

namespace tlsward::cli {
namespace {

namespace fs = std::filesystem;

/// Tells once of each file that may be meant as .tlsward.yaml and is not called so.
class MisnamedConfigurations {
 public:
  /// Looks into the folder of `path` and those above it, up to the root of the project that it belongs to.
  void look_for(const std::string& path, const std::string& root) {
    std::error_code problem;
    fs::path folder = fs::weakly_canonical(fs::absolute(path, problem), problem);
    if (!fs::is_directory(folder, problem)) folder = folder.parent_path();
    while (seen_.insert(folder.string()).second) {
      tell(folder);
      if (folder == root || folder == folder.root_path()) return;
      folder = folder.parent_path();
    }
  }

 private:
  static void tell(const fs::path& folder) {
    std::error_code problem;
    if (fs::exists(folder / lint::kConfigurationName, problem)) return;
    for (const char* name : {".tlsward.yml", "tlsward.yaml", "tlsward.yml"})
      if (fs::is_regular_file(folder / name, problem))
        print_to(stderr, "tlsward: '{}' is not read as configuration; its name must be {}\n", (folder / name).string(),
                 lint::kConfigurationName);
  }

  std::set<std::string> seen_;
};

class Grouping {
 public:
  Grouping(const ConfigurationArguments& arguments, SourceMap& sources) : arguments_(arguments), sources_(sources) {}

  /// The index of the project that a path (of a file or folder) belongs to.
  std::size_t project_of(const std::string& path) {
    if (!projects_.empty() && one_for_all()) return 0;
    lint::Project project = lint::find_project(arguments_.file.empty() ? path : arguments_.file);
    if (!arguments_.file.empty()) project.configuration = arguments_.file;
    if (arguments_.none) project.configuration.clear();
    if (!one_for_all()) misnamed_.look_for(path, project.root);
    const auto [known, added] = by_configuration_.try_emplace(project.configuration, projects_.size());
    if (added) projects_.push_back({load_configuration(project, sources_), {}, false});
    return known->second;
  }

  void add_walked_from(const std::string& folder) {
    walked_.insert(project_of(folder));
    std::error_code none;
    searched_.push_back(std::filesystem::canonical(folder, none).string());
  }

  void add(const lint::FoundFile& file, const std::string& looked_at) {
    const bool may_be_excluded = (!file.named || file.skip_unclaimed) && file.error.empty();
    const auto excludes = [&](std::size_t index) { return excluded(file.path, projects_[index].configuration); };
    if (may_be_excluded && std::any_of(walked_.begin(), walked_.end(), excludes)) return;
    const std::size_t index = project_of_file(looked_at);
    if (may_be_excluded && excludes(index)) return;
    projects_[index].files.push_back(file);
  }

  std::vector<Project> take() {
    projects_.erase(std::remove_if(projects_.begin() + 1, projects_.end(),
                                   [](const Project& project) { return project.files.empty(); }),
                    projects_.end());
    for (Project& project : projects_) {
      project.whole = was_searched(project.configuration.root);
      if (project.whole) tell_idle_globs(project);
    }
    return std::move(projects_);
  }

 private:
  bool was_searched(const std::string& root) const {
    return std::any_of(searched_.begin(), searched_.end(), [&](const std::string& folder) {
      return !folder.empty() && (folder == root || lint::lies_below(root, folder));
    });
  }

  /// A misspelled glob would leave its files to be guessed, or passed over.
  static void tell_idle_globs(const Project& project) {
    const std::filesystem::path root(project.configuration.root);
    for (const lint::GatewayGlob& glob : project.configuration.gateways) {
      const auto fits = [&](const lint::FoundFile& file) {
        return lint::matches_path(glob.glob, lint::below_root(file.path, root.string()));
      };
      std::error_code none;
      if (std::any_of(project.files.begin(), project.files.end(), fits)) continue;
      if (std::filesystem::exists(root / glob.glob, none)) continue;
      print_to(stderr, "tlsward: gateways: '{}' in {} fits no file of the project\n", glob.glob,
               project.configuration.file);
    }
  }

  bool one_for_all() const { return arguments_.none || !arguments_.file.empty(); }

  std::size_t project_of_file(const std::string& path) {
    std::string folder = std::filesystem::path(path).parent_path().string();
    if (folder.empty()) folder = ".";
    const auto known = by_folder_.find(folder);
    if (known != by_folder_.end()) return known->second;
    return by_folder_[folder] = project_of(folder);
  }

  static bool excluded(const std::string& file, const lint::Configuration& configuration) {
    if (configuration.exclude.empty() || !lint::lies_below(file, configuration.root)) return false;
    const std::string path = lint::below_root(file, configuration.root);
    return std::any_of(configuration.exclude.begin(), configuration.exclude.end(),
                       [&](const std::string& glob) { return lint::matches_path(glob, path); });
  }

  const ConfigurationArguments& arguments_;
  SourceMap& sources_;
  MisnamedConfigurations misnamed_;
  std::vector<Project> projects_;
  std::map<std::string, std::size_t> by_configuration_, by_folder_;
  std::set<std::size_t> walked_;       // projects of the directories that were named
  std::vector<std::string> searched_;  // those directories, canonical
};

}  // namespace

std::vector<Project> find_projects(const ConfigurationArguments& configuration, const InputArguments& input,
                                   SourceMap& sources) {
  const std::string outside = input.stdin_filename.empty() ? "." : input.stdin_filename;
  const auto on_disk = [&](const std::string& path) { return path == "-" ? outside : path; };
  Grouping grouping(configuration, sources);
  grouping.project_of(input.paths.empty() ? "." : on_disk(input.paths.front()));
  if (input.paths.empty()) return grouping.take();
  for (const std::string& path : input.paths) {
    std::error_code none;
    if (path != "-" && std::filesystem::is_directory(path, none)) grouping.add_walked_from(path);
  }
  for (const lint::FoundFile& file : find_inputs(input)) grouping.add(file, file.standard_input ? outside : file.path);
  return grouping.take();
}

}  // namespace tlsward::cli
