import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const transport = 'https://github.com/phoenixframework/phoenix/blob/main/lib/phoenix/socket/transport.ex'
const socket = 'https://github.com/phoenixframework/phoenix/blob/main/lib/phoenix/socket.ex'
const logger = 'https://github.com/phoenixframework/phoenix/blob/main/lib/phoenix/logger.ex'
const adapter = 'https://hexdocs.pm/websock_adapter/WebSockAdapter.html'
const bandit = 'https://github.com/mtrudel/bandit/blob/main/lib/bandit'
const ranch = 'https://github.com/ninenines/ranch/blob/master/src/ranch_conns_sup.erl'
const websockex = 'https://hexdocs.pm/websockex/WebSockex.html'
const inet = 'https://www.erlang.org/doc/apps/kernel/inet.html#module-posix-error-codes'

export default defineProgram({
  id: 'phoenix',
  name: 'Phoenix, Bandit, Cowboy and WebSockex (Elixir)',
  side: 'server',
  mark: /\bPhoenix\.|\bBandit\.|\bWebSockex\.|\bRanch (?:listener|protocol)\b|\bWebSockAdapter\b/,
  phrases: [
    ...phrasesOf(transport, [
      {
        id: 'origin',
        needle: 'Could not check origin for Phoenix.Socket transport',
        pattern: /\bCould not check origin for Phoenix\.Socket transport\b/,
        said: { means: 'origin-refused', status: 403 },
        example: '[error] Could not check origin for Phoenix.Socket transport.',
        explains:
          'check_origin of the endpoint refused. By default the Origin must be the host of url: in its configuration. It answers 403.',
      },
      {
        id: 'origin-of-request',
        needle: 'Origin of the request: ',
        pattern: /\bOrigin of the request: (\S{1,512})/,
        said: ([, origin]) => ({
          means: 'origin-refused',
          status: 403,
          ...(origin !== undefined && { origin }),
        }),
        example: 'Origin of the request: http://127.0.0.1:4000',
        explains: 'The Origin that check_origin of Phoenix refused.',
      },
      {
        id: 'origin-advice',
        needle: 'a different host than the one configured',
        pattern: /\ba different host than the one configured in your config\/?/,
        said: { means: 'nothing-said' },
        example: 'a different host than the one configured in your config/',
        explains: 'A part of Phoenix’s advice about check_origin.',
      },
      {
        id: 'origin-advice-begins',
        needle: 'attempting a socket connection to',
        pattern: /\bThis happens when you are attempting a socket connection to\b/,
        said: { means: 'nothing-said' },
        example: 'This happens when you are attempting a socket connection to',
        explains: 'A part of Phoenix’s advice about check_origin or subprotocols.',
      },
      {
        id: 'subprotocols',
        needle: 'Could not check Websocket subprotocols',
        pattern: /\bCould not check Websocket subprotocols for Phoenix\.Socket transport\b/,
        said: { means: 'subprotocol', status: 403 },
        example: '[error] Could not check Websocket subprotocols for Phoenix.Socket transport.',
        explains: 'The client asked for subprotocols, and the endpoint’s configuration has none of them.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'version',
        needle: 'transport version',
        pattern:
          /\b(?:The client's requested transport version "[^"\n]{0,40}" does not match server's version requirements|Client sent invalid transport version "[^"\n]{0,40}")/,
        said: { means: 'application-protocol', status: 403 },
        example:
          'The client\'s requested transport version "1.0.0" does not match server\'s version requirements of [{Phoenix.Socket.V2.JSONSerializer, "~> 2.0.0"}]',
        explains: 'phoenix.js and the server speak different versions of Phoenix’s protocol.',
      },
    ]),
    ...phrasesOf(logger, [
      {
        id: 'connected',
        needle: 'CONNECTED TO ',
        pattern: /\bCONNECTED TO [A-Z][\w.]{1,120} in \d/,
        said: { means: 'opened' },
        example: '[info] CONNECTED TO AppWeb.UserSocket in 15µs',
        explains: 'connect of the socket accepted.',
      },
      {
        id: 'refused',
        needle: 'REFUSED CONNECTION TO ',
        pattern: /\bREFUSED CONNECTION TO [A-Z][\w.]{1,120} in \d/,
        said: { means: 'forbidden', status: 403 },
        example: '[info] REFUSED CONNECTION TO AppWeb.UserSocket in 15µs',
        explains:
          'connect of the socket returned :error, as for a token that is missing or too old. Phoenix answers 403.',
      },
      {
        id: 'no-route',
        needle: 'no route found for GET /',
        pattern: /\bno route found for GET \/\S{0,300}?(?:websocket|socket|\bws\b|\blive\b)\S{0,300}/i,
        said: { means: 'no-route', status: 404 },
        example: '** (Phoenix.Router.NoRouteError) no route found for GET /socket/websocket (AppWeb.Router)',
        explains:
          'The endpoint has no socket at this path. phoenix.js adds /websocket to the path it is given.',
      },
      {
        id: 'draining',
        needle: 'Shutting down ',
        pattern: /\bShutting down \d{1,9} sockets in \d{1,9} rounds\b/,
        said: { means: 'shutting-down' },
        example: '[info] Shutting down 120 sockets in 3 rounds of 2000ms',
        explains: 'The endpoint stops and closes its sockets round by round.',
      },
      {
        id: 'draining-round',
        needle: 'total connection(s) for socket',
        pattern: /\bDRAINING \d{1,9} of \d{1,9} total connection\(s\) for socket\b/,
        said: { means: 'shutting-down' },
        example:
          '[info] DRAINING 12 of 120 total connection(s) for socket AppWeb.UserSocket every 2000ms - round 1 of 10',
        explains: 'The endpoint stops and closes its sockets round by round.',
      },
    ]),
    ...phrasesOf(adapter, [
      {
        id: 'upgrade-missing',
        needle: "' header ",
        pattern: /'(?:connection|upgrade|host)' header (?:must contain '(?:upgrade|websocket)'|is absent\b)/,
        said: { means: 'upgrade-missing', status: 400 },
        example:
          "** (WebSockAdapter.UpgradeError) 'connection' header must contain 'upgrade', got [\"close\"]",
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'handshake-header',
        needle: "'sec-websocket-",
        pattern: /'sec-websocket-(?:key|version)' header (?:is absent|must equal)/,
        said: { means: 'handshake-header', status: 400 },
        example: "** (WebSockAdapter.UpgradeError) 'sec-websocket-key' header is absent",
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'http-version',
        needle: 'UpgradeError) HTTP version ',
        pattern: /\bUpgradeError\) HTTP version \S{1,20} unsupported/,
        said: { means: 'http-version', status: 400 },
        example: '** (WebSockAdapter.UpgradeError) HTTP version HTTP/1.0 unsupported',
        explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
      },
    ]),
    ...phrasesOf(`${bandit}/initial_handler.ex`, [
      {
        id: 'tls-to-plain',
        needle: 'looks like TLS received on a clear channel',
        pattern: /\bConnection that looks like TLS received on a clear channel\b/,
        said: { means: 'tls-garbled' },
        example: '[warning] Connection that looks like TLS received on a clear channel',
        explains: 'A client spoke TLS to this port, which speaks plain HTTP.',
      },
    ]),
    ...phrasesOf(`${bandit}/websocket/connection.ex`, [
      {
        id: 'bandit-frame',
        needle: 'Received un',
        pattern:
          /\bReceived (?:unexpected (?:continuation|text|binary) frame \(RFC6455|unsupported RSV flags)/,
        said: { means: 'frame' },
        example: 'Received unexpected continuation frame (RFC6455§5.4)',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'bandit-compressed',
        needle: 'compressed frame (RFC6455',
        pattern: /\bReceived unexpected compressed frame \(RFC6455/,
        said: { means: 'compression' },
        example: 'Received unexpected compressed frame (RFC6455§5.2)',
        explains:
          'A frame is compressed although that was not agreed. A proxy that drops Sec-WebSocket-Extensions from the answer does this.',
      },
      {
        id: 'bandit-inflation',
        needle: 'flation error',
        pattern: /\b(?:Inflation error\b(?!:)|Deflation error: :?\w)/,
        said: { means: 'compression' },
        example: 'Inflation error',
        explains: 'A compressed message does not inflate: both ends disagree on permessage-deflate.',
      },
      {
        id: 'bandit-control',
        needle: ' (RFC',
        pattern:
          /\b(?:Cannot have a (?:fragmented|compressed) (?:connection close|continuation|ping|pong) frame|Invalid (?:ping|pong|connection close) payload) \(RFC/,
        said: { means: 'frame' },
        example: 'Cannot have a fragmented ping frame (RFC6455§5.5.2)',
        explains: 'A control frame breaks the protocol.',
      },
      {
        id: 'bandit-too-big',
        needle: 'Received ',
        pattern: /\bReceived (?:oversize fragmented message|compressed frame inflating too much)/,
        said: { means: 'too-big' },
        example: 'Received oversize fragmented message',
        explains: 'A message is larger than this end’s own max_frame_size. It closes with 1009.',
      },
      {
        id: 'bandit-utf8',
        needle: 'Received non UTF-8 text frame',
        pattern: /\bReceived non UTF-8 text frame\b/,
        said: { means: 'invalid-utf8' },
        example: 'Received non UTF-8 text frame (RFC6455§8.1)',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'bandit-transport',
        needle: 'Bandit.TransportError',
        pattern: /\bBandit\.TransportError\b/,
        said: { means: 'lost' },
        example: '** (Bandit.TransportError) Unrecoverable error: closed',
        explains: 'The server wrote to a connection that had already ended.',
      },
    ]),
    ...phrasesOf(ranch, [
      {
        id: 'ranch-ended',
        needle: 'had connection process started with',
        // A crash has its stack in a list.
        pattern:
          /\bRanch listener \S{1,120} had connection process started with \S{1,80} at \S{1,40} exit with reason: (?:\{:?(?:error|remote|tcp_error|ssl_error), ?:?\w{1,40}(?:, ?:?\w{1,40})?\}|:?(?:closed|timeout|remote|econnreset|etimedout))(?![\w,])/,
        said: { means: 'lost' },
        example:
          'Ranch listener http had connection process started with cowboy_clear:start_link/4 at <0.1717.0> exit with reason: {error,closed}',
        explains: 'The process of this connection ended with it: the other end went away.',
      },
      {
        id: 'ranch-crash',
        needle: 'Ranch ',
        pattern:
          /\bRanch (?:listener \S{1,120}(?:, connection process [^\n]{1,120}| had connection process started with \S{1,80} at \S{1,40}) exit with reason|protocol #PID<[\d.]{1,20}> \([^\n]{1,120}\) terminated)/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example:
          '[error] Ranch listener AppWeb.Endpoint.HTTP, connection process #PID<0.600.0>, stream 1 had its request process #PID<0.601.0> exit with reason :badarg',
        explains: 'The process of this connection crashed, and the connection ended with 1011.',
      },
    ]),
    ...phrasesOf(websockex, [
      {
        id: 'websockex-status',
        needle: 'WebSockex.RequestError',
        pattern: /%WebSockex\.RequestError\{code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: '{:error, %WebSockex.RequestError{code: 403, message: "Forbidden"}}',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'websockex-remote',
        needle: '{:remote, ',
        pattern: /\{:remote, (\d{4}), "([^"\n]{0,123})"\}/,
        said: ([, code, reason = '']) => ({
          means: 'close',
          close: { code: Number(code), reason, way: 'received' },
        }),
        side: 'client',
        example: '%{reason: {:remote, 1001, ""}}',
        explains: 'The other end closed the connection with this code and reason.',
      },
      {
        id: 'websockex-dropped',
        needle: '{:remote, :closed}',
        pattern: /\{:remote, :closed\}/,
        said: { means: 'dropped' },
        side: 'client',
        example: '%{reason: {:remote, :closed}}',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'websockex-local',
        needle: '{:local, ',
        pattern: /\{:local, (?::normal|(\d{4}), "([^"\n]{0,123})")\}/,
        said: ([, code = '1000', reason = '']) => ({
          means: 'close',
          close: { code: Number(code), reason, way: 'sent' },
        }),
        side: 'client',
        example: '%{reason: {:local, :normal}}',
        explains: 'This end closed the connection.',
      },
    ]),
    ...phrasesOf(inet, [
      {
        id: 'posix-refused',
        needle: ':econnrefused',
        pattern: /:econnrefused\b/,
        said: { means: 'refused' },
        side: 'client',
        example: '{:error, %WebSockex.ConnError{original: :econnrefused}}',
        explains: 'No program accepts connections at this address and port.',
      },
      {
        id: 'posix-name',
        needle: ':nxdomain',
        pattern: /:nxdomain\b/,
        said: { means: 'dns-failure' },
        side: 'client',
        example: '{:error, %WebSockex.ConnError{original: :nxdomain}}',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'posix-unreachable',
        needle: 'unreach',
        pattern: /:e(?:host|net)unreach\b/,
        said: { means: 'unreachable' },
        side: 'client',
        example: '{:error, %WebSockex.ConnError{original: :ehostunreach}}',
        explains: 'There is no way to this address, or a firewall refuses it.',
      },
      {
        id: 'tls-alert-untrusted',
        needle: ':tls_alert',
        pattern: /\{:tls_alert, \{:(?:unknown_ca|bad_certificate|certificate_unknown)\b/,
        said: { means: 'cert-untrusted' },
        example: '{:error, {:tls_alert, {:unknown_ca, ~c"TLS client: In state certify"}}}',
        explains:
          'The certificate was refused: its issuer is unknown, or an intermediate certificate was not sent.',
      },
      {
        id: 'tls-alert-expired',
        needle: ':tls_alert',
        pattern: /\{:tls_alert, \{:certificate_expired\b/,
        said: { means: 'cert-expired' },
        example: '{:error, {:tls_alert, {:certificate_expired, ~c"TLS client: In state certify"}}}',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'tls-alert-name',
        needle: 'hostname_check_failed',
        pattern: /\bhostname_check_failed\b/,
        said: { means: 'cert-name' },
        side: 'client',
        example: '{:bad_cert, :hostname_check_failed}',
        explains: 'The certificate is for other names than the host of this URL.',
      },
    ]),
  ],
})
