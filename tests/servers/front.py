"""Stands in front of a real TLS server on loopback and behaves badly for it.

It reads the client's hello, decides, and otherwise passes every byte on in both directions. What it can do:

--rate N           serves N new connections in any second; what comes beyond is treated as --over says
--serial           one connection at a time; the next is accepted when the first is closed
--reset-every N    every Nth connection is reset as soon as it is accepted
--refuse WHEN      hellos that it cannot stand get what --how says (may be repeated):
                     size:N      N bytes and more (handshake message with its header)
                     suites:N    more than N suites
                     above:HEX   a version above HEX is offered, in the hello or in supported_versions
                     grease      any value of RFC 8701
                     extension   an extension that nobody knew in 2008
                     no-name     no SNI
--how WHAT         alert:N, close (default), reset or silence
--hide-refusals    where the backend says no with an alert or a close, the client hears nothing at all
--dribble N        the first N bytes of the answer come one by one, a millisecond apart
"""

import collections
import select
import socket
import threading
import time

import listening
import wire

# IANA registry in 2008: server_name to status_request, groups, point formats, SRP, signature_algorithms, tickets.
EXTENSIONS_OF_2008 = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 35}
MILLISECOND = 0.001
RETRY_AT = 11  # the random in a record: 5 bytes of record, 4 of message header, 2 of version


def main():
    options = parse_arguments()
    rate = RateLimit(options.rate) if options.rate else None
    listener = listening.listen(options, options.backlog)
    listening.serve(listener, lambda client, number: admit(options, rate, client, number), options.serial)


def parse_arguments():
    parser = listening.argument_parser(__doc__)
    parser.formatter_class = listening.argparse.RawDescriptionHelpFormatter
    parser.add_argument("backend", type=int, help="port of the server behind it")
    parser.add_argument("--backlog", type=int, default=256)
    parser.add_argument("--rate", type=int)
    parser.add_argument("--over", choices=["close", "reset", "silence"], default="close")
    parser.add_argument("--serial", action="store_true")
    parser.add_argument("--reset-every", type=int)
    parser.add_argument("--refuse", action="append", default=[], metavar="WHEN", type=condition)
    parser.add_argument("--how", default="close")
    parser.add_argument("--hide-refusals", action="store_true")
    parser.add_argument("--dribble", type=int, default=0, metavar="N")
    return parser.parse_args()


def condition(text):
    """A function of a ClientHello."""
    name, _, value = text.partition(":")
    conditions = {
        "size": lambda hello: hello.size >= int(value),
        "suites": lambda hello: len(hello.suites) > int(value),
        "above": lambda hello: max([hello.legacy_version] + (hello.versions() or [])) > int(value, 16),
        "grease": has_grease,
        "extension": lambda hello: any(kind not in EXTENSIONS_OF_2008 for kind in hello.extensions if kind != 0xFF01),
        "no-name": lambda hello: hello.server_name() is None,
    }
    return conditions[name]


def has_grease(hello):
    groups, versions = hello.numbers(wire.SUPPORTED_GROUPS) or [], hello.versions() or []
    return any(map(wire.is_grease, [*hello.suites, *hello.extensions, *groups, *versions]))


class RateLimit:
    """At most `limit` in any second that ends now."""

    def __init__(self, limit):
        self.limit = limit
        self.served = collections.deque()
        self.lock = threading.Lock()

    def allows_one_more(self):
        now = time.monotonic()
        with self.lock:
            while self.served and self.served[0] <= now - 1:
                self.served.popleft()
            if len(self.served) >= self.limit:
                return False
            self.served.append(now)
            return True


def admit(options, rate, client, number):
    if options.reset_every and number % options.reset_every == 0:
        listening.reset(client)
    elif rate and not rate.allows_one_more():
        turn_away(client, options.over)
    else:
        pass_on(options, client)


def turn_away(client, how):
    if how.startswith("alert:"):
        client.sendall(wire.alert(int(how.removeprefix("alert:"))))
        listening.end(client)
    elif how == "reset":
        listening.reset(client)
    elif how == "silence":
        listening.wait_until_closed(client)
    # close: as a server does that has not even read the hello, which may be a reset in truth


def pass_on(options, client):
    hello = wire.read_hello(client)
    if hello is None:
        return
    if isinstance(hello, wire.ClientHello) and any(refuses(hello) for refuses in options.refuse):
        if options.how == "close":
            listening.end(client)
        return turn_away(client, options.how)
    with socket.create_connection(("127.0.0.1", options.backend), timeout=listening.IDLE_SECONDS) as backend:
        backend.sendall(hello.raw)
        shape = HideRefusals(client) if options.hide_refusals else Dribble(client, options.dribble)
        relay(client, backend, shape)


def relay(client, backend, shape):
    """Until one of both closes. shape: gets the backend's bytes, then None for its end."""
    while True:
        ready, _, _ = select.select([client, backend], [], [], listening.IDLE_SECONDS)
        if not ready:
            return
        if client in ready:
            data = client.recv(65536)
            if not data:
                return
            backend.sendall(data)
        if backend in ready:
            data = backend.recv(65536)
            shape.send(data or None)
            if not data:
                return


class Dribble:
    """The first bytes come slowly."""

    def __init__(self, client, slow_bytes):
        self.client = client
        self.slow_bytes = slow_bytes

    def send(self, data):
        if data is None:
            return listening.end(self.client)
        for at in range(min(self.slow_bytes, len(data))):
            self.client.sendall(data[at : at + 1])
            time.sleep(MILLISECOND)
        self.client.sendall(data[self.slow_bytes :])
        self.slow_bytes = max(0, self.slow_bytes - len(data))


class HideRefusals:
    """Lets answers through, never an alert or a close in place of a ServerHello."""

    def __init__(self, client):
        self.client = client
        self.waiting = b""
        self.answered = False

    def send(self, data):
        if self.answered:
            return self.client.sendall(data) if data else listening.end(self.client)
        if data is None:
            return listening.wait_until_closed(self.client)
        self.waiting += data
        while not self.answered and (record := self._take_record()):
            if record[0] == wire.ALERT:
                self.waiting = b""
                return listening.wait_until_closed(self.client)
            self.client.sendall(record)
            is_retry = record[RETRY_AT:].startswith(wire.RETRY_RANDOM)
            self.answered = record[0] == wire.HANDSHAKE and not is_retry
        if self.answered:
            self.client.sendall(self.waiting)

    def _take_record(self):
        size = 5 + int.from_bytes(self.waiting[3:5], "big")
        if len(self.waiting) < 5 or len(self.waiting) < size:
            return None
        record, self.waiting = self.waiting[:size], self.waiting[size:]
        return record


if __name__ == "__main__":
    main()
