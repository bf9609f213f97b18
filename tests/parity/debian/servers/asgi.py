"""An ASGI application of FastAPI, for uvicorn, hypercorn and daphne. Each route has one fault, or none."""
import asyncio

from fastapi import FastAPI, WebSocket

app = FastAPI()


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


app.websocket("/ws")(echo)
app.websocket("/chat/")(echo)


@app.get("/page")
async def page() -> dict:
    return {"page": True}


@app.websocket("/denied")
async def denied(socket: WebSocket) -> None:
    await socket.close(code=1008)


@app.websocket("/returns")
async def returns(socket: WebSocket) -> None:
    await socket.accept()


@app.websocket("/raises")
async def raises(socket: WebSocket) -> None:
    await socket.accept()
    raise RuntimeError("the handler failed")


@app.websocket("/raises-before")
async def raises_before(socket: WebSocket) -> None:
    raise RuntimeError("the handler failed")


@app.websocket("/waits")
async def waits(socket: WebSocket) -> None:
    await socket.accept()
    try:
        await asyncio.wait_for(socket.receive_text(), timeout=1)
    except asyncio.TimeoutError:
        await socket.close(code=1008, reason="no token was sent")


@app.websocket("/token")
async def token(socket: WebSocket, token: str) -> None:
    """A query parameter that is required: FastAPI refuses what lacks it."""
    await echo(socket)
