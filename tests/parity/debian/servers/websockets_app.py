"""The library websockets: origins, subprotocols, and handlers by path."""
import asyncio
import http
import sys

import websockets


async def handler(socket, path="/"):
    path = getattr(socket, "path", path)
    if path == "/returns":
        return
    if path == "/raises":
        raise RuntimeError("the handler failed")
    if path == "/waits":
        try:
            await asyncio.wait_for(socket.recv(), 1)
        except asyncio.TimeoutError:
            await socket.close(1008, "authentication timeout")
        return
    if path == "/unknown":
        await socket.close(1011, "no such path")
        return
    async for message in socket:
        await socket.send(message)


async def gate(path, headers):
    if path.startswith("/token"):
        return http.HTTPStatus.UNAUTHORIZED, [], b"Missing token\n"
    if path.startswith("/fails"):
        raise RuntimeError("process_request failed")
    if path.startswith("/health"):
        return http.HTTPStatus.OK, [], b"OK\n"


async def main():
    port, kind = int(sys.argv[1]), sys.argv[2]
    options = {
        "plain": {},
        "origins": {"origins": ["https://app.example"]},
        "subprotocols": {"subprotocols": ["chat"]},
    }[kind]
    async with websockets.serve(handler, "127.0.0.1", port, process_request=gate, **options):
        await asyncio.Future()


asyncio.run(main())
