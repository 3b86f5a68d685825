// Takes values out of documents the way Tyk's decoder does.
//
// Go's encoding/json takes a key in any letter case, the last of several, and gives up on a file in which a value
// has the wrong type; such a value is Unresolved here.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/document.h"
#include "gateways/gateway.h"
#include "gateways/tyk/certificate_id.h"
#include "gateways/tyk/kind.h"
#include "gateways/tyk/model.h"

namespace tlsward::gateways::tyk {

/// An object of a document, or the lack of one.
class Object {
 public:
  /// The root of a document, or an object found by other means. `path` is the start of every field name.
  Object(const Node& node, std::string path) : node_(&node), path_(std::move(path)), where_(node.where) {}

  /// The object behind `key`. Where there is none, an object in which everything is absent, or Unresolved if it may
  /// exist after all.
  Object object(std::string_view key) const;
  Flag flag(std::string_view key) const;
  /// A whole number; 0 where absent.
  Number number(std::string_view key) const;
  Word word(std::string_view key) const;
  /// True where the text is set at all: not absent, not empty. A reference counts as set, a list or map is Unresolved.
  /// The text is not copied.
  Flag is_set(std::string_view key) const;
  NameList names(std::string_view key) const;
  /// The member itself, or nullptr.
  const Member* member(std::string_view key) const;
  /// The state that an absent key of this object has.
  State missing() const;

  /// Nullptr where there is no such object.
  const Node* node() const { return node_; }
  bool exists() const { return node_ != nullptr; }
  /// True where members may exist that are not seen.
  bool open() const { return unknown_ || (node_ && node_->open); }
  /// The object and its key; no place where it is absent (the root has no key).
  Span where() const { return where_; }
  Span key() const { return key_; }
  std::string path(std::string_view key) const;

 private:
  Object() = default;

  const Node* node_ = nullptr;
  std::string path_;
  Span where_, key_;
  bool unknown_ = false;
};

/// Makes certificate references of nodes: opens files, looks ids up. Each file is opened once.
class CertificateReader {
 public:
  CertificateReader(const ReadOptions& options, const CertificateIndex* index) : options_(options), index_(index) {}

  /// Says which document the next ones are of.
  void begin(const Claimed& claimed);
  CertificateReference reference(const Node& node, std::string field, Purpose purpose);
  CertificateList list(const Object& object, std::string_view key, Purpose purpose);
  /// A map from host to certificate or, where `pins`, to public keys.
  HostMap host_map(const Object& object, std::string_view key, bool pins);
  /// One entry of such a map; `host` is the node or key that names it.
  HostEntry host_entry(std::string host, Span where, bool unresolved) const;
  /// Fills in the references of an entry from the value of the map: for pins a comma-separated list or a list.
  void add_references(HostEntry& entry, const Node& value, const std::string& field, bool pins);
  /// Material of a path-valued field.
  tls::Material file(const Node& node, std::string field, tls::MaterialUse use, tls::MaterialPart part);

 private:
  void take_references(HostEntry& entry, const Node& value, const std::string& field, bool pins);

  const ReadOptions& options_;
  DocumentKind kind_ = DocumentKind::Conf;
  GatewayVersion version_;
  const CertificateIndex* index_;
  std::map<std::string, tls::Material, std::less<>> files_;
};

/// A short place at the beginning of a document, for findings about what is absent in it.
Span head_of(const Document& document, const Node& root);

}  // namespace tlsward::gateways::tyk
