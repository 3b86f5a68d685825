// What a scan told, in words: shared by the outputs of `probe` that people read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "probe/result.h"

namespace tlsward::report {

/// How an answer reads: printed in green, red or yellow.
enum class Mood : std::uint8_t { Plain, Good, Bad, Doubt };

/// One line of a table.
struct Row {
  std::string label;   // "TLS Fallback SCSV"
  std::string answer;  // "yes", "no", "unknown", "29"
  std::string evidence;
  Mood mood = Mood::Plain;
};

/// Why there is no scan or only part of one: "connection refused". Empty where there was no trouble.
std::string trouble_words(const probe::HostResult& result);
/// "SSH, banner: SSH-2.0-OpenSSH_9.2"; empty where it is TLS or nobody knows.
std::string service_words(const net::Service& service);

/// Versions, questions in the order of their table, orders of preference, tickets and clock.
std::vector<Row> verdict_rows(const probe::HostResult& result);
/// Trust, name, order, dates, stapling, Tyk id.
std::vector<Row> chain_rows(const probe::SeenChain& chain);
/// "RSA certificate, seen with TLSv1.2 and TLSv1.3".
std::string chain_words(const probe::SeenChain& chain);
/// "1024 bits, the server's own prime, not known to be safe, sha256 0a1b…".
std::string prime_words(const probe::SeenPrime& prime);

/// "suites of TLS 1.2: not complete: 12 of 30 chunks were not answered"; empty where the list is complete.
template <class T>
std::string gap_words(std::string_view what, const probe::Enumeration<T>& list);
template <class T>
std::string gap_words(std::string_view what, tls::Version version, const probe::Enumeration<T>& list);
/// The list was asked for; else it is empty and there is nothing to say.
template <class T>
bool was_asked(const probe::Enumeration<T>& list);
/// A line for all that could not be told: versions, lists, certificates.
std::vector<std::string> gaps(const probe::HostResult& result);

template <class T>
std::string gap_words(std::string_view what, const probe::Enumeration<T>& list) {
  if (list.complete) return {};
  return std::string(what) + ": not complete" + (list.gap.empty() ? "" : ": " + list.gap);
}

template <class T>
std::string gap_words(std::string_view what, tls::Version version, const probe::Enumeration<T>& list) {
  return gap_words(std::string(what) + " of " + tls::name(version), list);
}

template <class T>
bool was_asked(const probe::Enumeration<T>& list) {
  return list.complete || !list.accepted.empty() || !list.gap.empty();
}

}  // namespace tlsward::report
