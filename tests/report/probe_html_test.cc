// The HTML page as text: it is well formed, whatever a server sent, and its policy allows its own style and script.
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <regex>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/report/probe_page.h"
#include "tests/report/probe_results.h"

namespace {

using namespace tlsward;

// What stands between the first `open` and the next `close`.
std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const std::size_t begin = text.find(open);
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find(close, begin + open.size());
  REQUIRE(end != std::string::npos);
  return text.substr(begin + open.size(), end - begin - open.size());
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t number = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++number;
  return number;
}

// The page without the text of its style and script.
std::string markup(std::string page) {
  for (const char* part : {"style", "script"}) {
    const std::string open = "<" + std::string(part) + ">";
    const std::string inner = between(page, open, "</" + std::string(part) + ">");
    page.erase(page.find(open) + open.size(), inner.size());
  }
  return page;
}

// The first tag that closes nothing or is not closed; empty where all are in order.
std::string first_unbalanced(const std::string& page) {
  static const std::regex kTag(R"(<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>)");
  const std::string text = markup(page);
  std::vector<std::string> open;
  for (std::sregex_iterator tag(text.begin(), text.end(), kTag), end; tag != end; ++tag) {
    const std::string name = (*tag)[2];
    if (name == "meta" || name == "input") continue;
    if ((*tag)[1].length() == 0) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return tag->str() + " at " + std::to_string(tag->position());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? std::string() : "<" + open.back() + ">";
}

// '<' that begins no tag of ours: each must have been escaped.
std::size_t stray_brackets(const std::string& page) {
  static const std::regex kTag(R"(<!DOCTYPE html>|</?[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"<>]*")?)*>)");
  const std::string left = std::regex_replace(markup(page), kTag, "");
  return count(left, "<") + count(left, ">");
}

std::string hash_source(const std::string& text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::array<unsigned char, 4 * (SHA256_DIGEST_LENGTH / 3 + 1) + 1> base64{};
  EVP_EncodeBlock(base64.data(), digest.data(), SHA256_DIGEST_LENGTH);
  return "'sha256-" + std::string(reinterpret_cast<const char*>(base64.data())) + "'";
}

// Leaves text, attributes and elements, calls for a picture, turns the reading direction and clears a screen.
constexpr char kHostile[] =
    "\"'></code></td><script>alert(1)</script><img src=x onerror=alert(2)>&lt;\x1b[2J\x7f\xE2\x80\xAE\xE2\x81\xA6\xff";

probe::HostResult hostile() {
  probe::HostResult result = tests::fixed_probe_results()[1];
  for (std::string* text :
       {&result.target, &result.host, &result.address, &result.sni, &result.starttls, &result.trouble.message,
        &result.service.name, &result.service.banner, &result.no_chain, &result.alpn.gap})
    *text = kHostile;
  result.trouble.kind = probe::Trouble::Kind::Interrupted;
  for (auto* list : {&result.notes, &result.npn, &result.client_cas, &result.alpn.accepted}) *list = {kHostile};
  for (auto& [version, told] : result.versions) told.evidence = kHostile;
  for (auto& [question, told] : result.questions) told.evidence = kHostile;
  for (auto& [version, list] : result.suites) list.order_evidence = list.gap = kHostile, list.complete = false;
  for (probe::SeenPrime& prime : result.primes) prime.name = prime.sha256 = kHostile;
  for (Finding& finding : result.findings) finding.message = kHostile, finding.notes = {kHostile};
  std::get<Endpoint>(result.findings.front().place).part = kHostile;
  probe::SeenChain& chain = result.chains.front();
  chain.asked_for = chain.tyk_id = chain.trusted.evidence = kHostile;
  tls::CertificateFacts& certificate = chain.certificates.front();
  certificate.subject = certificate.issuer = certificate.signature_algorithm = certificate.sha256 = kHostile;
  certificate.key.curve = kHostile;
  certificate.has_san = true;
  certificate.dns_names = {kHostile};
  return result;
}

}  // namespace

TEST_CASE("html: every tag is closed in order, for every kind of result and for none") {
  CHECK(first_unbalanced(tests::probe_page({})).empty());
  CHECK(first_unbalanced(tests::probe_page(tests::fixed_probe_results())).empty());
  for (const probe::HostResult& result : tests::fixed_probe_results())
    CHECK(first_unbalanced(tests::probe_page({result})).empty());
}

TEST_CASE("html: what a server or a target says stays text") {
  const std::string page = tests::probe_page({hostile()});
  CHECK(first_unbalanced(page).empty());
  CHECK(stray_brackets(page) == 0);
  CHECK(count(page, "<script") == 1);
  CHECK(count(page, "<img") == 0);
  CHECK(count(page, "&lt;script&gt;alert(1)&lt;/script&gt;") > 30);
  CHECK(count(page, "&amp;lt;") > 30);
}

TEST_CASE("html: no control character, no change of direction and no invalid UTF-8 gets onto the page") {
  const std::string page = tests::probe_page({hostile()});
  for (const char* left : {"\x1b", "\x7f", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xff"}) CHECK(count(page, left) == 0);
  CHECK(count(page, "\xEF\xBF\xBD[2J\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") > 30);
}

TEST_CASE("html: the policy allows the page's own style and script, and nothing else") {
  const std::string page = tests::probe_page(tests::fixed_probe_results());
  const std::string policy = between(page, R"(http-equiv="Content-Security-Policy" content=")", "\"");
  CHECK(policy == "default-src 'none'; style-src " + hash_source(between(page, "<style>", "</style>")) +
                      "; script-src " + hash_source(between(page, "<script>", "</script>")) +
                      "; base-uri 'none'; form-action 'none'");
}

TEST_CASE("html: the page asks for nothing: links to the sources of rules are its only addresses") {
  const std::string page = tests::probe_page(tests::fixed_probe_results());
  for (const char* loads : {"<link", "<iframe", "<object", " src=", " style=", "@import", "url(", "fetch(", "import("})
    CHECK(count(page, loads) == 0);
  CHECK(count(page, "https://") == count(page, "<a href=\"https://www.rfc-editor.org/"));
  CHECK(count(page, "https://") > 0);
}

TEST_CASE("html: a finding links to the chapter of its rule and to what the rule cites") {
  const std::string page = tests::probe_page(tests::fixed_probe_results());
  const std::string finding = between(page, "<b>error</b>", "</li>");
  CHECK(finding.find(R"(<a href="#rule-test-expired"><code>test/expired</code></a>)") != std::string::npos);
  CHECK(finding.find(R"(<a href="https://www.rfc-editor.org/rfc/rfc5280" rel="noreferrer">RFC 5280, 4.1.2.5</a>)") !=
        std::string::npos);
  CHECK(count(page, R"(id="rule-test-expired")") == 1);
}

TEST_CASE("html: the summary counts endpoints, findings and what is not known") {
  const std::string page = tests::probe_page(tests::fixed_probe_results());
  const std::string summary = between(page, "<section id=\"summary\"", "</section>");
  for (const char* counted : {"<b>6</b> endpoints", "<b>1</b> error", "<b>2</b> warnings", "<b>1</b> info",
                              "<b>2</b> not complete", "<b>2</b> not scanned"})
    CHECK(count(summary, counted) == 1);
  CHECK(count(summary, "Probed from 2026-07-01T12:00:00.005Z to 2026-07-01T12:00:10.040Z") == 1);
  CHECK(count(tests::probe_page({}), "No endpoint was probed.") == 1);
}
