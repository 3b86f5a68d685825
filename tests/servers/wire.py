"""TLS records and hellos, read and written by hand (RFC 8446, 4 and 5; RFC 5246, 7.4)."""

import struct
from dataclasses import dataclass, field

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA, HEARTBEAT = 20, 21, 22, 23, 24
CLIENT_HELLO, SERVER_HELLO = 1, 2
CERTIFICATE, SERVER_KEY_EXCHANGE, CERTIFICATE_REQUEST, SERVER_HELLO_DONE, CERTIFICATE_STATUS = 11, 12, 13, 14, 22

# Alerts (IANA "TLS Alerts").
DECRYPT_ERROR, HANDSHAKE_FAILURE, ILLEGAL_PARAMETER, DECODE_ERROR = 51, 40, 47, 50
PROTOCOL_VERSION, INTERNAL_ERROR, INAPPROPRIATE_FALLBACK, MISSING_EXTENSION = 70, 80, 86, 109
UNRECOGNIZED_NAME, NO_APPLICATION_PROTOCOL = 112, 120

# Extensions (IANA "TLS ExtensionType Values").
SERVER_NAME, STATUS_REQUEST, SUPPORTED_GROUPS, EC_POINT_FORMATS, SIGNATURE_ALGORITHMS = 0, 5, 10, 11, 13
HEARTBEAT_EXTENSION, ALPN, SCT, ENCRYPT_THEN_MAC, EXTENDED_MASTER_SECRET, SESSION_TICKET = 15, 16, 18, 22, 23, 35
SUPPORTED_VERSIONS, COOKIE, KEY_SHARE, NPN, RENEGOTIATION_INFO = 43, 44, 51, 13172, 0xFF01
RENEGOTIATION_SCSV, FALLBACK_SCSV = 0x00FF, 0x5600

SSL2, SSL3, TLS10, TLS12, TLS13 = 0x0002, 0x0300, 0x0301, 0x0303, 0x0304
RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
MAX_RECORD = 16384
MAX_HELLO = 65536


class Malformed(Exception):
    """What the client sent is no TLS."""


class Reader:
    """Takes numbers and vectors from the front of bytes."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def bytes(self, count):
        if count > len(self.data) - self.at:
            raise Malformed("a length beyond the end")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size):
        return int.from_bytes(self.bytes(size), "big")

    def vector(self, length_size):
        return self.bytes(self.number(length_size))

    def more(self):
        return self.at < len(self.data)


def number(value, size):
    return value.to_bytes(size, "big")


def vector(data, length_size):
    return number(len(data), length_size) + data


def numbers16(data):
    """A list of 16-bit numbers, whose length was already taken off."""
    if len(data) % 2:
        raise Malformed("an odd list of 16-bit numbers")
    return list(struct.unpack(f">{len(data) // 2}H", data))


def is_grease(value):
    return value & 0x0F0F == 0x0A0A and value >> 8 == value & 0xFF


@dataclass
class ClientHello:
    """raw: all bytes as they came, records included. size: of the message with its header."""

    raw: bytes
    size: int
    legacy_version: int
    session_id: bytes
    suites: list
    compressions: bytes
    extensions: dict = field(default_factory=dict)

    def extension(self, kind):
        """A reader of the extension's body, or None."""
        return Reader(self.extensions[kind]) if kind in self.extensions else None

    def numbers(self, kind, length_size=2):
        """The 16-bit numbers of an extension that is one list of them; None where it is absent."""
        body = self.extension(kind)
        return numbers16(body.vector(length_size)) if body else None

    def versions(self):
        return self.numbers(SUPPORTED_VERSIONS, 1)

    def server_name(self):
        body = self.extension(SERVER_NAME)
        if body is None or not body.more():
            return None
        names = Reader(body.vector(2))
        names.number(1)
        return names.vector(2).decode("ascii", "replace")

    def protocols(self):
        """Names of ALPN."""
        body = self.extension(ALPN)
        names = Reader(body.vector(2)) if body else Reader(b"")
        found = []
        while names.more():
            found.append(names.vector(1).decode("latin-1"))
        return found

    def key_shares(self):
        body = self.extension(KEY_SHARE)
        shares = Reader(body.vector(2)) if body else Reader(b"")
        found = {}
        while shares.more():
            group = shares.number(2)
            found[group] = shares.vector(2)
        return found


@dataclass
class Sslv2Hello:
    """A CLIENT-HELLO of SSL 2.0."""

    raw: bytes
    version: int
    ciphers: list


def read_exactly(connection, count):
    """None at the end of the stream."""
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            return None
        data += more
    return data


def read_record(connection):
    """(type, version, body), or None at the end of the stream."""
    head = read_exactly(connection, 5)
    if head is None:
        return None
    kind, version, length = struct.unpack(">BHH", head)
    body = read_exactly(connection, length)
    return None if body is None else (kind, version, body)


def read_hello(connection):
    """A ClientHello or Sslv2Hello; None where the client left. Records of other kinds in front of it are skipped, as
    the change_cipher_spec before a second hello is."""
    head = read_exactly(connection, 5)
    if head is None:
        return None
    if head[0] & 0x80 and head[2] == CLIENT_HELLO:
        return _read_sslv2_hello(connection, head)
    raw, message = b"", b""
    while len(raw) < MAX_HELLO:
        kind, version, length = struct.unpack(">BHH", head)
        if version >> 8 != 3 or length > MAX_RECORD:
            raise Malformed("no TLS record")
        body = read_exactly(connection, length)
        if body is None or kind == ALERT:
            return None
        if kind == HANDSHAKE:
            raw += head + body
            message += body
            if len(message) >= 4 and len(message) >= 4 + int.from_bytes(message[1:4], "big"):
                return parse_hello(raw, message)
        head = read_exactly(connection, 5)
        if head is None:
            return None
    raise Malformed("a hello without end")


def parse_hello(raw, message):
    reader = Reader(message)
    if reader.number(1) != CLIENT_HELLO:
        raise Malformed("no ClientHello")
    body = Reader(reader.vector(3))
    legacy_version = body.number(2)
    body.bytes(32)
    session_id, suites, compressions = body.vector(1), numbers16(body.vector(2)), body.vector(1)
    hello = ClientHello(raw, len(message), legacy_version, session_id, suites, compressions)
    extensions = Reader(body.vector(2)) if body.more() else Reader(b"")
    while extensions.more():
        kind = extensions.number(2)
        if kind in hello.extensions:
            raise Malformed("an extension twice")
        hello.extensions[kind] = extensions.vector(2)
    if body.more():
        raise Malformed("bytes behind the hello")
    return hello


def _read_sslv2_hello(connection, head):
    length = int.from_bytes(head[:2], "big") & 0x7FFF
    rest = read_exactly(connection, length + 2 - len(head))
    if rest is None:
        return None
    body = Reader((head + rest)[3:])
    version, cipher_size, session_size, challenge_size = (body.number(2) for _ in range(4))
    ciphers = body.bytes(cipher_size)
    body.bytes(session_size + challenge_size)
    return Sslv2Hello(head + rest, version, [ciphers[at : at + 3] for at in range(0, len(ciphers), 3)])


def records(kind, version, data):
    """Plaintext records of at most 16 KiB."""
    parts = [data[at : at + MAX_RECORD] for at in range(0, len(data), MAX_RECORD)] or [b""]
    return b"".join(struct.pack(">BHH", kind, version, len(part)) + part for part in parts)


def message(kind, body):
    """A handshake message."""
    return number(kind, 1) + vector(body, 3)


def alert(description, version=TLS12):
    """A fatal one, in its record."""
    return records(ALERT, version, bytes([2, description]))


def extension_block(extensions):
    """(type, body) pairs; empty where there are none, as SSL 3.0 wants it."""
    if not extensions:
        return b""
    return vector(b"".join(number(kind, 2) + vector(body, 2) for kind, body in extensions), 2)


def server_hello(version, random, session_id, suite, compression, extensions):
    body = number(version, 2) + random + vector(session_id, 1) + number(suite, 2) + number(compression, 1)
    return message(SERVER_HELLO, body + extension_block(extensions))
