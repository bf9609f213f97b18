"""eventlet's WebSocketWSGI."""
import sys

import eventlet
from eventlet import websocket, wsgi


@websocket.WebSocketWSGI
def echo(socket):
    while True:
        message = socket.wait()
        if message is None:
            break
        socket.send(message)


@websocket.WebSocketWSGI
def returns(socket):
    pass


@websocket.WebSocketWSGI
def raises(socket):
    raise RuntimeError("failed")


def application(environ, start_response):
    app = {"/ws": echo, "/returns": returns, "/raises": raises}.get(environ["PATH_INFO"])
    if app is not None:
        return app(environ, start_response)
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not Found\r\n"]


wsgi.server(eventlet.listen(("127.0.0.1", int(sys.argv[1]))), application, log_output=False)
