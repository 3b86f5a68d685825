"""What a raw server answers to a hello: pure decisions by the book (RFC 5246, 7.4.1.3; RFC 8446, 4.1 and 4.2)."""

from dataclasses import dataclass

import groups
import suites as suite_facts
import wire
from description import is_tls13, key_kind


@dataclass
class Refusal:
    """No, with this alert."""

    alert: int
    version: int = wire.TLS12


@dataclass
class Retry:
    """HelloRetryRequest for this group."""

    version: int
    suite: int
    group: int


@dataclass
class Choice:
    """A ServerHello. group: None without elliptic curve and without named finite field."""

    version: int
    suite: int
    group: int = None
    scheme: int = None
    kind: str = None  # of certificate; None: anonymous or PSK
    protocol: str = None  # by ALPN
    compression: int = 0


def negotiate(server, hello, retried=None):
    """Refusal, Retry or Choice. retried: the Retry that this hello answers."""
    version = choose_version(server, hello)
    if version is None:
        return Refusal(wire.PROTOCOL_VERSION)
    if server.fallback_scsv and wire.FALLBACK_SCSV in hello.suites and version < server.highest_version():
        return Refusal(wire.INAPPROPRIATE_FALLBACK, version)
    protocol = next((name for name in server.alpn if name in hello.protocols()), None)
    if server.alpn and hello.protocols() and protocol is None:
        return Refusal(wire.NO_APPLICATION_PROTOCOL, version)
    answer = _tls13(server, hello, version, retried) if is_tls13(version) else _tls12(server, hello, version)
    if isinstance(answer, Choice):
        answer.protocol = protocol
        if server.needs_name and hello.server_name() is None:
            return Refusal(server.needs_name, version)
    return answer


def choose_version(server, hello):
    """None: there is no common one."""
    offered = hello.versions()
    if offered is not None and any(map(is_tls13, server.suites)):
        # RFC 8446, 4.2.1: legacy_version is not looked at.
        return max((version for version in offered if version in server.suites), default=None, key=_rank)
    old = [version for version in server.suites if not is_tls13(version)]
    return max((version for version in old if version <= hello.legacy_version), default=None)


def _rank(version):
    # Drafts of TLS 1.3 (0x7f..) stand below the finished version.
    return wire.TLS13 - 0.5 if version >> 8 == 0x7F else version


def _in_order(server, ours, theirs):
    if server.client_order:
        return [code for code in theirs if code in ours]
    return [code for code in ours if code in theirs]


def _tls13(server, hello, version, retried):
    suite = next(iter(_in_order(server, server.suites[version], hello.suites)), None)
    if suite is None:
        return Refusal(wire.HANDSHAKE_FAILURE)
    offered = hello.numbers(wire.SUPPORTED_GROUPS)
    if offered is None or wire.KEY_SHARE not in hello.extensions:
        return Refusal(wire.MISSING_EXTENSION)
    group = _tls13_group(server, offered, hello.key_shares())
    if group is None:
        return Refusal(wire.HANDSHAKE_FAILURE)
    if group not in hello.key_shares():
        # RFC 8446, 4.1.4: a second HelloRetryRequest in the same connection is not allowed.
        return Refusal(wire.ILLEGAL_PARAMETER) if retried else Retry(version, suite, group)
    if group in groups.SHARE_SIZES and len(hello.key_shares()[group]) != groups.SHARE_SIZES[group][0]:
        return Refusal(wire.ILLEGAL_PARAMETER)
    if wire.SIGNATURE_ALGORITHMS not in hello.extensions:
        return Refusal(wire.MISSING_EXTENSION)
    scheme = _scheme(server, hello, version, None)
    if scheme is None:
        return Refusal(wire.HANDSHAKE_FAILURE)
    return Choice(version, suite, group, scheme, key_kind(scheme))


def _tls13_group(server, offered, shares):
    ours = server.groups(wire.TLS13)
    common = [code for code in offered if code in ours]
    if not server.client_group_order:
        common = [code for code in ours if code in offered]
    ready = [] if server.retry_first else [code for code in common if code in shares]
    return next(iter(ready + common), None)


def _tls12(server, hello, version):
    compression = 1 if server.compression and 1 in hello.compressions else 0
    for suite in _in_order(server, server.suites[version], hello.suites):
        exchange, signer = suite_facts.exchange(suite), suite_facts.signer(suite)
        group = _tls12_group(server, hello, exchange)
        if exchange.startswith("ecdhe") and group is None:
            continue
        signs = signer is not None and signer != "psk"
        scheme = _scheme(server, hello, version, signer) if signs else None
        if signs and scheme is None:
            continue
        kind = signer if signs else None
        if signer == "ecdsa" and key_kind(scheme) == "eddsa":
            kind = "eddsa"
        return Choice(version, suite, group, scheme, kind, compression=compression)
    return Refusal(wire.HANDSHAKE_FAILURE, version)


def _tls12_group(server, hello, exchange):
    offered, ours = hello.numbers(wire.SUPPORTED_GROUPS), server.groups(wire.TLS12)
    finite = exchange.startswith("dhe")
    ours = [code for code in ours if groups.is_finite_field(code) == finite]
    if offered is None:
        # RFC 8422, 4: without the extension the server is free to choose; RFC 7919: then without a named group.
        return None if finite else next(iter(ours), None)
    common = [code for code in offered if code in ours]
    if not server.client_group_order:
        common = [code for code in ours if code in offered]
    return next(iter(common), None)


def _scheme(server, hello, version, signer):
    """What is signed with, for a suite of `signer` (None: TLS 1.3, any); None: nothing that both sides can."""
    offered = hello.numbers(wire.SIGNATURE_ALGORITHMS)
    if signer in ("dh", "ecdh", "dss"):
        return 0x0202 if signer in server.chains else None
    kinds = {"ecdsa": {"ecdsa", "eddsa"}, "rsa": {"rsa"}, None: {"rsa", "ecdsa", "eddsa"}}[signer]
    kinds &= set(server.chains)
    if version < wire.TLS12 or offered is None:
        # RFC 5246, 7.4.1.4.1: SHA-1 where the client says nothing.
        return next((scheme for scheme in (0x0201, 0x0203) if key_kind(scheme) in kinds), None)
    ours = [scheme for scheme in server.signatures(version) if key_kind(scheme) in kinds]
    if is_tls13(version):
        ours = [scheme for scheme in ours if scheme >= 0x0403 and scheme not in (0x0501, 0x0601)]
    return next((scheme for scheme in ours if scheme in offered), None)
