#!/usr/bin/env python3
"""A server that starts in clear text and changes to TLS on request, for tests.

usage: starttls_server.py PROTOCOL CERT KEY

Listens on a free port of 127.0.0.1, prints "port N", has the dialogue of PROTOCOL (the names of --starttls) with each
client, does a TLS handshake and closes. Any number of connections at a time, none of them for longer than 10 seconds.
Ends when standard input ends.
"""

import socket
import ssl
import struct
import sys
import threading
import time

PATIENCE_SECONDS = 10


class Refused(Exception):
    """The client said something else than the protocol asks for."""


class Client:
    """The clear-text side of a connection. Reads byte by byte, so that nothing of TLS is taken away."""

    def __init__(self, connection):
        self.connection = connection
        self.deadline = time.monotonic() + PATIENCE_SECONDS

    def say(self, said):
        self.connection.sendall(said if isinstance(said, bytes) else said.encode())

    def read(self, count):
        said = b""
        while len(said) < count:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise Refused("too slow")
            self.connection.settimeout(left)
            portion = self.connection.recv(count - len(said))
            if not portion:
                raise Refused("closed")
            said += portion
        return said

    def read_until(self, end, most=4096):
        said = b""
        while not said.endswith(end):
            if len(said) == most:
                raise Refused("endless")
            said += self.read(1)
        return said.decode(errors="replace")

    def line(self):
        return self.read_until(b"\n").rstrip("\r\n")

    def expect(self, wanted, answer=""):
        """Commands of lines: any other one is answered with `answer` until the wanted one comes."""
        while True:
            said = self.line()
            if said.upper().startswith(wanted):
                return said
            if not answer:
                raise Refused(said)
            self.say(answer)


def mail(hello):
    def talk(client):
        client.say("220-mail.example ESMTP\r\n220 ready\r\n")
        client.expect(hello, "503 5.5.1 hello first\r\n")
        client.say("250-mail.example\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 8BITMIME\r\n")
        client.expect("STARTTLS", "530 5.7.0 Must issue a STARTTLS command first\r\n")
        client.say("220 2.0.0 Ready to start TLS\r\n")

    return talk


def imap(client):
    client.say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n")
    while True:
        tag, _, command = client.line().partition(" ")
        if command.upper() == "STARTTLS":
            break
        client.say(f"{tag} BAD STARTTLS first\r\n")
    client.say(f"* OK wait\r\n{tag} OK Begin TLS negotiation now\r\n")


def pop3(client):
    client.say("+OK ready\r\n")
    client.expect("STLS", "-ERR STLS first\r\n")
    client.say("+OK Begin TLS negotiation\r\n")


def ftp(client):
    client.say("220-Welcome\r\n to ftp.example\r\n220 ready\r\n")
    client.expect("AUTH TLS", "530 AUTH TLS first\r\n")
    client.say("234 Proceed with negotiation\r\n")


def nntp(client):
    client.say("201 news.example ready, no posting\r\n")
    client.expect("STARTTLS", "483 STARTTLS first\r\n")
    client.say("382 Continue with TLS negotiation\r\n")


def sieve(client):
    client.say('"IMPLEMENTATION" "test"\r\n"SIEVE" "fileinto"\r\n"STARTTLS"\r\nOK "ready"\r\n')
    client.expect("STARTTLS", 'NO "STARTTLS first"\r\n')
    client.say('OK "Begin TLS negotiation now"\r\n')


def irc(client):
    client.say(":irc.example NOTICE * :*** Looking up your hostname...\r\n")
    while True:
        command = client.line().upper()
        if command == "STARTTLS":
            break
        if command.startswith("CAP LS"):
            client.say(":irc.example CAP * LS * :sasl multi-prefix\r\n:irc.example CAP * LS :tls\r\n")
        else:
            client.say(":irc.example 451 * :You have not registered\r\n")
    client.say(":irc.example 670 * :STARTTLS successful, go ahead with TLS handshake\r\n")


def xmpp(content):
    def talk(client):
        client.read_until(b"version='1.0'>")
        client.say(
            f"<?xml version='1.0'?><stream:stream xmlns='{content}' xmlns:stream='http://etherx.jabber.org/streams' "
            "id='1' from='chat.example' version='1.0'><stream:features>"
            "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>"
        )
        said = client.read_until(b">")
        if not said.startswith("<starttls "):
            raise Refused(said)
        client.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")

    return talk


def ldap(client):
    """RFC 4511, 4.14: one ExtendedRequest of 31 bytes, answered with success."""
    request = client.read(31)
    if b"1.3.6.1.4.1.1466.20037" not in request:
        raise Refused(request)
    client.say(b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00")


def postgres(client):
    request = struct.unpack("!II", client.read(8))
    if request != (8, 80877103):
        raise Refused(request)
    client.say(b"S")


def mysql(client):
    """HandshakeV10 with CLIENT_SSL, and the client's SSLRequest of 32 bytes."""
    payload = b"\x0a8.0.36-test\0" + struct.pack("<I", 7) + b"abcdefgh\0" + struct.pack("<H", 0xFFFF)
    payload += b"\x21\x02\0\xff\xff\x15" + bytes(10) + b"abcdefghijkl\0mysql_native_password\0"
    client.say(struct.pack("<I", len(payload)) + payload)
    header, capabilities = struct.unpack("<II", client.read(36)[:8])
    if header != 0x01000020 or not capabilities & 0x0800:
        raise Refused(hex(capabilities))


def rdp(client):
    """X.224 Connection Request, answered with PROTOCOL_SSL where the client asks for it."""
    length = struct.unpack("!BBH", client.read(4))[2]
    request = client.read(length - 4)
    protocols = struct.unpack("<I", request[-4:])[0]
    if not protocols & 1:
        raise Refused(protocols)
    client.say(b"\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0\x02\0\x08\0\x01\0\0\0")


DIALOGUES = {
    "smtp": mail("EHLO"),
    "lmtp": mail("LHLO"),
    "imap": imap,
    "pop3": pop3,
    "ftp": ftp,
    "ldap": ldap,
    "xmpp": xmpp("jabber:client"),
    "xmpp-server": xmpp("jabber:server"),
    "postgres": postgres,
    "mysql": mysql,
    "irc": irc,
    "nntp": nntp,
    "sieve": sieve,
    "rdp": rdp,
}


def serve(connection, dialogue, context):
    with connection:
        try:
            connection.settimeout(PATIENCE_SECONDS)
            dialogue(Client(connection))
            connection.settimeout(PATIENCE_SECONDS)
            with context.wrap_socket(connection, server_side=True) as tls:
                tls.recv(1)
        except (OSError, Refused, struct.error):
            pass  # the client went away, or talks something else: both are ordinary


def accept_forever(listener, dialogue, context):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, dialogue, context), daemon=True).start()


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in DIALOGUES:
        sys.exit(f"usage: starttls_server.py PROTOCOL CERT KEY, where PROTOCOL is one of {', '.join(DIALOGUES)}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    arguments = (listener, DIALOGUES[sys.argv[1]], context)
    threading.Thread(target=accept_forever, args=arguments, daemon=True).start()
    print(f"port {listener.getsockname()[1]}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
