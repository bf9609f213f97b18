"""Django Channels: consumers behind AllowedHostsOriginValidator, as its tutorial has them."""
import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="parity",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    INSTALLED_APPS=["channels"],
    ROOT_URLCONF="channels_app",
    DEBUG=os.environ.get("DEBUG") == "1",
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.urls import re_path

urlpatterns = []


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data=text_data)


class Denies(AsyncWebsocketConsumer):
    async def connect(self):
        await self.close()


class Raises(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        raise RuntimeError("the consumer failed")


class Closes(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        await self.close(code=4003)


sockets = URLRouter(
    [
        re_path(r"^ws/$", Echo.as_asgi()),
        re_path(r"^denied/$", Denies.as_asgi()),
        re_path(r"^raises/$", Raises.as_asgi()),
        re_path(r"^closes/$", Closes.as_asgi()),
    ]
)
application = ProtocolTypeRouter(
    {"http": get_asgi_application(), "websocket": AllowedHostsOriginValidator(sockets)}
)
only_http = ProtocolTypeRouter({"http": get_asgi_application()})
django_asgi = get_asgi_application()
wsgi = get_wsgi_application()
