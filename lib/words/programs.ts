/** Every program whose words are known: browsers, clients, servers, then systems, each room in the order of its names. */

import chromium from '#lib/words/browsers/chromium.ts'
import firefox from '#lib/words/browsers/firefox.ts'
import safari from '#lib/words/browsers/safari.ts'
import aiohttp from '#lib/words/clients/aiohttp.ts'
import coderWebsocket from '#lib/words/clients/coder-websocket.ts'
import goWebsocket from '#lib/words/clients/go-websocket.ts'
import gorilla from '#lib/words/clients/gorilla.ts'
import pythonWebsockets from '#lib/words/clients/python-websockets.ts'
import socketrocket from '#lib/words/clients/socketrocket.ts'
import starscream from '#lib/words/clients/starscream.ts'
import tungstenite from '#lib/words/clients/tungstenite.ts'
import websocketClient from '#lib/words/clients/websocket-client.ts'
import ws from '#lib/words/clients/ws.ts'
import type { Program } from '#lib/words/phrase.ts'
import autobahn from '#lib/words/servers/autobahn.ts'
import daphne from '#lib/words/servers/daphne.ts'
import django from '#lib/words/servers/django.ts'
import gunicorn from '#lib/words/servers/gunicorn.ts'
import jupyter from '#lib/words/servers/jupyter.ts'
import pythonEngineio from '#lib/words/servers/python-engineio.ts'
import starlette from '#lib/words/servers/starlette.ts'
import tornado from '#lib/words/servers/tornado.ts'
import uvicorn from '#lib/words/servers/uvicorn.ts'
import apple from '#lib/words/systems/apple.ts'
import dotnet from '#lib/words/systems/dotnet.ts'
import errno from '#lib/words/systems/errno.ts'
import go from '#lib/words/systems/go.ts'
import java from '#lib/words/systems/java.ts'
import node from '#lib/words/systems/node.ts'
import openssl from '#lib/words/systems/openssl.ts'
import python from '#lib/words/systems/python.ts'
import rustls from '#lib/words/systems/rustls.ts'
import windows from '#lib/words/systems/windows.ts'

export const programs: readonly Program[] = [
  // Browsers.
  chromium,
  firefox,
  safari,
  // Clients.
  aiohttp,
  coderWebsocket,
  goWebsocket,
  gorilla,
  pythonWebsockets,
  socketrocket,
  starscream,
  tungstenite,
  websocketClient,
  ws,
  // Servers.
  autobahn,
  daphne,
  django,
  gunicorn,
  jupyter,
  pythonEngineio,
  starlette,
  tornado,
  uvicorn,
  // Systems.
  apple,
  dotnet,
  errno,
  go,
  java,
  node,
  openssl,
  python,
  rustls,
  windows,
]
