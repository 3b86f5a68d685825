"""What the servers of this folder have in common: listening on loopback, and an end.

A server prints "port N" once it listens and lives until its standard input closes. A thread serves each connection,
at most MAX_CONNECTIONS at a time; more wait unaccepted.
"""

import argparse
import os
import socket
import struct
import sys
import threading

MAX_CONNECTIONS = 512
IDLE_SECONDS = 60  # longer than any scan waits for an answer


def argument_parser(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bind", default="127.0.0.1", help="loopback address, IPv4 or IPv6; default %(default)s")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    return parser


def listen(options, backlog=256):
    """A listening socket; backlog: connections that the system accepts before we do."""
    family = socket.AF_INET6 if ":" in options.bind else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.bind, options.port))
    listener.listen(backlog)
    return listener


def serve(listener, handle, one_at_a_time=False):
    """Calls handle(connection, number) for each connection, numbered from 1, and ends the process with stdin."""
    threading.Thread(target=_accept_all, args=(listener, handle, one_at_a_time), daemon=True).start()
    print("port", listener.getsockname()[1], flush=True)
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def _accept_all(listener, handle, one_at_a_time):
    free = threading.BoundedSemaphore(1 if one_at_a_time else MAX_CONNECTIONS)
    number = 0
    while True:
        free.acquire()
        connection, _ = listener.accept()
        number += 1
        threading.Thread(target=_handle_one, args=(connection, number, handle, free), daemon=True).start()


def _handle_one(connection, number, handle, free):
    try:
        connection.settimeout(IDLE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        handle(connection, number)
    except OSError:
        pass  # the client went away, which is its right
    finally:
        connection.close()
        free.release()


def end(connection):
    """Says that nothing follows and waits for the client to go, so that what was sent is not lost in a reset."""
    connection.shutdown(socket.SHUT_WR)
    wait_until_closed(connection)


def wait_until_closed(connection):
    """Reads and forgets until the client closes."""
    while connection.recv(65536):
        pass


def reset(connection):
    """Closes with a TCP reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
