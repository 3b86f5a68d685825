"""Servers that speak no TLS, or only the beginning of it.

silent        accepts and never says a word
close, reset  ends every connection as soon as it is accepted
say TEXT      a banner without being asked, then nothing ("SSH-2.0-OpenSSH_9.2\\r\\n"); \\r and \\n are line breaks
http          answers everything with HTTP 400
http-ssl2-first  the same, but TLS only when a client has left with the answer to a hello of SSL 2.0
garbage       1 KiB of bytes that are no TLS
bad-record    a handshake record that claims 65,535 bytes
bad-hello     a ServerHello whose session id is longer than the message
half          the first half of a ServerHello, then nothing
half-close    the first half of a ServerHello, then the end
tarpit        one byte of a ServerHello every second, without end
flood         a ServerHello, then 1 GiB of Certificate messages
flood-alerts  1 GiB of warning alerts
flood-empty   1 GiB of empty handshake records
"""

import itertools
import os
import threading
import time

import listening
import wire

FLOOD_BYTES = 1 << 30
TARPIT_SECONDS = 1
HTTP_ANSWER = (
    b"HTTP/1.1 400 Bad Request\r\nServer: none\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n"
    b"Connection: close\r\n\r\nBad Request\n"
)


def main():
    parser = listening.argument_parser(__doc__)
    parser.formatter_class = listening.argparse.RawDescriptionHelpFormatter
    parser.add_argument("mode", choices=sorted(MODES))
    parser.add_argument("text", nargs="?", default="")
    options = parser.parse_args()
    mode, text = MODES[options.mode], options.text.replace("\\r", "\r").replace("\\n", "\n").encode()
    listening.serve(listening.listen(options), lambda client, _: mode(client, text))


def hello():
    """A ServerHello of TLS 1.2 in its record."""
    message = wire.server_hello(wire.TLS12, os.urandom(32), os.urandom(32), 0xC02F, 0, [(wire.RENEGOTIATION_INFO, b"\0")])
    return wire.records(wire.HANDSHAKE, wire.TLS12, message)


def silent(client, _):
    listening.wait_until_closed(client)


def close(_client, _):
    pass


def reset(client, _):
    listening.reset(client)


def say(client, text):
    client.sendall(text)
    listening.wait_until_closed(client)


def after_hello(data):
    """Answers the first bytes with `data` and ends."""

    def answer(client, _):
        if client.recv(65536):
            client.sendall(data())
            listening.end(client)

    return answer


def http_ssl2_first():
    ssl2_answered = threading.Event()

    def answer(client, _):
        hello = client.recv(65536)
        is_ssl2 = hello[:1] >= b"\x80"
        if not is_ssl2:
            ssl2_answered.wait(listening.IDLE_SECONDS)
        client.sendall(HTTP_ANSWER)
        try:
            listening.end(client)
        finally:
            if is_ssl2:
                ssl2_answered.set()

    return answer


def bad_hello():
    message = wire.message(wire.SERVER_HELLO, b"\x03\x03" + os.urandom(32) + b"\xff")
    return wire.records(wire.HANDSHAKE, wire.TLS12, message)


def half(client, _):
    if client.recv(65536):
        client.sendall(hello()[:40])
        listening.wait_until_closed(client)


def tarpit(client, _):
    client.recv(65536)
    endless = wire.number(wire.HANDSHAKE, 1) + b"\x03\x03\x40\x00\x02\x00\x3f\xfc"
    for byte in itertools.chain(endless, itertools.repeat(0)):
        client.sendall(bytes([byte]))
        time.sleep(TARPIT_SECONDS)


def flood(first, again):
    def answer(client, _):
        client.recv(65536)
        client.sendall(first())
        chunk = again() * (65536 // len(again()) + 1)
        for _ in range(FLOOD_BYTES // len(chunk)):
            client.sendall(chunk)

    return answer


def certificate_part():
    """A Certificate message of 16 KiB, whole."""
    return wire.records(wire.HANDSHAKE, wire.TLS12, wire.message(wire.CERTIFICATE, wire.vector(bytes(16000), 3)))


MODES = {
    "silent": silent,
    "close": close,
    "reset": reset,
    "say": say,
    "http": after_hello(lambda: HTTP_ANSWER),
    "http-ssl2-first": http_ssl2_first(),
    "garbage": after_hello(lambda: bytes(range(1, 256)) * 4),
    "bad-record": after_hello(lambda: b"\x16\x03\x03\xff\xff" + bytes(64)),
    "bad-hello": after_hello(bad_hello),
    "half": half,
    "half-close": after_hello(lambda: hello()[:40]),
    "tarpit": tarpit,
    "flood": flood(hello, certificate_part),
    "flood-alerts": flood(bytes, lambda: wire.records(wire.ALERT, wire.TLS12, b"\x01\x5a")),
    "flood-empty": flood(bytes, lambda: wire.records(wire.HANDSHAKE, wire.TLS12, b"")),
}

if __name__ == "__main__":
    main()
