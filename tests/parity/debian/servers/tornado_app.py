"""Tornado: check_origin as it comes, and handlers with a fault each."""
import asyncio
import sys

from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler


class Echo(WebSocketHandler):
    def on_message(self, message):
        self.write_message(message)


class Raises(WebSocketHandler):
    def open(self):
        raise RuntimeError("the handler failed")


class Closes(WebSocketHandler):
    def open(self):
        self.close()


class ClosesWith(WebSocketHandler):
    def open(self):
        self.close(4001, "unknown room")


class Forbids(WebSocketHandler):
    def prepare(self):
        raise HTTPError(403)


class Chat(WebSocketHandler):
    def select_subprotocol(self, subprotocols):
        if "chat" not in subprotocols:
            raise HTTPError(400, reason="Subprotocol chat is required")
        return "chat"


class Page(RequestHandler):
    def get(self):
        self.write("<!doctype html><title>app</title>")


class Post(RequestHandler):
    def post(self):
        self.write("ok")


async def main():
    Application(
        [
            (r"/ws", Echo),
            (r"/raises", Raises),
            (r"/closes", Closes),
            (r"/closes-with", ClosesWith),
            (r"/forbids", Forbids),
            (r"/chat", Chat),
            (r"/page", Page),
            (r"/post", Post),
        ],
        websocket_ping_interval=30,
    ).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
