import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const access = 'https://github.com/django/daphne/blob/main/daphne/access.py'
const socket = 'https://github.com/django/daphne/blob/main/daphne/ws_protocol.py'
const server = 'https://github.com/django/daphne/blob/main/daphne/server.py'
const runserver = 'https://github.com/django/daphne/blob/main/daphne/management/commands/runserver.py'
const routing = 'https://github.com/django/channels/blob/main/channels/routing.py'
const consumers = 'https://channels.readthedocs.io/en/latest/topics/consumers.html'

export default defineProgram({
  id: 'daphne',
  name: 'Daphne and Django Channels',
  side: 'server',
  mark: /\b(?:daphne|channels)\.|\bWebSocket (?:HANDSHAKING|CONNECT|REJECT|DISCONNECT) \/|"WS[A-Z]{5,12} /,
  phrases: [
    ...phrasesOf(runserver, [
      {
        id: 'runserver-handshaking',
        needle: 'WebSocket HANDSHAKING /',
        pattern: /\bWebSocket HANDSHAKING \/\S{0,1000}/,
        said: { means: 'connecting' },
        example: 'WebSocket HANDSHAKING /ws/echo/ [172.20.0.1:51624]',
        explains: 'A handshake arrived. What became of it is in the next line.',
      },
      {
        id: 'runserver-connect',
        needle: 'WebSocket CONNECT /',
        pattern: /\bWebSocket CONNECT \/\S{0,1000}/,
        said: { means: 'opened' },
        example: 'WebSocket CONNECT /ws/echo/ [172.20.0.1:51624]',
        explains: 'The consumer accepted the connection.',
      },
      {
        id: 'runserver-reject',
        needle: 'WebSocket REJECT /',
        pattern: /\bWebSocket REJECT \/\S{0,1000}/,
        said: { means: 'forbidden', status: 403 },
        example: 'WebSocket REJECT /ws/echo/ [172.20.0.1:51624]',
        explains:
          'The application refused before it accepted, with 403: the consumer’s connect(), the origin validator or the authentication.',
      },
      {
        id: 'runserver-disconnect',
        needle: 'WebSocket DISCONNECT /',
        pattern: /\bWebSocket DISCONNECT \/\S{0,1000}/,
        said: { means: 'lost' },
        example: 'WebSocket DISCONNECT /ws/echo/ [172.20.0.1:51624]',
        explains: 'The connection, or the attempt, ended. How is not said.',
      },
    ]),
    ...phrasesOf(access, [
      {
        id: 'connecting',
        needle: '"WSCONNECTING ',
        pattern: /"WSCONNECTING \/\S{0,1000}"/,
        said: { means: 'connecting' },
        example: '172.20.0.1:57338 - - [17/Oct/2026:12:18:04] "WSCONNECTING /ws/echo/" - -',
        explains: 'A handshake arrived. What became of it is in the next line.',
      },
      {
        id: 'connect',
        needle: '"WSCONNECT ',
        pattern: /"WSCONNECT \/\S{0,1000}"/,
        said: { means: 'opened' },
        example: '172.20.0.1:57338 - - [17/Oct/2026:12:18:04] "WSCONNECT /ws/echo/" - -',
        explains: 'The consumer accepted the connection.',
      },
      {
        id: 'reject',
        needle: '"WSREJECT ',
        pattern: /"WSREJECT \/\S{0,1000}"/,
        said: { means: 'forbidden', status: 403 },
        example: '172.20.0.1:57338 - - [17/Oct/2026:12:18:04] "WSREJECT /ws/echo/" - -',
        explains:
          'The application refused before it accepted, with 403: the consumer’s connect(), the origin validator or the authentication.',
      },
      {
        id: 'disconnect',
        needle: '"WSDISCONNECT ',
        pattern: /"WSDISCONNECT \/\S{0,1000}"/,
        said: { means: 'lost' },
        example: '172.20.0.1:57338 - - [17/Oct/2026:12:18:04] "WSDISCONNECT /ws/echo/" - -',
        explains: 'The connection, or the attempt, ended. How is not said.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'open-and-established',
        needle: 'open and established',
        pattern: /\bWebSocket [^\n]{1,120} open and established\b/,
        said: { means: 'opened' },
        example: "DEBUG WebSocket ['127.0.0.1', 51624] open and established",
        explains: 'The handshake succeeded.',
      },
      {
        id: 'accepted-or-rejected',
        needle: 'rejected by application',
        pattern: /\bWebSocket [^\n]{1,120} rejected by application\b/,
        said: { means: 'forbidden', status: 403 },
        example: "DEBUG WebSocket ['127.0.0.1', 51624] rejected by application",
        explains: 'The application refused before it accepted, with 403.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'application-failed',
        needle: 'Exception inside application',
        pattern: /\bException inside application: /,
        said: { means: 'handler-failed' },
        example: "ERROR Exception inside application: 'ChatConsumer' object has no attribute 'room'",
        explains: 'The application raised an exception, and Daphne closed its connection.',
      },
      {
        id: 'slow-to-stop',
        needle: 'took too long to shut down and was killed',
        pattern: /\bApplication instance .{1,600} took too long to shut down and was killed/,
        said: { means: 'stalled', unsure: true },
        example:
          "WARNING Application instance <Task pending name='Task-4'> for connection <WebSocketProtocol client=['127.0.0.1', 51624] path=b'/ws/'> took too long to shut down and was killed.",
        explains:
          'The client was already gone, and the consumer still waited for something, such as a database. Daphne ended it after 10 s.',
      },
    ]),
    ...phrasesOf(routing, [
      {
        id: 'no-route',
        needle: 'No route found for path',
        pattern: /\bNo route found for path '[^'\n]{0,1000}'/,
        said: { means: 'no-route' },
        example: "ValueError: No route found for path 'ws/chat/lobby/'.",
        explains:
          'websocket_urlpatterns has no pattern for this path. Channels takes it without its first slash.',
      },
      {
        id: 'no-application',
        needle: 'No application configured for scope type',
        pattern: /\bNo application configured for scope type '?websocket'?/,
        said: { means: 'no-websocket-support' },
        example: "ValueError: No application configured for scope type 'websocket'",
        explains: 'ProtocolTypeRouter of asgi.py has no entry for "websocket".',
      },
      {
        id: 'django-scope',
        needle: 'Django can only handle ASGI/HTTP connections',
        pattern: /\bDjango can only handle ASGI\/HTTP connections, not websocket/,
        said: { means: 'no-websocket-support' },
        example: 'ValueError: Django can only handle ASGI/HTTP connections, not websocket.',
        explains:
          'ASGI_APPLICATION is Django’s own get_asgi_application(). It needs Channels’ ProtocolTypeRouter.',
      },
    ]),
    ...phrasesOf(consumers, [
      {
        id: 'denied',
        needle: 'channels.exceptions.',
        pattern: /\bchannels\.exceptions\.(?:DenyConnection|RejectConnection)\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'channels.exceptions.DenyConnection',
        explains: 'The consumer refused the connection in connect().',
      },
    ]),
  ],
})
