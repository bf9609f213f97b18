"""Flask-SocketIO: with threads, or with eventlet."""
import sys

from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
kind = sys.argv[2]
options = {"cors_allowed_origins": "https://app.example"} if kind == "origins" else {}
socketio = SocketIO(app, async_mode="eventlet" if kind == "eventlet" else "threading", **options)


@app.route("/")
def page():
    return "page"


socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), **({} if kind == "eventlet" else {"allow_unsafe_werkzeug": True}))
