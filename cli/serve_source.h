// The configuration that is served: read, linted and made ready; again for each reload.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/input_options.h"
#include "core/result.h"
#include "lint/run.h"
#include "serve/certificates/throw_away.h"
#include "serve/fault.h"
#include "serve/site.h"

namespace tlsward::cli {

/// How to read and judge it.
struct ServeSource {
  InputArguments input;
  bool force = false;   // findings of severity error are no reason to refuse
  bool strict = false;  // deviations are
  serve::Fault fault = serve::Fault::None;
  /// Where throw-away certificates are; nullopt: none are needed.
  std::optional<serve::ThrowAwayFiles> throw_away = {};
  /// They are used in place of every certificate and trust anchor that the configuration names.
  bool substitute = false;
};

/// A configuration that can be served.
struct LoadedSite {
  std::shared_ptr<const serve::Site> site;
  std::string gateway;             // "KrakenD 2.13"
  std::vector<std::string> files;  // that were read, certificates among them: worth watching
  std::string findings;            // errors that --force overrules, printed; may be empty
};

/// Opens the store of the gateway's certificate API in the first call, for all later ones.
class StoreKeeper {
 public:
  /// `directory`: where the store is made, below it.
  explicit StoreKeeper(std::string directory) : directory_(std::move(directory)) {}
  /// Null for a service without such an API. Error: the store cannot be used.
  Result<std::shared_ptr<const serve::CertificateService>> service_for(const gateways::Service& service);

 private:
  std::string directory_;
  std::shared_ptr<serve::CertificateStore> store_;
};

/// Reads and lints the files and makes a site of them. Error: the findings, or what is missing; text for a terminal.
Result<LoadedSite> load_site(const ServeSource& source, std::shared_ptr<const serve::TicketKeys> tickets,
                             StoreKeeper& stores);

}  // namespace tlsward::cli
