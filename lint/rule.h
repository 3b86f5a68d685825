// A rule is data and one function. All that rules may use of the engine stands here.
//
//   namespace tlsward::rules::tls_obsolete_version {   // the id with '_' for '/' and '-', so that a unity build has no
//   clash namespace { void check(const tls::TlsContext& context, lint::Reporter& out) { … }
//   }
//   extern const lint::Rule rule{.id = "tls/obsolete-version", …, .check = check};
//   }
#pragma once

#include <any>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/source.h"
#include "gateways/gateway.h"
#include "lint/options.h"
#include "tls/context.h"
#include "tls/material.h"

namespace tlsward::lint {

/// All documents of one gateway that are judged together; or one endpoint, without documents and gateway.
struct InputSet {
  const SourceMap* sources = nullptr;
  const gateways::Gateway* gateway = nullptr;
  std::vector<gateways::Claimed> documents;
  gateways::Reading reading;
  const Options* options = nullptr;
  /// Probed endpoints that upstream contexts of this set call (Options::observed).
  std::vector<const tls::TlsContext*> observed = {};
  /// The probed endpoint that is judged: where findings without a place in a file stand. Else nullptr.
  const Endpoint* endpoint = nullptr;

  /// The document that `where` lies in, or nullptr.
  const gateways::Claimed* claimed(Span where) const;
};

/// Where a rule puts its findings. Fills in rule id, severity and confidence; drops what was reported before.
class Reporter {
 public:
  Reporter(const InputSet& set, const struct Rule& rule, std::vector<Finding>& findings);

  /// Adds a finding with the rule's main severity at `where` about `subject`. The reference is valid until the next
  /// add. A finding of a context whose place was already reported by this rule for another context is merged into the
  /// first (several contexts may share one written value); the reference is then to a finding that is thrown away.
  Finding& add(Span where, std::string message, std::string_view subject = {});
  Finding& add(Severity severity, Span where, std::string message, std::string_view subject = {});
  /// For a context: subject is the context's; where `where` is no place, the context's key or section is meant.
  Finding& add(const tls::TlsContext& context, Span where, std::string message);
  Finding& add(Severity severity, const tls::TlsContext& context, Span where, std::string message);
  /// For a field with certificates or keys, or an observed chain. What several chains of an endpoint give the same
  /// message for is one finding where it is about one certificate.
  Finding& add(const tls::TlsContext& context, const tls::Material& material, std::string message);
  Finding& add(Severity severity, const tls::TlsContext& context, const tls::Material& material, std::string message);
  Finding& add(const tls::TlsContext& context, const tls::PlacedCertificate& certificate, std::string message);
  Finding& add(Severity severity, const tls::TlsContext& context, const tls::PlacedCertificate& certificate,
               std::string message);

  /// Text of the file under `where`.
  std::string_view text(Span where) const;
  const InputSet& set() const { return set_; }
  const Options& options() const { return *set_.options; }

  /// Lowers the confidence: Medium because a guessed version decided, Low because an unresolved value took part.
  static void lower(Finding& finding, Confidence confidence);
  /// Medium where nobody named the gateway version, else unchanged.
  static void by_version(Finding& finding, const tls::TlsContext& context);
  static void by_version(Finding& finding, const gateways::Claimed& claimed);

  // Fixes. Each keeps comments and formatting outside the bytes it must touch.
  /// Replaces the value at `where` by `text`, which must be in the file's own syntax.
  Fix replace(Span where, std::string text, std::string title, bool safe) const;
  /// Replaces the value by the version as the gateway writes it.
  Fix set_version(Span where, tls::Version version, bool safe) const;
  /// Removes the list item or the map member whose value lies at `where`, with its comma or line. Nullopt where the
  /// value is no item or member of its own, or came through an alias.
  std::optional<Fix> remove(Span where, std::string title, bool safe) const;
  /// As above, several items of one list at once.
  std::optional<Fix> remove(const std::vector<Span>& where, std::string title, bool safe) const;
  /// Adds `key`: `value` (in the file's own syntax) as the first member of the map at `map`, indented as its
  /// neighbours.
  std::optional<Fix> insert(Span map, std::string_view key, std::string_view value, bool safe) const;
  // Those that move text: comments go along, or there is no fix.
  /// Moves the member whose key lies at `key` to the front of the map at `map`.
  std::optional<Fix> move(Span key, Span map, std::string title, bool safe) const;
  /// Makes of the two members whose keys lie at `one` and `other` the only entry of a new list `name`.
  std::optional<Fix> gather(Span one, Span other, std::string_view name, std::string title, bool safe) const;
  /// Exchanges two items of a list.
  std::optional<Fix> exchange(Span one, Span other, std::string title, bool safe) const;

 private:
  /// nullopt where there are no edits.
  static std::optional<Fix> fix_of(std::optional<std::vector<Edit>> edits, std::string title, bool safe);
  /// What stands at one place already.
  struct Reported {
    std::size_t finding;
    const tls::TlsContext* context;
  };
  Finding& put(Severity severity, Span where, std::string message, std::string_view subject,
               const tls::TlsContext* context);
  /// For the probed endpoint: `part` is what of it, `what` tells things with equal messages apart.
  Finding& put_endpoint(Severity severity, std::string message, std::string_view subject, std::string_view part,
                        const std::string& what);

  const InputSet& set_;
  const Rule& rule_;
  std::vector<Finding>& findings_;
  std::map<std::tuple<FileId, std::uint32_t, std::uint32_t>, std::vector<Reported>> reported_;
  std::set<std::pair<std::string, std::string>> reported_of_endpoint_;  // what, and message
  Finding discarded_;
};

/// Where a rule's claim comes from. At least one of a rule's cites is an https page.
struct Cite {
  std::string_view title;    // "RFC 8996", "KrakenD 2.6, TLS settings"
  std::string_view section;  // "4, 5"; may be empty
  std::string_view url;
};

/// A file of an example, made when the test runs: `spec` is the recipe in words ("rsa:1024 cn=api san=DNS:api
/// with-key"). docs/CONTRIBUTING.md lists the words.
struct Recipe {
  std::string_view name;
  std::string_view spec;
};

/// One more file of an example.
struct ExampleFile {
  std::string_view name;
  std::string_view text;
};

/// A complete input. A line that ends in `//~ rule/id` (JSON) or `#~ rule/id` (YAML) is where that rule must fire; the
/// marker is cut off (with the blanks before it) before the text is read. `{{pem:NAME}}` stands for the text of a
/// recipe: as a JSON string body in JSON, as the lines of a block scalar, indented like the marker, in YAML.
/// `{{id:NAME}}` is the SHA-256 of its first certificate.
struct Example {
  std::string_view gateway;    // "krakend" or "krakend@2.6": forced on every file
  std::string_view text;       // the main file
  std::string_view name = {};  // its name; empty: gateway.json, or gateway.yaml where the text does not start with '{'
  std::vector<ExampleFile> more = {};
  std::vector<Recipe> recipes = {};
  std::string_view options = {};  // as on the command line: "--edition ce"
};

using ContextCheck = void (*)(const tls::TlsContext&, Reporter&);
using DocumentCheck = void (*)(const gateways::Claimed&, Reporter&);
using SetCheck = void (*)(const InputSet&, Reporter&);
/// std::monostate: the engine itself reports it (config/syntax-error).
using Check = std::variant<std::monostate, ContextCheck, DocumentCheck, SetCheck>;

struct Rule {
  std::string_view id;       // "tls/obsolete-version"
  std::string_view summary;  // what is wrong, lower case, no full stop: "minimum TLS version is below 1.2"
  std::string_view why;      // one to four sentences: what happens, to whom, since when; may name exceptions
  std::vector<Cite> cites;
  Severity severity = Severity::Warning;  // main case
  std::vector<Severity> also = {};        // other severities it may use
  std::string_view fix = "none";          // what can be done about it, in words
  std::string_view since = "0.1.0";
  /// Rules whose findings at the same place (one span inside the other) this one replaces (catalogue 5.9).
  std::vector<std::string_view> replaces = {};
  /// Rules whose findings about the same subject this one replaces, wherever they stand.
  std::vector<std::string_view> replaces_in_context = {};
  /// Compares with a live endpoint: silent without a probe result, so that `bad` has no marker.
  bool needs_probe = false;
  Example bad;
  Example good;
  Check check;
};

/// The group of an id: "tls" of "tls/weak-cipher".
std::string_view group(std::string_view rule_id);

/// Makes a SetCheck of a check that reads the gateway's own model: `.check = lint::on_model<tyk::Model, check>`.
template <class Model, void (*check)(const Model&, Reporter&)>
void on_model(const InputSet& set, Reporter& out) {
  if (const auto* model = std::any_cast<Model>(&set.reading.model)) check(*model, out);
}

}  // namespace tlsward::lint
