// What a gateway is to tlsward: plain functions and tables, no base class.
#pragma once

#include <any>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "gateways/key.h"
#include "gateways/service.h"
#include "gateways/setting_names.h"
#include "tls/context.h"

namespace tlsward::gateways {

struct Gateway;

/// The version that a document is judged by.
struct GatewayVersion {
  ProductVersion number;
  bool guessed = true;  // neither an option nor the file names it
  std::string because;  // "--gateway krakend@2.6", "$schema", "latest known"
};

/// A strength that tells too little where nobody said that the file is a gateway's.
inline constexpr int kWeakSign = 1;

/// Why a document belongs to a gateway.
struct Detection {
  std::string because;  // "key \"version\": 3 with \"endpoints\""
  int strength = 1;     // the gateway with the greater number wins: 1 one weak sign, 2 several, 3 unmistakable
};

/// A document with the gateway that claimed it.
struct Claimed {
  const Document* document = nullptr;
  const Gateway* gateway = nullptr;
  GatewayVersion version;
  std::string detected_by;
};

enum class Edition : std::uint8_t { Unknown, Community, Enterprise };
enum class FlexMode : std::uint8_t { Unknown, Local, Connected };

/// What a reader may know beside the documents.
struct ReadOptions {
  bool follow_files = true;
  std::string root;       // --root: prefix of every path that a config names; empty: none
  std::string certs_dir;  // --certs-dir: certificates that Tyk ids are looked up in; empty: none
  Edition edition = Edition::Unknown;
  FlexMode flex_mode = FlexMode::Unknown;
  bool dashboard = false;
  bool from_directory = false;  // the set was found by walking a directory: counterparts should be there
};

/// What a gateway makes of one input set.
struct Reading {
  std::vector<tls::TlsContext> contexts;
  /// Every object that the key tables know, in file order.
  std::vector<KnownObject> objects;
  /// The gateway's own model: `flex::Model`, `krakend::Model` or `tyk::Model`.
  std::any model;
};

/// A reference inside a scalar: `$NAME`, `{{ env "NAME" }}`, `vault://path`.
struct Reference {
  std::size_t begin = 0, end = 0;  // in the scalar
  std::string name;                // for --define: "TLS_KEY"
};

struct Gateway {
  std::string_view id;    // "krakend"
  std::string_view name;  // "KrakenD"
  ProductVersion latest;  // the newest that is known; judged by where nobody says
  std::span<const ObjectType> objects;
  /// Why the document is one of this gateway's, or nullopt.
  std::optional<Detection> (*detect)(const Document&);
  /// The version that the document itself names or implies; nullopt where it is silent.
  std::optional<GatewayVersion> (*version_of)(const Document&);
  /// References in a scalar that only run time resolves.
  std::vector<Reference> (*references)(std::string_view scalar);
  /// Reads one set of documents, all claimed by this gateway. Never fails: what is broken is left out or unresolved.
  Reading (*read)(std::span<const Claimed>, const SourceMap&, const ReadOptions&);
  /// The version as this gateway writes it in place of `written` (the raw text that stands there, quotes included;
  /// empty where nothing stands): "\"TLS12\"", "771", "\"1.2\"".
  std::string (*spell_version)(tls::Version, std::string_view written);
  /// The suite as this gateway writes it in place of `written`: "49199", "TLS_…". Empty where it cannot.
  std::string (*spell_suite)(tls::CipherSuite, std::string_view written);
  /// Ports and routes of what `read` gave for the same documents. Never fails: Service::problem says why there is
  /// nothing to serve. Null: this gateway cannot be served.
  Service (*service)(std::span<const Claimed>, const Reading&) = nullptr;
  /// What its settings are called, for a listener and for an upstream.
  SettingNames listener_names = {}, upstream_names = {};
  /// Characters that open a key which is a comment wherever it stands: "@$_#" for KrakenD. Empty: there are none.
  std::string_view comment_marks = {};
  /// "true" serves for true, 23 for "23" and a lone value for a list of one.
  bool converts_types = false;
  /// Every reference holds one of these texts: a JSON file without any need not be searched for references. Empty:
  /// there is no such sign.
  std::span<const std::string_view> reference_marks = {};
  /// A key counts in any letter case (Go's encoding/json).
  bool any_key_case = false;
  /// The name of a folder beside the document's file whose files belong to it; empty: none. Null: there never is one.
  std::string (*companion_folder)(const Document&) = nullptr;
  /// The oldest release that the tables and rules know.
  ProductVersion oldest = {};
};

/// True for a key that this gateway takes for a comment.
inline bool is_comment_key(const Gateway& gateway, std::string_view key) {
  return !key.empty() && gateway.comment_marks.find(key.front()) != std::string_view::npos;
}

/// All gateways, in the order in which detection asks them.
std::span<const Gateway* const> all_gateways();
/// By id, or nullptr.
const Gateway* find_gateway(std::string_view id);

/// "krakend@2.7" to gateway and version; "krakend" gives no version; "2.9" means 2.9.0.
struct GatewayChoice {
  const Gateway* gateway = nullptr;
  std::optional<ProductVersion> version;
};
/// The choice, or a message that names what would be accepted. Never both empty.
std::optional<GatewayChoice> parse_gateway_choice(std::string_view text, std::string& error);
/// What to tell where the release that was chosen is older or newer than those that are known, and by what it is judged
/// then; empty where it is known.
std::string beyond_known(const GatewayChoice& choice);

/// True for a documentation placeholder in place of a value: `<cert-id>`, `<string> // REQUIRED`, `/path/to/cert.pem`,
/// `{NAME}`.
bool is_placeholder(std::string_view scalar);
/// False where no string of this JSON text can be a placeholder.
bool may_hold_placeholder(std::string_view json);

}  // namespace tlsward::gateways
