#include <fmt/format.h>

#include "core/print.h"
#include "core/width.h"
#include "report/context.h"
#include "report/context_values.h"
#include "report/error_text.h"
#include "report/sslscan_lines.h"

namespace tlsward::report {
namespace {

constexpr int kLabelWidth = 14;

class Page {
 public:
  Page(const lint::Run& run, bool color, std::FILE* out) : sources_(run.sources), color_(color), out_(out) {}

  void context(const tls::TlsContext& context) {
    head(context);
    if (!context.enabled) {
      row("TLS", "off", context.why_not);
      for (const std::string& host : context.hosts) row("", host, "");
      print_to(out_, "\n");
      return;
    }
    if (!context.start_failure.empty()) row("start", "the gateway does not start", context.start_failure);
    setting("minimum", tls::name(context.min_version.value), context.min_version);
    setting("maximum", tls::name(context.max_version.value), context.max_version);
    versions(context);
    suites(context);
    equal_preference(context);
    groups(context);
    setting("ALPN", context.alpn.value.empty() ? "none" : fmt::format("{}", fmt::join(context.alpn.value, ", ")),
            context.alpn);
    peer(context);
    for (const std::string& note : context.notes) row("note", note, "");
    print_to(out_, "\n");
  }

 private:
  void head(const tls::TlsContext& context) {
    const std::string title = fmt::format("{} {}", name(context.role), printable(context.subject));
    print_to(out_, "{} ({} {}{})", color_ ? fmt::format("\x1b[1m{}\x1b[0m", title) : title, context.gateway_name,
             context.gateway_version, context.version_guessed ? ", version assumed" : "");
    const Span where = context.section_key.known() ? context.section_key : context.section;
    if (where.known())
      print_to(out_, " {}:{}", printable(sources_.path(where.file)), sources_.position(where.file, where.begin).line);
    print_to(out_, "\n");
    if (!context.endpoint.empty()) row("endpoint", context.endpoint, "");
  }

  void row(std::string_view label, std::string_view value, std::string_view remark) {
    print_to(out_, "  {:<{}}  {}", label, kLabelWidth, printable(value));
    if (!remark.empty()) {
      const std::string text = fmt::format("  ({})", printable(remark));
      print_to(out_, "{}", color_ ? fmt::format("\x1b[2m{}\x1b[0m", text) : text);
    }
    print_to(out_, "\n");
  }

  template <class T>
  void setting(std::string_view label, std::string_view value, const tls::Setting<T>& from) {
    row(label, from.known() ? value : "unknown", origin_words(sources_, from));
  }

  void versions(const tls::TlsContext& context) {
    if (!context.versions.known()) return setting("versions", "", context.versions);
    std::string list;
    for (const tls::Version version : tls::known_versions())
      list += fmt::format("{}{} {}", list.empty() ? "" : ", ", sslscan_version(version),
                          tls::enables(context, version) ? "enabled" : "disabled");
    row("versions", list, "");
  }

  void suites(const tls::TlsContext& context) {
    setting("suites", fmt::format("{} order", name(context.cipher_order)), context.ciphers);
    if (!context.ciphers.known()) return;
    for (auto version = context.versions.value.rbegin(); version != context.versions.value.rend(); ++version) {
      const auto found = context.ciphers.value.find(*version);
      if (found == context.ciphers.value.end() || found->second.empty()) {
        row("", fmt::format("{}  none: no handshake with this version can succeed", sslscan_version(*version)), "");
        continue;
      }
      for (const tls::CipherSuite suite : found->second) {
        const tls::CipherSuiteFacts* facts = tls::facts(suite);
        row("",
            fmt::format("{}  {:>3} bits  {}", sslscan_version(*version), facts == nullptr ? 0 : facts->bits,
                        tls::name(suite)),
            "");
      }
    }
  }

  void equal_preference(const tls::TlsContext& context) {
    for (const auto& run : context.equal_preference) {
      std::vector<std::string> names;
      for (const tls::CipherSuite suite : run) names.push_back(tls::name(suite));
      row("", fmt::format("between {} the client decides", fmt::join(names, " and ")), "");
    }
  }

  void groups(const tls::TlsContext& context) {
    std::string list;
    for (const tls::Group group : context.groups.value)
      list += fmt::format("{}{}", list.empty() ? "" : ", ", tls::name(group));
    setting("groups", fmt::format("{} ({} order)", list.empty() ? "none" : list, name(context.groups_order)),
            context.groups);
  }

  /// One reference may name both.
  void pair(const tls::TlsContext& context, const tls::Identity& identity) {
    const auto& material = context.material;
    if (identity.certificate < material.size()) row("certificate", material_words(material[identity.certificate]), "");
    if (identity.key < material.size() && identity.key != identity.certificate)
      row("key", material_words(material[identity.key]), "");
  }

  void peer(const tls::TlsContext& context) {
    if (context.role == tls::Role::Listener) {
      setting("client cert", name(context.client_auth.value), context.client_auth);
    } else {
      setting("verifies", name(context.verify_peer.value), context.verify_peer);
      setting("checks name", context.server_name_check.value ? "yes" : "no", context.server_name_check);
    }
    for (const tls::TrustSource& source : context.trust) row("trusts", trust_words(context, source), "");
    for (const tls::Identity& identity : context.identities) pair(context, identity);
  }

  const SourceMap& sources_;
  bool color_;
  std::FILE* out_;
};

}  // namespace

void write_contexts_text(const lint::Run& run, bool color, std::FILE* out) {
  Page page(run, color, out);
  for (const auto& set : run.sets)
    for (const tls::TlsContext& context : set->reading.contexts) page.context(context);
  for (const lint::RunError& error : run.errors) print_to(out, "{}\n", printable(error_line(error)));
}

}  // namespace tlsward::report
