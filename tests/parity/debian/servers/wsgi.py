"""A WSGI application, which no WSGI server can upgrade: for gunicorn, waitress, uWSGI and Werkzeug."""
from flask import Flask

application = app = Flask(__name__)


@app.route("/", defaults={"path": ""})
@app.route("/<path:path>")
def page(path):
    return "<!doctype html><title>app</title><p>A page"
