"""aiohttp: a sound handler, and handlers that return, fail, time out or are no WebSocket's."""
import sys

from aiohttp import WSMsgType, web


async def echo(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT:
            await socket.send_str(message.data)
    return socket


async def returns(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    return socket


async def raises(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    raise RuntimeError("the handler failed")


async def raises_before(request):
    raise RuntimeError("the handler failed")


async def waits(request):
    socket = web.WebSocketResponse(receive_timeout=1)
    await socket.prepare(request)
    await socket.receive()
    return socket


async def returns_nothing(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)


async def beats(request):
    socket = web.WebSocketResponse(heartbeat=2)
    await socket.prepare(request)
    async for _ in socket:
        pass
    return socket


async def chat_only(request):
    socket = web.WebSocketResponse(protocols=("chat",))
    await socket.prepare(request)
    if socket.ws_protocol is None:
        await socket.close(code=1002, message=b"subprotocol chat is required")
        return socket
    async for _ in socket:
        pass
    return socket


async def page(request):
    return web.Response(text="<!doctype html><title>app</title>", content_type="text/html")


async def unauthorized(request):
    raise web.HTTPUnauthorized()


app = web.Application()
app.add_routes(
    [
        web.get("/ws", echo),
        web.get("/chat/", echo),
        web.get("/returns", returns),
        web.get("/raises", raises),
        web.get("/raises-before", raises_before),
        web.get("/waits", waits),
        web.get("/returns-nothing", returns_nothing),
        web.get("/beats", beats),
        web.get("/chat-only", chat_only),
        web.get("/page", page),
        web.get("/unauthorized", unauthorized),
        web.post("/post", echo),
    ]
)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
