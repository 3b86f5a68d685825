#include "gateways/tyk/fields.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "gateways/material.h"
#include "gateways/tyk/secrets.h"
#include "gateways/tyk/tyk.h"
#include "gateways/tyk/versions.h"
#include "pki/pem.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kDropped = "Tyk writes a line to its log and goes on without it";

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

tls::MaterialUse use_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::Server:
    case Purpose::Upstream:
      return tls::MaterialUse::Certificate;
    case Purpose::Pin:
      return tls::MaterialUse::Pin;
    case Purpose::AllowList:
    case Purpose::Link:
      break;
  }
  return tls::MaterialUse::AllowList;
}

tls::MaterialPart part_of(Purpose purpose) {
  if (purpose == Purpose::Pin) return tls::MaterialPart::Key;
  return use_of(purpose) == tls::MaterialUse::Certificate ? tls::MaterialPart::CertificateAndKey
                                                          : tls::MaterialPart::Certificate;
}

/// The PEM text of a node. Releases that read it mend lost line breaks where it cannot be read as it is.
tls::Material inline_text(const Node& node, std::string field, Purpose purpose, ProductVersion version) {
  tls::Material material = inline_material(node, field, use_of(purpose), part_of(purpose));
  if (!reads_inline_pem(version) || material.bundle.problems.empty()) return material;
  const std::string text = with_line_breaks(node.scalar);
  Node copy = node;
  copy.scalar = text;
  tls::Material mended = inline_material(copy, std::move(field), use_of(purpose), part_of(purpose));
  return mended.bundle.problems.empty() ? mended : material;
}

template <class T>
Value<T> found(const Member& member, State state) {
  Value<T> value;
  value.state = state;
  value.where = member.value.where;
  value.key = member.key_where;
  return value;
}

/// The value of `key` where it is there and of the right kind; else a Value that says why not.
template <class T, class Take>
Value<T> read(const Object& object, std::string_view key, NodeKind kind, const Take& take) {
  const Member* member = object.member(key);
  if (!member) {
    Value<T> value;
    value.state = object.missing();
    return value;
  }
  const Node& node = member->value;
  if (node.unresolved) return found<T>(*member, State::Unresolved);
  // null leaves a Go field as it was: unset.
  if (node.is_null()) return {};
  if (node.kind != kind) return found<T>(*member, State::Unresolved);
  Value<T> value = found<T>(*member, State::Written);
  if (!take(node, value.value)) value.state = State::Unresolved;
  return value;
}

/// State and places of a list or map behind a key; `node` is set where it is of the right kind.
template <class Container>
const Node* read_container(const Object& object, std::string_view key, NodeKind kind, Container& out) {
  const Member* member = object.member(key);
  if (!member) {
    out.state = object.missing();
    out.open = out.state == State::Unresolved;
    return nullptr;
  }
  if (member->value.is_null() && !member->value.unresolved) return nullptr;
  out.where = member->value.where;
  out.key = member->key_where;
  if (member->value.kind != kind) {
    out.state = State::Unresolved;
    out.open = true;
    return nullptr;
  }
  out.state = State::Written;
  out.open = member->value.open;
  return &member->value;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

const Member* Object::member(std::string_view key) const {
  if (!node_) return nullptr;
  // Both spellings fill the same field of the structure, one after the other.
  const Member* result = nullptr;
  for (const Member& candidate : node_->members) {
    if (same_letters(candidate.key, key)) result = &candidate;
  }
  return result;
}

State Object::missing() const {
  return open() ? State::Unresolved : State::Absent;
}

std::string Object::path(std::string_view key) const {
  return join_path(path_, key);
}

Object Object::object(std::string_view key) const {
  Object child;
  child.path_ = path(key);
  const Member* found_member = member(key);
  if (!found_member) {
    child.unknown_ = open();
    return child;
  }
  const Node& value = found_member->value;
  child.where_ = value.where;
  child.key_ = found_member->key_where;
  if (value.is_map()) {
    child.node_ = &value;
  } else {
    child.unknown_ = value.unresolved || !value.is_null();
  }
  return child;
}

Flag Object::flag(std::string_view key) const {
  return read<bool>(*this, key, NodeKind::Bool, [](const Node& node, bool& out) {
    out = node.is_true();
    return true;
  });
}

Number Object::number(std::string_view key) const {
  return read<long>(*this, key, NodeKind::Number, [](const Node& node, long& out) {
    const char* end = node.scalar.data() + node.scalar.size();
    const auto result = std::from_chars(node.scalar.data(), end, out);
    return result.ec == std::errc() && result.ptr == end;
  });
}

Word Object::word(std::string_view key) const {
  return read<std::string>(*this, key, NodeKind::Text, [](const Node& node, std::string& out) {
    out = node.scalar;
    return true;
  });
}

Flag Object::is_set(std::string_view key) const {
  const Member* found_member = member(key);
  if (!found_member) {
    Flag flag;
    flag.state = missing();
    return flag;
  }
  const Node& node = found_member->value;
  Flag flag = found<bool>(*found_member, State::Written);
  flag.value = node.unresolved || (!node.is_null() && !node.scalar.empty());
  if (!node.unresolved && !node.is_scalar()) flag.state = State::Unresolved;
  return flag;
}

NameList Object::names(std::string_view key) const {
  NameList list;
  const Node* node = read_container(*this, key, NodeKind::List, list);
  if (!node) return list;
  for (const Node& item : node->items) {
    list.names.push_back({std::string(item.scalar), item.where, item.unresolved || !item.is_text()});
  }
  return list;
}

void CertificateReader::begin(const Claimed& claimed) {
  kind_ = kind_of(claimed.document->root);
  version_ = claimed.version;
}

CertificateReference CertificateReader::reference(const Node& node, std::string field, Purpose purpose) {
  CertificateReference result;
  result.purpose = purpose;
  result.where = node.where;
  tls::Material& material = result.material;
  material.use = use_of(purpose);
  material.part = part_of(purpose);
  material.field = field;
  material.where = node.where;
  material.effect = kDropped;
  // null is the empty text.
  if (node.is_null() && !node.unresolved) return result;
  if (node.unresolved || !node.is_text()) {
    result.form = ReferenceForm::Unresolved;
    result.stays_text = node.unresolved && stays_text(node.scalar, kind_, version_);
    material.written = node.scalar;
    return result;
  }

  result.form = form_of(node.scalar);
  if (result.form == ReferenceForm::InlinePem) {
    material = inline_text(node, std::move(field), purpose, version_.number);
    material.effect = kDropped;
    return result;
  }
  // What may be a key must not be printed.
  if (pki::holds_material(node.scalar)) return result;
  result.written = node.scalar;
  material.written = node.scalar;
  if (result.form == ReferenceForm::Path) {
    material = file(node, std::move(field), material.use, material.part);
    return result;
  }
  // Tyk opens a file of any name; without a slash or an ending only the file itself shows that it is one.
  const bool never_a_file = purpose == Purpose::Pin && is_hex(node.scalar);
  if (result.form == ReferenceForm::Other && options_.follow_files && !never_a_file) {
    tls::Material found = file(node, field, material.use, material.part);
    if (found.state != tls::MaterialState::Read) return result;
    result.form = ReferenceForm::Path;
    material = std::move(found);
    return result;
  }
  if (result.form != ReferenceForm::Id) return result;
  material.state = tls::MaterialState::StoreId;
  material.store_id = true;
  // The id of a public key is a hash of another kind: no directory of certificates can be asked for it.
  if (!index_ || purpose == Purpose::Pin) return result;
  result.looked_up = true;
  const CertificateIndex::Entry* entry = index_->find(parse_certificate_id(node.scalar)->sha256);
  if (!entry) return result;
  material.state = tls::MaterialState::Read;
  material.file = entry->file;
  material.bundle = entry->bundle;
  return result;
}

tls::Material CertificateReader::file(const Node& node, std::string field, tls::MaterialUse use,
                                      tls::MaterialPart part) {
  auto known = files_.find(node.scalar);
  if (known == files_.end() || node.unresolved) {
    tls::Material read = file_material(node, field, use, part, options_);
    known = files_.insert_or_assign(std::string(node.scalar), std::move(read)).first;
  }
  tls::Material material = known->second;
  material.field = std::move(field);
  material.where = node.where;
  material.use = use;
  material.part = part;
  material.effect = kDropped;
  return material;
}

CertificateList CertificateReader::list(const Object& object, std::string_view key, Purpose purpose) {
  CertificateList list;
  const Node* node = read_container(object, key, NodeKind::List, list);
  if (!node) return list;
  std::size_t index = 0;
  for (const Node& item : node->items) {
    list.entries.push_back(reference(item, join_path(object.path(key), index++), purpose));
  }
  return list;
}

HostEntry CertificateReader::host_entry(std::string host, Span where, bool unresolved) const {
  HostEntry entry;
  entry.key = where;
  entry.unresolved = unresolved || !gateway.references(host).empty();
  entry.host = std::move(host);
  return entry;
}

void CertificateReader::add_references(HostEntry& entry, const Node& value, const std::string& field, bool pins) {
  take_references(entry, value, field, pins);
  if (!pins) return;
  const std::string_view effect = effect_of_lost_pin(entry.certificates.size() == 1);
  for (CertificateReference& pin : entry.certificates) pin.material.effect = effect;
}

void CertificateReader::take_references(HostEntry& entry, const Node& value, const std::string& field, bool pins) {
  const Purpose purpose = pins ? Purpose::Pin : Purpose::Upstream;
  if (value.is_list()) {
    std::size_t index = 0;
    for (const Node& item : value.items)
      entry.certificates.push_back(reference(item, join_path(field, index++), purpose));
    return;
  }
  if (!pins || value.unresolved || value.scalar.find(',') == std::string_view::npos) {
    entry.certificates.push_back(reference(value, field, purpose));
    return;
  }
  for (std::string_view rest = value.scalar; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    Node part = value;
    part.scalar = trim(rest.substr(0, comma));
    entry.certificates.push_back(reference(part, field, purpose));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
}

HostMap CertificateReader::host_map(const Object& object, std::string_view key, bool pins) {
  HostMap map;
  map.pins = pins;
  const Node* node = read_container(object, key, NodeKind::Map, map);
  if (!node) return map;
  for (const Member& member : node->members) {
    HostEntry entry = host_entry(std::string(member.key), member.key_where, member.key_unresolved);
    add_references(entry, member.value, join_path(object.path(key), member.key), pins);
    map.entries.push_back(std::move(entry));
  }
  return map;
}

Span head_of(const Document& document, const Node& root) {
  if (document.format == Format::Yaml && !root.members.empty()) return root.members.front().key_where;
  Span head = root.where;
  head.end = std::min(head.end, head.begin + 1);
  return head;
}

}  // namespace tlsward::gateways::tyk
