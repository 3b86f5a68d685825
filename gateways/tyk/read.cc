// A set of Tyk's files is one gateway: tyk.conf says how it listens, the API definitions say what it asks of clients
// and whom it calls. Either may be missing; what then cannot be known is left unresolved.
#include "gateways/tyk/read.h"

#include "gateways/tyk/keys.h"
#include "gateways/tyk/kind.h"

namespace tlsward::gateways::tyk {
namespace {

void read_document(const Claimed& claimed, CertificateReader& certificates, Model& model) {
  certificates.begin(claimed);
  switch (kind_of(claimed.document->root)) {
    case DocumentKind::Conf:
      model.confs.push_back(read_conf(claimed, certificates));
      return;
    case DocumentKind::Classic:
      model.apis.push_back(read_classic(claimed, certificates));
      return;
    case DocumentKind::Oas:
      model.apis.push_back(read_oas(claimed, certificates));
      return;
  }
}

void collect(const Claimed& claimed, std::vector<KnownObject>& objects) {
  const Document& document = *claimed.document;
  const Node& root = document.root;
  switch (kind_of(root)) {
    case DocumentKind::Conf:
      collect_objects(document, root, conf_type(), {}, object_types(), objects);
      return;
    case DocumentKind::Classic: {
      const Node& definition = definition_of(root);
      collect_objects(document, definition, classic_type(), &definition == &root ? "" : "api_definition",
                      object_types(), objects);
      return;
    }
    case DocumentKind::Oas:
      if (const Node* extension = root.find("x-tyk-api-gateway"); extension && extension->is_map()) {
        collect_objects(document, *extension, oas_type(), "x-tyk-api-gateway", object_types(), objects);
      }
      return;
  }
}

}  // namespace

Reading read(std::span<const Claimed> documents, const SourceMap&, const ReadOptions& options) {
  std::optional<CertificateIndex> index;
  if (!options.certs_dir.empty()) index = CertificateIndex::read(options.certs_dir);
  CertificateReader certificates(options, index ? &*index : nullptr);

  Model model;
  Reading reading;
  for (const Claimed& claimed : documents) {
    if (!claimed.document->root.is_map()) continue;
    read_document(claimed, certificates, model);
    collect(claimed, reading.objects);
  }
  add_listeners(model, reading.contexts);
  add_upstreams(model, reading.contexts);
  reading.model = std::move(model);
  return reading;
}

}  // namespace tlsward::gateways::tyk
