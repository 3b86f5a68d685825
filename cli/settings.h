// What a run was set to, by whom: flags go before the environment, the environment before .tlsward.yaml, that before
// the program's own defaults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/configuration.h"

namespace tlsward::cli {

/// One value with its origin: "--fail-on", "TLSWARD_FAIL_ON", the path of .tlsward.yaml, "default".
struct Setting {
  std::string name;
  std::string value;
  std::string origin;
};

/// The same for a list.
struct ListSetting {
  std::vector<std::string> values;
  std::string origin;
};

class Settings {
 public:
  /// An empty flag was not given. The environment variable is TLSWARD_ and the name in capitals, `-` as `_`.
  Setting text(std::string_view name, const std::string& flag, const std::optional<std::string>& configured,
               std::string_view otherwise);
  /// In the environment values are separated by commas.
  ListSetting list(std::string_view name, const std::vector<std::string>& flags,
                   const std::vector<std::string>& configured);
  /// For --show-config: something that only one side can say.
  void note(std::string_view name, std::string value, std::string_view origin);
  void from(const std::string& file) { file_ = file.empty() ? ".tlsward.yaml" : file; }

  /// Everything that was asked for, in that order.
  const std::vector<Setting>& all() const { return all_; }
  /// The environment variables that were asked for.
  const std::vector<std::string>& variables() const { return variables_; }

 private:
  std::optional<std::string> environment(std::string_view name);

  std::string file_ = ".tlsward.yaml";
  std::vector<Setting> all_;
  std::vector<std::string> variables_;
};

/// Tells on stderr of the variables of the environment that are called TLSWARD_… and are none of `variables`.
void tell_unread_variables(const std::vector<std::string>& variables);

/// "fail-on         error    (.tlsward.yaml)", one a line.
void print_settings(const lint::Configuration& configuration, const Settings& settings);

}  // namespace tlsward::cli
