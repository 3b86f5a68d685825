"""A TLS server without any cryptography: it negotiates as its description says, and cannot finish a handshake.

What a scanner enumerates is in the hellos, so that a test can state any truth at all, whatever OpenSSL has: SSL 2.0 and
3.0, NULL and PSK suites, groups of the future. description.py has the words of a description, negotiation.py the
decisions; here they become messages. What TLS 1.3 encrypts is noise, as it is to whoever lacks the key.
"""

import os

import groups
import listening
import suites as suite_facts
import wire
from description import Description, is_tls13
from negotiation import Refusal, Retry, negotiate

NOISE_BYTES = 1200  # about what a certificate and its signature take
HEARTBEAT_RESPONSE, LEAK_BYTES = 2, 16384


def main():
    parser = listening.argument_parser(__doc__)
    parser.add_argument("description", help="JSON; see description.py")
    options = parser.parse_args()
    server = Description(options.description)
    listening.serve(listening.listen(options), lambda connection, _: answer(server, connection))


def answer(server, connection):
    try:
        hello = wire.read_hello(connection)
        if isinstance(hello, wire.Sslv2Hello):
            answer_sslv2(server, connection)
        elif hello is not None:
            answer_hello(server, connection, hello)
    except wire.Malformed:
        refuse(server, connection, Refusal(wire.DECODE_ERROR))


def answer_sslv2(server, connection):
    if not server.sslv2:
        return listening.end(connection)
    certificate = next(iter(server.chains.values()))[0]
    kinds, connection_id = b"".join(server.sslv2), os.urandom(16)
    sizes = b"".join(wire.number(len(part), 2) for part in (certificate, kinds, connection_id))
    # SERVER-HELLO: no session hit, X.509, version 0.2.
    body = bytes([4, 0, 1, 0, 2]) + sizes + certificate + kinds + connection_id
    connection.sendall(wire.number(0x8000 | len(body), 2) + body)
    listening.wait_until_closed(connection)


def answer_hello(server, connection, hello):
    reply = negotiate(server, hello)
    if isinstance(reply, Retry):
        connection.sendall(retry_request(hello, reply))
        hello = wire.read_hello(connection)
        if not isinstance(hello, wire.ClientHello):
            return
        reply = negotiate(server, hello, retried=reply)
    if isinstance(reply, (Refusal, Retry)):
        return refuse(server, connection, reply)
    connection.sendall(tls13_flight(hello, reply) if is_tls13(reply.version) else flight(server, hello, reply))
    carry_on(server, connection, reply.version)


def refuse(server, connection, refusal):
    if server.refuse == "alert":
        connection.sendall(wire.alert(refusal.alert, refusal.version if refusal.version < wire.TLS13 else wire.TLS12))
    if server.refuse == "reset":
        listening.reset(connection)
    elif server.refuse == "silence":
        listening.wait_until_closed(connection)
    else:
        listening.end(connection)


def retry_request(hello, retry):
    extensions = [(wire.SUPPORTED_VERSIONS, wire.number(retry.version, 2)), (wire.KEY_SHARE, wire.number(retry.group, 2))]
    message = wire.server_hello(wire.TLS12, wire.RETRY_RANDOM, hello.session_id, retry.suite, 0, extensions)
    return wire.records(wire.HANDSHAKE, wire.TLS12, message) + wire.records(wire.CHANGE_CIPHER_SPEC, wire.TLS12, b"\x01")


def tls13_flight(hello, choice):
    share = wire.number(choice.group, 2) + wire.vector(groups.public_key(choice.group), 2)
    extensions = [(wire.SUPPORTED_VERSIONS, wire.number(choice.version, 2)), (wire.KEY_SHARE, share)]
    message = wire.server_hello(wire.TLS12, os.urandom(32), hello.session_id, choice.suite, 0, extensions)
    return (
        wire.records(wire.HANDSHAKE, wire.TLS12, message)
        + wire.records(wire.CHANGE_CIPHER_SPEC, wire.TLS12, b"\x01")
        + wire.records(wire.APPLICATION_DATA, wire.TLS12, os.urandom(NOISE_BYTES))
    )


def flight(server, hello, choice):
    """ServerHello to ServerHelloDone of TLS 1.2 and below, in one row."""
    session_id = os.urandom(32) if server.session_ids else b""
    extensions = answered_extensions(server, hello, choice)
    messages = wire.server_hello(choice.version, server_random(server, choice.version), session_id, choice.suite,
                                 choice.compression, extensions)  # fmt: skip
    if choice.kind:
        chain = b"".join(wire.vector(certificate, 3) for certificate in server.chains[choice.kind])
        messages += wire.message(wire.CERTIFICATE, wire.vector(chain, 3))
        if "status_request" in server.extensions and wire.STATUS_REQUEST in hello.extensions:
            messages += wire.message(wire.CERTIFICATE_STATUS, b"\x01" + wire.vector(b"no OCSP response", 3))
    messages += key_exchange(server, choice)
    if server.client_certificate is not None and choice.kind:
        messages += certificate_request(server, choice.version)
    messages += wire.message(wire.SERVER_HELLO_DONE, b"")
    return wire.records(wire.HANDSHAKE, choice.version, messages)


def server_random(server, version):
    random = os.urandom(32)
    highest = server.highest_version()
    if server.downgrade_mark and version < highest and highest >= wire.TLS12:
        # RFC 8446, 4.1.3
        mark = b"DOWNGRD\x01" if version == wire.TLS12 else b"DOWNGRD\x00"
        random = random[:24] + mark
    return random


def answered_extensions(server, hello, choice):
    """A server answers only what the client asked for (RFC 5246, 7.4.1.4)."""
    wanted, asked = server.extensions, hello.extensions
    found = []
    if "renegotiation_info" in wanted and (
        wire.RENEGOTIATION_INFO in asked or wire.RENEGOTIATION_SCSV in hello.suites
    ):
        found.append((wire.RENEGOTIATION_INFO, b"\x00"))
    if "extended_master_secret" in wanted and wire.EXTENDED_MASTER_SECRET in asked:
        found.append((wire.EXTENDED_MASTER_SECRET, b""))
    if "encrypt_then_mac" in wanted and wire.ENCRYPT_THEN_MAC in asked and suite_facts.is_cbc(choice.suite):
        found.append((wire.ENCRYPT_THEN_MAC, b""))
    if "session_ticket" in wanted and wire.SESSION_TICKET in asked:
        found.append((wire.SESSION_TICKET, b""))
    if "ec_point_formats" in wanted and wire.EC_POINT_FORMATS in asked and choice.group:
        found.append((wire.EC_POINT_FORMATS, b"\x01\x00"))
    if "status_request" in wanted and wire.STATUS_REQUEST in asked and choice.kind:
        found.append((wire.STATUS_REQUEST, b""))
    if server.heartbeat and wire.HEARTBEAT_EXTENSION in asked:
        found.append((wire.HEARTBEAT_EXTENSION, b"\x01"))
    if choice.protocol:
        found.append((wire.ALPN, wire.vector(wire.vector(choice.protocol.encode(), 1), 2)))
    elif server.npn and wire.NPN in asked:
        found.append((wire.NPN, b"".join(wire.vector(name.encode(), 1) for name in server.npn)))
    return found


def key_exchange(server, choice):
    exchange = suite_facts.exchange(choice.suite)
    hint = wire.vector(b"hint", 2) if exchange.endswith("psk") else b""
    if exchange in ("psk", "rsa-psk"):
        return wire.message(wire.SERVER_KEY_EXCHANGE, hint)
    if exchange.startswith("ecdhe"):
        parameters = b"\x03" + wire.number(choice.group, 2) + wire.vector(groups.public_key(choice.group), 1)
    elif exchange.startswith("dhe"):
        parameters = finite_field_parameters(server, choice.group)
    elif exchange == "rsa-export":
        parameters = wire.vector(b"\x80" + os.urandom(63), 2) + wire.vector(b"\x01\x00\x01", 2)
    else:
        return b""
    signature = b""
    if choice.kind:
        if choice.version >= wire.TLS12:
            signature = wire.number(choice.scheme, 2)
        signature += wire.vector(os.urandom(256 if choice.kind == "rsa" else 71), 2)
    return wire.message(wire.SERVER_KEY_EXCHANGE, hint + parameters + signature)


def finite_field_parameters(server, group):
    if group is not None:
        prime = groups.ffdhe_prime(group)
    elif isinstance(server.dh, str):
        prime = int(server.dh, 16)
    else:
        prime = groups.modp_prime(server.dh)
    size = (prime.bit_length() + 7) // 8
    public = wire.number(int.from_bytes(os.urandom(size), "big") % prime, size)
    return wire.vector(wire.number(prime, size), 2) + wire.vector(b"\x02", 2) + wire.vector(public, 2)


def certificate_request(server, version):
    names = b"".join(wire.vector(bytes.fromhex(name), 2) for name in server.client_certificate)
    schemes = wire.vector(bytes.fromhex("040308040401"), 2) if version >= wire.TLS12 else b""
    return wire.message(wire.CERTIFICATE_REQUEST, b"\x02\x01\x40" + schemes + wire.vector(names, 2))


def carry_on(server, connection, version):
    """After the flight: heartbeats are answered, a key exchange ends in decrypt_error, as nobody has the key."""
    while record := wire.read_record(connection):
        kind, _, body = record
        if kind == wire.HEARTBEAT and server.heartbeat:
            connection.sendall(heartbeat_response(server, version, body))
        elif kind in (wire.CHANGE_CIPHER_SPEC, wire.APPLICATION_DATA) and version < wire.TLS13:
            connection.sendall(wire.alert(wire.DECRYPT_ERROR, version))
            return listening.end(connection)
        elif kind == wire.ALERT:
            return


def heartbeat_response(server, version, request):
    claimed = int.from_bytes(request[1:3], "big")
    honest = len(request) >= 1 + 2 + claimed + 16
    if honest:
        return wire.records(wire.HEARTBEAT, version, bytes([HEARTBEAT_RESPONSE]) + request[1 : 3 + claimed] + bytes(16))
    if server.heartbeat != "leaks":
        return b""  # RFC 6520, 4: "the received HeartbeatMessage MUST be discarded silently"
    return wire.records(wire.HEARTBEAT, version, bytes([HEARTBEAT_RESPONSE]) + wire.number(LEAK_BYTES, 2) + b"secret, " * 2048)


if __name__ == "__main__":
    main()
