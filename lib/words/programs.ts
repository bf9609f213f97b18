/** Every program whose words are known: browsers, clients, servers, then systems, each room in the order of its names. */

import chromium from '#lib/words/browsers/chromium.ts'
import firefox from '#lib/words/browsers/firefox.ts'
import safari from '#lib/words/browsers/safari.ts'
import ably from '#lib/words/clients/ably.ts'
import actioncable from '#lib/words/clients/actioncable.ts'
import aiohttp from '#lib/words/clients/aiohttp.ts'
import arduinoWebsockets from '#lib/words/clients/arduino-websockets.ts'
import beast from '#lib/words/clients/beast.ts'
import browserAutomation from '#lib/words/clients/browser-automation.ts'
import bun from '#lib/words/clients/bun.ts'
import coderWebsocket from '#lib/words/clients/coder-websocket.ts'
import curl from '#lib/words/clients/curl.ts'
import dart from '#lib/words/clients/dart.ts'
import discord from '#lib/words/clients/discord.ts'
import dotnetWebsocket from '#lib/words/clients/dotnet-websocket.ts'
import espIdf from '#lib/words/clients/esp-idf.ts'
import exchanges from '#lib/words/clients/exchanges.ts'
import fastwebsockets from '#lib/words/clients/fastwebsockets.ts'
import faye from '#lib/words/clients/faye.ts'
import gatling from '#lib/words/clients/gatling.ts'
import goWebsocket from '#lib/words/clients/go-websocket.ts'
import godot from '#lib/words/clients/godot.ts'
import gorilla from '#lib/words/clients/gorilla.ts'
import graphqlWs from '#lib/words/clients/graphql-ws.ts'
import gun from '#lib/words/clients/gun.ts'
import haskellWebsockets from '#lib/words/clients/haskell-websockets.ts'
import httpxWs from '#lib/words/clients/httpx-ws.ts'
import ixwebsocket from '#lib/words/clients/ixwebsocket.ts'
import javaNetHttp from '#lib/words/clients/java-net-http.ts'
import javaWebsocket from '#lib/words/clients/java-websocket.ts'
import jmeter from '#lib/words/clients/jmeter.ts'
import jsr356 from '#lib/words/clients/jsr-356.ts'
import k6 from '#lib/words/clients/k6.ts'
import libwebsockets from '#lib/words/clients/libwebsockets.ts'
import meetings from '#lib/words/clients/meetings.ts'
import mqtt from '#lib/words/clients/mqtt.ts'
import next from '#lib/words/clients/next.ts'
import novnc from '#lib/words/clients/novnc.ts'
import nvWebsocketClient from '#lib/words/clients/nv-websocket-client.ts'
import okhttp from '#lib/words/clients/okhttp.ts'
import paho from '#lib/words/clients/paho.ts'
import phoenixJs from '#lib/words/clients/phoenix-js.ts'
import phpWebsocket from '#lib/words/clients/php-websocket.ts'
import postman from '#lib/words/clients/postman.ts'
import proxyAgents from '#lib/words/clients/proxy-agents.ts'
import pythonWebsockets from '#lib/words/clients/python-websockets.ts'
import qt from '#lib/words/clients/qt.ts'
import reconnectingWebsocket from '#lib/words/clients/reconnecting-websocket.ts'
import reqwestWebsocket from '#lib/words/clients/reqwest-websocket.ts'
import signalr from '#lib/words/clients/signalr.ts'
import signalrAspnet from '#lib/words/clients/signalr-aspnet.ts'
import slack from '#lib/words/clients/slack.ts'
import socketIo from '#lib/words/clients/socket-io.ts'
import socketIoSwift from '#lib/words/clients/socket-io-swift.ts'
import socketrocket from '#lib/words/clients/socketrocket.ts'
import sockjs from '#lib/words/clients/sockjs.ts'
import starscream from '#lib/words/clients/starscream.ts'
import stomp from '#lib/words/clients/stomp.ts'
import subscriptionsTransportWs from '#lib/words/clients/subscriptions-transport-ws.ts'
import swiftNio from '#lib/words/clients/swift-nio.ts'
import tungstenite from '#lib/words/clients/tungstenite.ts'
import twilio from '#lib/words/clients/twilio.ts'
import undici from '#lib/words/clients/undici.ts'
import vite from '#lib/words/clients/vite.ts'
import webpackDevServer from '#lib/words/clients/webpack-dev-server.ts'
import websocat from '#lib/words/clients/websocat.ts'
import websocketClient from '#lib/words/clients/websocket-client.ts'
import websocketClientNet from '#lib/words/clients/websocket-client-net.ts'
import websocketNode from '#lib/words/clients/websocket-node.ts'
import websocketSharp from '#lib/words/clients/websocket-sharp.ts'
import websocketpp from '#lib/words/clients/websocketpp.ts'
import websockex from '#lib/words/clients/websockex.ts'
import ws from '#lib/words/clients/ws.ts'
import wscat from '#lib/words/clients/wscat.ts'
import wsproto from '#lib/words/clients/wsproto.ts'
import type { Program } from '#lib/words/phrase.ts'
import actix from '#lib/words/servers/actix.ts'
import akkaHttp from '#lib/words/servers/akka-http.ts'
import apache from '#lib/words/servers/apache.ts'
import apisix from '#lib/words/servers/apisix.ts'
import applications from '#lib/words/servers/applications.ts'
import aspnetcore from '#lib/words/servers/aspnetcore.ts'
import asterisk from '#lib/words/servers/asterisk.ts'
import authProxies from '#lib/words/servers/auth-proxies.ts'
import authelia from '#lib/words/servers/authelia.ts'
import autobahn from '#lib/words/servers/autobahn.ts'
import aws from '#lib/words/servers/aws.ts'
import axum from '#lib/words/servers/axum.ts'
import azure from '#lib/words/servers/azure.ts'
import caddy from '#lib/words/servers/caddy.ts'
import centrifugo from '#lib/words/servers/centrifugo.ts'
import cherrypy from '#lib/words/servers/cherrypy.ts'
import chromeDevtools from '#lib/words/servers/chrome-devtools.ts'
import cloudflareWorkers from '#lib/words/servers/cloudflare-workers.ts'
import cloudflared from '#lib/words/servers/cloudflared.ts'
import clusterGateways from '#lib/words/servers/cluster-gateways.ts'
import cockpit from '#lib/words/servers/cockpit.ts'
import codeServer from '#lib/words/servers/code-server.ts'
import crashes from '#lib/words/servers/crashes.ts'
import daphne from '#lib/words/servers/daphne.ts'
import deno from '#lib/words/servers/deno.ts'
import django from '#lib/words/servers/django.ts'
import engineIo from '#lib/words/servers/engine.io.ts'
import envoy from '#lib/words/servers/envoy.ts'
import eventlet from '#lib/words/servers/eventlet.ts'
import fastify from '#lib/words/servers/fastify.ts'
import firewalls from '#lib/words/servers/firewalls.ts'
import googleCloud from '#lib/words/servers/google-cloud.ts'
import guacamole from '#lib/words/servers/guacamole.ts'
import gunicorn from '#lib/words/servers/gunicorn.ts'
import haproxy from '#lib/words/servers/haproxy.ts'
import heroku from '#lib/words/servers/heroku.ts'
import homeAssistant from '#lib/words/servers/home-assistant.ts'
import hosting from '#lib/words/servers/hosting.ts'
import httpProxyMiddleware from '#lib/words/servers/http-proxy-middleware.ts'
import hypercorn from '#lib/words/servers/hypercorn.ts'
import iis from '#lib/words/servers/iis.ts'
import jetty from '#lib/words/servers/jetty.ts'
import jupyter from '#lib/words/servers/jupyter.ts'
import jupyterhub from '#lib/words/servers/jupyterhub.ts'
import kong from '#lib/words/servers/kong.ts'
import ktor from '#lib/words/servers/ktor.ts'
import kubernetes from '#lib/words/servers/kubernetes.ts'
import libvncserver from '#lib/words/servers/libvncserver.ts'
import lighttpd from '#lib/words/servers/lighttpd.ts'
import livekit from '#lib/words/servers/livekit.ts'
import luaRestyWebsocket from '#lib/words/servers/lua-resty-websocket.ts'
import mattermost from '#lib/words/servers/mattermost.ts'
import mitmproxy from '#lib/words/servers/mitmproxy.ts'
import mosquitto from '#lib/words/servers/mosquitto.ts'
import nakama from '#lib/words/servers/nakama.ts'
import nats from '#lib/words/servers/nats.ts'
import netty from '#lib/words/servers/netty.ts'
import nginx from '#lib/words/servers/nginx.ts'
import ngrok from '#lib/words/servers/ngrok.ts'
import oauth2Proxy from '#lib/words/servers/oauth2-proxy.ts'
import ocpp from '#lib/words/servers/ocpp.ts'
import otherProtocols from '#lib/words/servers/other-protocols.ts'
import phoenix from '#lib/words/servers/phoenix.ts'
import plainHttp from '#lib/words/servers/plain-http.ts'
import processEnds from '#lib/words/servers/process-ends.ts'
import pusher from '#lib/words/servers/pusher.ts'
import pythonEngineio from '#lib/words/servers/python-engineio.ts'
import rails from '#lib/words/servers/rails.ts'
import rancher from '#lib/words/servers/rancher.ts'
import ratchet from '#lib/words/servers/ratchet.ts'
import realtimeApis from '#lib/words/servers/realtime-apis.ts'
import sanic from '#lib/words/servers/sanic.ts'
import simpleWebsocket from '#lib/words/servers/simple-websocket.ts'
import spring from '#lib/words/servers/spring.ts'
import squid from '#lib/words/servers/squid.ts'
import starlette from '#lib/words/servers/starlette.ts'
import streamlit from '#lib/words/servers/streamlit.ts'
import supabase from '#lib/words/servers/supabase.ts'
import swoole from '#lib/words/servers/swoole.ts'
import tinyproxy from '#lib/words/servers/tinyproxy.ts'
import tomcat from '#lib/words/servers/tomcat.ts'
import tornado from '#lib/words/servers/tornado.ts'
import traefik from '#lib/words/servers/traefik.ts'
import trafficserver from '#lib/words/servers/trafficserver.ts'
import ttyd from '#lib/words/servers/ttyd.ts'
import undertow from '#lib/words/servers/undertow.ts'
import uvicorn from '#lib/words/servers/uvicorn.ts'
import uwebsockets from '#lib/words/servers/uwebsockets.ts'
import uwsgi from '#lib/words/servers/uwsgi.ts'
import varnish from '#lib/words/servers/varnish.ts'
import vertx from '#lib/words/servers/vertx.ts'
import warp from '#lib/words/servers/warp.ts'
import websockify from '#lib/words/servers/websockify.ts'
import workerd from '#lib/words/servers/workerd.ts'
import workerman from '#lib/words/servers/workerman.ts'
import yarp from '#lib/words/servers/yarp.ts'
import apple from '#lib/words/systems/apple.ts'
import device from '#lib/words/systems/device.ts'
import dotnet from '#lib/words/systems/dotnet.ts'
import errno from '#lib/words/systems/errno.ts'
import firstBytes from '#lib/words/systems/first-bytes.ts'
import go from '#lib/words/systems/go.ts'
import java from '#lib/words/systems/java.ts'
import linux from '#lib/words/systems/linux.ts'
import mbedtls from '#lib/words/systems/mbedtls.ts'
import node from '#lib/words/systems/node.ts'
import openssl from '#lib/words/systems/openssl.ts'
import python from '#lib/words/systems/python.ts'
import rustls from '#lib/words/systems/rustls.ts'
import tlsInspection from '#lib/words/systems/tls-inspection.ts'
import windows from '#lib/words/systems/windows.ts'

export const programs: readonly Program[] = [
  // Browsers.
  chromium,
  firefox,
  safari,
  // Clients.
  ably,
  actioncable,
  aiohttp,
  arduinoWebsockets,
  beast,
  browserAutomation,
  bun,
  coderWebsocket,
  curl,
  dart,
  discord,
  dotnetWebsocket,
  espIdf,
  exchanges,
  fastwebsockets,
  faye,
  gatling,
  goWebsocket,
  godot,
  gorilla,
  graphqlWs,
  gun,
  haskellWebsockets,
  httpxWs,
  ixwebsocket,
  javaNetHttp,
  javaWebsocket,
  jmeter,
  jsr356,
  k6,
  libwebsockets,
  meetings,
  mqtt,
  next,
  novnc,
  nvWebsocketClient,
  okhttp,
  paho,
  phoenixJs,
  phpWebsocket,
  postman,
  proxyAgents,
  pythonWebsockets,
  qt,
  reconnectingWebsocket,
  reqwestWebsocket,
  signalrAspnet,
  signalr,
  slack,
  socketIoSwift,
  socketIo,
  socketrocket,
  sockjs,
  starscream,
  stomp,
  subscriptionsTransportWs,
  swiftNio,
  tungstenite,
  twilio,
  undici,
  vite,
  webpackDevServer,
  websocat,
  websocketClientNet,
  websocketClient,
  websocketNode,
  websocketSharp,
  websocketpp,
  websockex,
  ws,
  wscat,
  wsproto,
  // Servers.
  actix,
  akkaHttp,
  apisix,
  apache,
  applications,
  aspnetcore,
  asterisk,
  authProxies,
  authelia,
  autobahn,
  aws,
  axum,
  azure,
  caddy,
  centrifugo,
  cherrypy,
  chromeDevtools,
  cloudflareWorkers,
  cloudflared,
  clusterGateways,
  cockpit,
  codeServer,
  daphne,
  deno,
  django,
  engineIo,
  envoy,
  eventlet,
  fastify,
  firewalls,
  googleCloud,
  guacamole,
  gunicorn,
  haproxy,
  heroku,
  homeAssistant,
  hosting,
  httpProxyMiddleware,
  hypercorn,
  iis,
  jetty,
  jupyter,
  jupyterhub,
  kong,
  ktor,
  kubernetes,
  libvncserver,
  lighttpd,
  livekit,
  luaRestyWebsocket,
  mattermost,
  mitmproxy,
  mosquitto,
  nakama,
  nats,
  netty,
  nginx,
  ngrok,
  oauth2Proxy,
  ocpp,
  otherProtocols,
  phoenix,
  plainHttp,
  processEnds,
  crashes,
  pusher,
  pythonEngineio,
  rails,
  rancher,
  ratchet,
  realtimeApis,
  sanic,
  simpleWebsocket,
  spring,
  squid,
  starlette,
  streamlit,
  supabase,
  swoole,
  tinyproxy,
  tomcat,
  tornado,
  traefik,
  trafficserver,
  ttyd,
  undertow,
  uvicorn,
  uwebsockets,
  uwsgi,
  varnish,
  vertx,
  warp,
  websockify,
  workerd,
  workerman,
  yarp,
  // Systems.
  apple,
  device,
  dotnet,
  errno,
  firstBytes,
  go,
  java,
  linux,
  mbedtls,
  node,
  openssl,
  python,
  rustls,
  tlsInspection,
  windows,
]
