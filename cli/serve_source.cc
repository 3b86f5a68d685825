#include "cli/serve_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "report/format.h"
#include "rules/all.h"
#include "serve/document_material.h"
#include "serve/substitute_material.h"

namespace tlsward::cli {
namespace {

/// What `full` prints of the findings.
std::string findings_text(const lint::Run& run) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  if (out == nullptr) return "the findings cannot be printed: no memory";
  report::write_full({run, rules::all(), lint::fingerprints(run, {}), false, false}, out);
  std::fclose(out);
  std::string result(text, size);
  std::free(text);
  return result;
}

std::string errors_text(const lint::Run& run) {
  std::string text;
  for (const lint::RunError& error : run.errors) text += fmt::format("{}: {}\n", error.path, error.message);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

/// Leaves the findings that stand in the way of serving.
void keep_errors(lint::Run& run) {
  std::erase_if(run.findings, [](const Finding& finding) {
    return finding.severity != Severity::Error || finding.confidence == Confidence::Low;
  });
}

Result<const lint::InputSet*> the_set(const lint::Run& run) {
  const lint::InputSet* found = nullptr;
  for (const auto& set : run.sets) {
    if (set->gateway == nullptr) continue;
    if (found != nullptr)
      return Error{fmt::format("the files are configurations of {} and {}; one gateway can be served",
                               found->gateway->name, set->gateway->name)};
    found = set.get();
  }
  if (found == nullptr) return Error{"no file is the configuration of a gateway that tlsward knows"};
  return found;
}

std::vector<std::string> watched_files(const lint::Run& run, const lint::InputSet& set) {
  std::vector<std::string> files;
  for (const lint::InputFacts& input : run.inputs) {
    if (input.path != "-") files.push_back(input.path);
  }
  for (const tls::TlsContext& context : set.reading.contexts) {
    for (const tls::Material& material : context.material) {
      const bool known = std::find(files.begin(), files.end(), material.file) != files.end();
      if (!material.file.empty() && !known) files.push_back(material.file);
    }
  }
  return files;
}

/// The names that a listener's certificate has to have.
std::vector<std::string> served_names(const lint::InputSet& set) {
  std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};
  for (const tls::TlsContext& context : set.reading.contexts) {
    if (context.role != tls::Role::Listener) continue;
    for (const std::string& host : context.hosts) {
      if (std::find(names.begin(), names.end(), host) == names.end()) names.push_back(host);
    }
  }
  return names;
}

Result<std::unique_ptr<serve::MaterialSource>> material_of(const ServeSource& source, const lint::InputSet& set,
                                                           const serve::CertificateService* certificates) {
  auto material = serve::document_material(set.documents);
  if (certificates != nullptr) material = serve::stored_material(std::move(material), certificates->store);
  serve::Substitutes substitutes;
  if (source.substitute) substitutes.all = source.throw_away;
  if (serve::is_certificate_fault(source.fault)) {
    auto authority = serve::read_issued(source.throw_away->authority, source.throw_away->authority_key);
    if (!authority) return authority.error();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto faulty = serve::faulty_certificate(source.fault, served_names(set), *authority, now);
    pki::wipe(authority->key);
    if (!faulty) return faulty.error();
    substitutes.server = std::move(*faulty);
  }
  return serve::substitute_material(std::move(material), std::move(substitutes));
}

}  // namespace

Result<std::shared_ptr<const serve::CertificateService>> StoreKeeper::service_for(const gateways::Service& service) {
  const bool wanted = std::any_of(service.ports.begin(), service.ports.end(),
                                  [](const gateways::ServicePort& port) { return port.control_api; });
  if (!wanted) return std::shared_ptr<const serve::CertificateService>();
  if (!store_) {
    auto secret = serve::store_secret(directory_, service.encoding_secret, service.control_secret);
    if (!secret) return secret.error();
    auto store = serve::CertificateStore::open(directory_ + "/certificates", std::move(*secret));
    if (!store) return store.error();
    store_ = std::move(*store);
  }
  return std::make_shared<const serve::CertificateService>(serve::CertificateService{store_, service.control_secret});
}

Result<LoadedSite> load_site(const ServeSource& source, std::shared_ptr<const serve::TicketKeys> tickets,
                             StoreKeeper& stores) {
  const lint::Options options = input_options(source.input);
  const auto run = lint::run(read_inputs(source.input, options), rules::all(), options);
  if (!run->errors.empty()) return Error{errors_text(*run)};
  auto set = the_set(*run);
  if (!set) return set.error();
  LoadedSite loaded;
  keep_errors(*run);
  if (!run->findings.empty()) {
    loaded.findings = findings_text(*run);
    if (!source.force)
      return Error{loaded.findings + "not served, because of the errors above; --force serves it all the same"};
  }
  const lint::InputSet& chosen = **set;
  gateways::Service service = chosen.gateway->service(chosen.documents, chosen.reading);
  auto certificates = stores.service_for(service);
  if (!certificates) return certificates.error();
  auto material = material_of(source, chosen, certificates->get());
  if (!material) return material.error();
  serve::SiteParts parts{std::move(service), chosen.reading.contexts, std::move(tickets), *certificates};
  for (tls::TlsContext& context : parts.contexts) serve::apply_fault(source.fault, context);
  auto site = serve::make_site(std::move(parts), **material);
  if (!site) return site.error();
  if (source.strict && !(*site)->deviations.empty())
    return Error{
        fmt::format("{}\nnot served, because --strict allows no deviation", fmt::join((*site)->deviations, "\n"))};
  loaded.site = std::move(*site);
  loaded.gateway = fmt::format("{} {}", chosen.gateway->name, gateways::name(chosen.documents.front().version.number));
  loaded.files = watched_files(*run, chosen);
  return loaded;
}

}  // namespace tlsward::cli
