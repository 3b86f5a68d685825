// `tlsward probe --format json` of one server, taken apart for tests. Code points are hex numbers of four digits with
// blanks between them, as tests write them: "c02f c030". docs/probe-json.md has the shape.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::tests {

class Probed {
 public:
  /// Scans `endpoint`. `options` for the shell; `--fail-on never` is there, so that the exit code speaks of the scan
  /// alone. Fails the test where the output has no result.
  explicit Probed(const std::string& endpoint, const std::string& options = "");
  ~Probed();
  Probed(const Probed&) = delete;
  Probed& operator=(const Probed&) = delete;

  int exit_code() const { return exit_code_; }
  std::chrono::milliseconds took() const { return took_; }
  /// For INFO: standard error and the JSON.
  const std::string& everything() const { return everything_; }

  /// The versions with this verdict, from the newest: "1.3 1.2".
  std::string versions(std::string_view verdict = "accepted") const;
  /// Suites of a version in the order of the list; "" where there are none. Versions: "1.3", "SSL 3.0".
  std::string suites(std::string_view version) const;
  std::string groups(std::string_view version) const;
  std::string signatures(std::string_view version) const;
  /// "server", "client" or "unknown".
  std::string order(std::string_view version) const;
  std::string group_order(std::string_view version) const;
  /// Lists of suites and groups of the version are complete.
  bool complete(std::string_view version) const;
  /// The verdict on a question: "accepted"; "" where it was not asked.
  std::string verdict(std::string_view question) const;
  std::string heartbleed(std::string_view version) const;
  /// SSL 2.0 ciphers, six digits each.
  std::string sslv2() const;
  /// The bits of the Diffie-Hellman primes: "1024 2048".
  std::string prime_bits() const;
  std::string alpn() const;
  std::string npn() const;
  /// "none", "not-tls", ...
  std::string trouble() const;
  std::string trouble_message() const;
  /// Name of the service where it is no TLS.
  std::string service() const;
  bool needs_sni() const;
  bool rate_limited() const;
  bool serial() const;
  std::string no_chain() const;
  /// "RSA ECDSA": what each chain was asked for with.
  std::string chains() const;
  /// Of the first chain: the verdict of a field, "trusted" or "dates".
  std::string chain_verdict(std::string_view field) const;
  /// Of the first chain: a yes or no, "extra_anchor" or "self_signed".
  bool chain_flag(std::string_view field) const;
  std::string client_cas() const;

 private:
  struct Result;
  std::unique_ptr<Result> result_;
  int exit_code_ = -1;
  std::chrono::milliseconds took_{};
  std::string everything_;
};

/// The codes ascending, each once.
std::string sorted(const std::string& codes);

}  // namespace tlsward::tests
