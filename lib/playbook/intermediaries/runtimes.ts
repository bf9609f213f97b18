/** Timers of servers, frameworks and clients: the two ends of the connection. */
import { type Timer, timer } from '#lib/playbook/intermediaries/timer.ts'

const idle = timer('idle')
const fromClient = timer('idle-client-only')
const lifetime = timer('lifetime')
const pong = timer('missed-pong')
const handshake = timer('handshake')
const reload = timer('reload')

const daphne = { label: 'daphne, cli.py and server.py', url: 'https://github.com/django/daphne' }
const signalR = {
  label: 'SignalR configuration',
  url: 'https://learn.microsoft.com/en-us/aspnet/core/signalr/configuration',
}
const engineIo = { label: 'engine.io, server.ts', url: 'https://socket.io/docs/v4/server-options/' }

export const runtimeTimers: readonly Timer[] = [
  pong(
    'Action Cable client',
    6,
    'the client closes: two beats of 3 s were missed',
    {
      label: 'Rails, connection_monitor.js',
      url: 'https://github.com/rails/rails/blob/main/actioncable/app/javascript/action_cable/connection_monitor.js',
    },
    { setting: 'staleThreshold' },
  ),
  pong(
    'uvicorn or Python websockets',
    40,
    'Close frame 1011 "keepalive ping timeout" at 40 s; 1006 at about 50 s when the peer is gone',
    {
      label: 'websockets, keepalive; uvicorn, settings',
      url: 'https://websockets.readthedocs.io/en/stable/topics/keepalive.html',
    },
    { untilSeconds: 50, setting: 'ws_ping_interval 20, ws_ping_timeout 20' },
  ),
  pong('Socket.IO', 45, 'closed with the text reason "ping timeout"', engineIo, {
    setting: 'pingInterval 25000, pingTimeout 20000',
  }),
  pong('daphne', 50, 'closed by the server', daphne, { setting: '--ping-interval 20, --ping-timeout 30' }),
  pong(
    'Go server after gorilla’s chat example',
    60,
    'read deadline: closed by the server',
    {
      label: 'gorilla/websocket, chat example',
      url: 'https://github.com/gorilla/websocket/blob/main/examples/chat/client.go',
    },
    { setting: 'pongWait 60 s, ping every 54 s' },
  ),
  pong(
    'Deno.upgradeWebSocket',
    30,
    'ping, then closed',
    {
      label: 'Deno, upgradeWebSocket',
      url: 'https://docs.deno.com/api/deno/~/Deno.upgradeWebSocket',
    },
    { setting: 'idleTimeout' },
  ),
  pong('SignalR', 30, 'the client closes: "Server timeout elapsed"', signalR, {
    setting: 'ServerTimeout, ClientTimeoutInterval (keep-alive every 15 s)',
    certain: false,
  }),
  fromClient(
    'Phoenix or Cowboy',
    60,
    'closed by the server, 60 s after it last received data',
    {
      label: 'Phoenix.Endpoint, socket option :timeout',
      url: 'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#socket/3-websocket-configuration',
    },
    { setting: ':timeout' },
  ),
  idle(
    'Jetty 10 and later',
    30,
    '1001 or 1006',
    { label: 'ActiveMQ issue AMQ-9432', url: 'https://issues.apache.org/jira/browse/AMQ-9432' },
    {
      setting: 'idleTimeout',
    },
  ),
  idle(
    'Bun or uWebSockets.js',
    120,
    'closed by the server',
    { label: 'common knowledge' },
    {
      setting: 'idleTimeout',
      certain: false,
    },
  ),
  lifetime('daphne', 86_400, 'closed by the server', daphne, { setting: '--websocket_timeout' }),
  handshake('daphne', 5, 'the opening is given up', daphne, { setting: '--websocket_connect_timeout' }),
  handshake('Socket.IO upgrade', 10, 'the transport is not upgraded', engineIo, {
    setting: 'upgradeTimeout',
  }),
  handshake('SignalR', 15, 'closed by the server', signalR, { setting: 'HandshakeTimeout' }),
  handshake(
    'Firefox',
    20,
    'error and close 1006 in the page',
    { label: 'Mozilla all.js, network.websocket.timeout.open; measured with Firefox ESR 153' },
    { setting: 'network.websocket.timeout.open' },
  ),
  handshake('Socket.IO client', 45, 'the connection is given up', engineIo, { setting: 'connectTimeout' }),
  handshake('Chrome', 240, 'console: WebSocket opening handshake timed out', {
    label: 'Chromium, websocket_stream.cc; measured with Chromium 156',
    url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
  }),
  reload(
    'gunicorn',
    30,
    'all connections of a worker at once',
    {
      label: 'gunicorn, settings timeout and graceful_timeout',
      url: 'https://docs.gunicorn.org/en/stable/settings.html#timeout',
    },
    { setting: 'timeout, graceful_timeout' },
  ),
]
