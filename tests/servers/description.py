"""What a raw server is told to be: a JSON object. Every key may be left out.

versions      {"tls1.2": "c02f c030", "tls1.3": "1301", "7f1c": "1301"}: suites in the server's order, for ssl3, tls1.0 to
              tls1.3, or any version in hex. A suite is taken wherever it is listed, standard or not.
sslv2         "010080 0700c0": ciphers of SSL 2.0; absent: it is closed on
order         "server" (default) or "client": whose order of suites counts
groups        {"tls1.2": "001d 0017", "tls1.3": "11ec"}; "tls1.2" serves older versions too. Default: x25519, P-256
group_order   "server" or "client" (default): TLS 1.3 looks at the client's key shares first all the same, unless
retry_first   true: the preferred group even if that costs a HelloRetryRequest
certificates  {"rsa": FILE, "ecdsa": FILE, "eddsa": FILE}: chains in PEM. Default: a made-up one of 500 bytes for each kind
              that a suite needs
signatures    {"tls1.2": "0804 0401", "tls1.3": "0403"}: schemes in the server's order. Default: all usual ones
dh            bits of a prime of RFC 2409 or 3526 (default 2048), or the prime in hex
refuse        "alert" (default), "close", "reset" or "silence": how it says no
extensions    that are answered: ["renegotiation_info", "extended_master_secret", "encrypt_then_mac", "session_ticket",
              "ec_point_formats", "status_request"]. Default: the first and the fifth
alpn, npn     ["h2", "http/1.1"]; alpn without a common protocol is refused with no_application_protocol
compression   true: DEFLATE where the client has it
fallback_scsv false: no refusal of fallback hellos (default true)
downgrade_mark false: no mark in the random of TLS 1.2 and below (default true where there is a higher version)
session_ids   false: the ServerHello has none (default true, TLS 1.2 and below)
heartbeat     "healthy", or "leaks": answers a malformed request with 16 KiB
needs_name    alert (112): hellos without SNI are refused, in TLS 1.3 only after a HelloRetryRequest, as Go does
client_certificate  ["CN=..." in DER, as hex]: asks for a certificate of one of these (may be empty)
"""

import base64
import json
import re

import suites as suite_facts
import wire

_VERSIONS = {"ssl3": wire.SSL3, "tls1.0": wire.TLS10, "tls1.1": 0x0302, "tls1.2": wire.TLS12, "tls1.3": wire.TLS13}
_KEYS = {
    "versions", "sslv2", "order", "groups", "group_order", "retry_first", "certificates", "signatures", "dh", "refuse",
    "extensions", "alpn", "npn", "compression", "fallback_scsv", "downgrade_mark", "session_ids", "heartbeat",
    "needs_name", "client_certificate",
}  # fmt: skip
_SIGNATURES = "0403 0503 0603 0807 0808 0804 0805 0806 0401 0501 0601 0203 0201"
# Kinds of key, by signature scheme.
_ECDSA = {0x0203, 0x0303, 0x0403, 0x0503, 0x0603}
_EDDSA = {0x0807, 0x0808}
_DSS = {0x0202, 0x0402}
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


def version_number(text):
    return _VERSIONS.get(text) or int(text, 16)


def key_kind(scheme):
    """The kind of certificate that a signature scheme needs."""
    if scheme in _ECDSA:
        return "ecdsa"
    if scheme in _EDDSA:
        return "eddsa"
    return "dss" if scheme in _DSS else "rsa"


class Description:
    def __init__(self, text):
        given = json.loads(text)
        unknown = set(given) - _KEYS
        if unknown:
            raise SystemExit(f"description: nobody knows {', '.join(sorted(unknown))}")
        self.suites = {version_number(name): _codes(codes) for name, codes in given.get("versions", {}).items()}
        self.sslv2 = [bytes.fromhex(cipher) for cipher in given.get("sslv2", "").split()]
        self.client_order = given.get("order", "server") == "client"
        self._groups = {version_number(name): _codes(codes) for name, codes in given.get("groups", {}).items()}
        self.client_group_order = given.get("group_order", "client") == "client"
        self.retry_first = given.get("retry_first", False)
        self._signatures = {version_number(name): _codes(codes) for name, codes in given.get("signatures", {}).items()}
        self.chains = {kind: read_chain(path) for kind, path in given.get("certificates", {}).items()}
        if not self.chains:
            self.chains = {kind: [made_up_certificate(kind)] for kind in self._needed_kinds()}
        self.dh = given.get("dh", 2048)
        self.refuse = given.get("refuse", "alert")
        self.extensions = given.get("extensions", ["renegotiation_info", "ec_point_formats"])
        self.alpn, self.npn = given.get("alpn", []), given.get("npn", [])
        self.compression = given.get("compression", False)
        self.fallback_scsv = given.get("fallback_scsv", True)
        self.downgrade_mark = given.get("downgrade_mark", True)
        self.session_ids = given.get("session_ids", True)
        self.heartbeat = given.get("heartbeat")
        self.needs_name = given.get("needs_name")
        self.client_certificate = given.get("client_certificate")

    def groups(self, version):
        return self._of(self._groups, version, [0x001D, 0x0017])

    def signatures(self, version):
        return self._of(self._signatures, version, _codes(_SIGNATURES))

    def highest_version(self):
        return max(self.suites, default=0)

    @staticmethod
    def _of(table, version, default):
        return table.get(wire.TLS13 if is_tls13(version) else wire.TLS12, default)

    def _needed_kinds(self):
        kinds = {"rsa"} if any(map(is_tls13, self.suites)) or self.sslv2 else set()
        for version, codes in self.suites.items():
            if not is_tls13(version):
                kinds |= {suite_facts.signer(code) for code in codes}
        return kinds - {None, "psk"}


def is_tls13(version):
    """TLS 1.3 or a draft of it."""
    return version == wire.TLS13 or version >> 8 == 0x7F


def read_chain(path):
    with open(path, encoding="ascii") as file:
        return [base64.b64decode(body) for body in _PEM.findall(file.read())]


def made_up_certificate(kind):
    """No certificate at all, only as long as one."""
    return kind.encode() * (500 // len(kind))


def _codes(text):
    return [int(code, 16) for code in text.split()]
