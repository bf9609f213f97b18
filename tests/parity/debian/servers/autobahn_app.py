"""Autobahn on Twisted: a resource's path, and denials in onConnect."""
import sys

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from autobahn.websocket.types import ConnectionDeny
from twisted.internet import reactor


class Protocol(WebSocketServerProtocol):
    def onConnect(self, request):
        if request.path.startswith("/denied"):
            raise ConnectionDeny(ConnectionDeny.FORBIDDEN, "not for you")
        if request.path.startswith("/chat") and "chat" not in request.protocols:
            raise ConnectionDeny(ConnectionDeny.BAD_REQUEST, "subprotocol chat is required")
        if request.path.strip("/") == "raises":
            raise RuntimeError("onConnect failed")
        if request.path.startswith("/chat"):
            return "chat"
        return None

    def onOpen(self):
        if self.http_request_path == "/raises-open":
            raise RuntimeError("onOpen failed")

    def onMessage(self, payload, isBinary):
        self.sendMessage(payload, isBinary)


factory = WebSocketServerFactory()
factory.protocol = Protocol
if len(sys.argv) > 2:
    factory.setProtocolOptions(allowedOrigins=["https://app.example"])
reactor.listenTCP(int(sys.argv[1]), factory, interface="127.0.0.1")
reactor.run()
