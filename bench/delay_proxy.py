"""Passes connections on to a server, every byte 25 ms later in each direction: python3 delay_proxy.py SERVER-PORT.

For machines on which bench/probe.sh may not make network namespaces. A connection is opened without delay, and all
addresses of loopback lead to the same server. Prints "port N".
"""

import asyncio
import sys

ONE_WAY_SECONDS = 0.025


async def pass_on(reader, writer):
    """Bytes leave in the order in which they came, because all of them wait equally long."""
    loop = asyncio.get_running_loop()
    left = loop.create_future()

    def let_out(data):
        if not data:
            left.set_result(None)
        elif not writer.is_closing():
            writer.write(data)

    try:
        while data := await reader.read(65536):
            loop.call_later(ONE_WAY_SECONDS, let_out, data)
    except ConnectionError:
        pass
    loop.call_later(ONE_WAY_SECONDS, let_out, b"")
    await left
    writer.close()


async def serve(client_reader, client_writer):
    try:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
    except ConnectionError:
        client_writer.close()
        return
    await asyncio.gather(pass_on(client_reader, server_writer), pass_on(server_reader, client_writer))


async def main():
    server = await asyncio.start_server(serve, "0.0.0.0", 0, backlog=4096)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
