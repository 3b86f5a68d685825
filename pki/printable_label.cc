#include "pki/printable_label.h"

#include <algorithm>

namespace tlsward::pki {
namespace {

constexpr std::string_view kUnknownWord = "\u2026";

constexpr std::string_view kWords[] = {
    "#7",    "ANY",     "ARMORED", "ATTRIBUTE", "BLOCK",   "CERTIFICATE", "CHAIN",     "CMS",
    "CRL",   "DATA",    "DH",      "DSA",       "EC",      "ED25519",     "ED448",     "ENCRYPTED",
    "FILE",  "KEY",     "MESSAGE", "NEW",       "OPENSSH", "PARAMETERS",  "PGP",       "PKCS",
    "PKCS7", "PRIVATE", "PUBLIC",  "REQUEST",   "RSA",     "SESSION",     "SIGNATURE", "SIGNED",
    "SM2",   "SSH2",    "SSL",     "TRUSTED",   "X509",    "X9.42"};

bool is_known(std::string_view word) {
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

}  // namespace

std::string printable_label(std::string_view label) {
  std::string text;
  bool any = false;
  while (!label.empty()) {
    const std::size_t end = std::min(label.find(' '), label.size());
    const std::string_view word = label.substr(0, end);
    const bool known = is_known(word);
    any = any || known;
    if (!text.empty()) text += ' ';
    text += known ? word : kUnknownWord;
    label.remove_prefix(std::min(end + 1, label.size()));
  }
  return any ? text : std::string();
}

}  // namespace tlsward::pki
