import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const cable = 'https://github.com/rails/rails/blob/main/actioncable/lib/action_cable/connection/base.rb'
const authorization =
  'https://github.com/rails/rails/blob/main/actioncable/lib/action_cable/connection/authorization.rb'
const mounting = 'https://guides.rubyonrails.org/action_cable_overview.html#running-standalone-cable-servers'
const driver = 'https://github.com/faye/websocket-driver-ruby/blob/main/lib/websocket/driver.rb'
const hybi = 'https://github.com/faye/websocket-driver-ruby/blob/main/lib/websocket/driver/hybi.rb'
const client = 'https://github.com/faye/websocket-driver-ruby/blob/main/lib/websocket/driver/client.rb'
const puma = 'https://github.com/puma/puma/blob/main/lib/puma'

export default defineProgram({
  id: 'rails',
  name: 'Action Cable (Rails), Puma and websocket-driver',
  side: 'server',
  mark: /\bAction ?Cable\b|\bPuma\b|\[WebSocket\]|\bWebSocket::\w{1,20}/,
  phrases: [
    ...phrasesOf('https://github.com/rails/rails/blob/main/actioncable/lib/action_cable/server/worker.rb', [
      {
        id: 'worker-unauthorized',
        needle: 'There was an exception - ',
        pattern: /\bThere was an exception - ActionCable::Connection::Authorization::UnauthorizedError\b/,
        said: { means: 'unauthorized', application: 'actioncable' },
        example:
          'There was an exception - ActionCable::Connection::Authorization::UnauthorizedError(ActionCable::Connection::Authorization::UnauthorizedError)',
        explains: 'The connection called reject_unauthorized_connection: it found no user for this client.',
      },
      {
        id: 'worker-failed',
        needle: 'There was an exception - ',
        pattern: /\bThere was an exception - (?!ActionCable::Connection::Authorization::)[A-Z][\w:]{1,120}\(/,
        said: { means: 'handler-failed', application: 'actioncable' },
        example: "There was an exception - NoMethodError(undefined method 'id' for nil)",
        explains: 'The connection or a channel raised an exception. The lines below are its trace.',
      },
    ]),
    ...phrasesOf(cable, [
      {
        id: 'started',
        needle: '[WebSocket] for ',
        pattern: /\bStarted GET "[^"\n]{1,1000}" \[WebSocket\] for \S{1,60}/,
        said: { means: 'connecting' },
        example: 'Started GET "/cable" [WebSocket] for 127.0.0.1 at 2026-05-01 10:00:00 +0000',
        explains: 'A handshake arrived. What became of it is in the next lines.',
      },
      {
        id: 'upgraded',
        needle: 'Successfully upgraded to WebSocket',
        pattern: /\bSuccessfully upgraded to WebSocket\b/,
        said: { means: 'opened', application: 'actioncable' },
        example:
          'Successfully upgraded to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: Upgrade, HTTP_UPGRADE: websocket)',
        explains: 'The handshake was accepted.',
      },
      {
        id: 'upgrade-missing',
        needle: 'Failed to upgrade to WebSocket',
        pattern:
          /\bFailed to upgrade to WebSocket \(REQUEST_METHOD: \w{0,10}, HTTP_CONNECTION: (?![^,\n]{0,40}upgrade)[^,\n]{0,40},? HTTP_UPGRADE: [^)\n]{0,40}\)/i,
        said: { means: 'upgrade-missing', status: 404, application: 'actioncable' },
        example:
          'Failed to upgrade to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: close, HTTP_UPGRADE: )',
        explains:
          'The request came without Connection: Upgrade or Upgrade: websocket. A proxy left them out, or it is plain HTTP. Rails answers 404.',
      },
      {
        id: 'upgrade-failed',
        needle: 'Failed to upgrade to WebSocket',
        pattern: /\bFailed to upgrade to WebSocket\b/,
        said: { means: 'forbidden', status: 404, application: 'actioncable' },
        example:
          'Failed to upgrade to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: upgrade, HTTP_UPGRADE: websocket)',
        explains:
          'Rails answered 404. With both headers there it refused for another reason: the Origin in the line before.',
      },
      {
        id: 'origin',
        needle: 'Request origin not allowed',
        pattern: /\bRequest origin not allowed: ?(\S{0,512})/,
        said: ([, origin = '']) =>
          origin === ''
            ? { means: 'origin-missing', status: 404, application: 'actioncable' }
            : { means: 'origin-refused', status: 404, origin, application: 'actioncable' },
        example: 'Request origin not allowed: http://127.0.0.1:3000',
        explains: 'config.action_cable.allowed_request_origins does not have this Origin. Rails answers 404.',
      },
      {
        id: 'finished',
        needle: 'Finished "',
        pattern: /\bFinished "[^"\n]{1,1000}" ?(?:\[(?:non-)?WebSocket\])? ?for \S{1,60} at /,
        said: { means: 'lost' },
        example: 'Finished "/cable" [WebSocket] for 127.0.0.1 at 2026-05-01 10:01:00 +0000',
        explains: 'The connection, or the attempt, ended. How is not said.',
      },
      {
        id: 'socket-error',
        needle: 'WebSocket error occurred',
        pattern: /\bWebSocket error occurred: [^\n]{1,120}/,
        said: { means: 'lost', application: 'actioncable' },
        example: 'WebSocket error occurred: Broken pipe',
        explains: 'TCP failed under the connection.',
      },
    ]),
    ...phrasesOf(mounting, [
      {
        id: 'no-route',
        needle: 'No route matches [GET]',
        pattern: /\bNo route matches \[GET\] "(?:\/[^"\n]{0,200})?\/(?:cable|websocket|ws|socket)\b/,
        said: { means: 'no-route', status: 404 },
        example: 'ActionController::RoutingError (No route matches [GET] "/cable")',
        explains: 'Action Cable is not mounted at this path.',
      },
    ]),
    ...phrasesOf(authorization, [
      {
        id: 'unauthorized',
        needle: 'An unauthorized connection attempt was rejected',
        pattern: /\bAn unauthorized connection attempt was rejected\b/,
        said: { means: 'unauthorized', application: 'actioncable' },
        example: 'An unauthorized connection attempt was rejected',
        explains:
          'connect of ApplicationCable::Connection rejected: no valid cookie or token. Rails closes after a “disconnect” message.',
      },
    ]),
    ...phrasesOf(driver, [
      {
        id: 'not-a-request',
        needle: 'Not a WebSocket request',
        pattern: /\bNot a WebSocket request\b/,
        said: { means: 'upgrade-missing' },
        example: 'Not a WebSocket request',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
    ]),
    ...phrasesOf(hybi, [
      {
        id: 'handshake-header',
        needle: 'WebSocket',
        pattern:
          /\b(?:Missing handshake request header: Sec-WebSocket-Key|Unsupported WebSocket version: \d{1,3})/,
        said: { means: 'handshake-header' },
        example: 'Missing handshake request header: Sec-WebSocket-Key',
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'too-large',
        needle: 'WebSocket frame length too large',
        pattern: /\bWebSocket frame length too large\b/,
        said: { means: 'too-big' },
        example: 'WebSocket frame length too large',
        explains: 'A message is larger than this end’s own max_length. It closes with 1009.',
      },
      {
        id: 'frame',
        needle: 'eceived ',
        pattern:
          /\bReceived (?:unmasked frame but masking is required|new data frame but previous continuous frame is unfinished)/,
        said: { means: 'frame' },
        example: 'Received unmasked frame but masking is required',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'reserved-bits',
        needle: 'One or more reserved bits are on',
        pattern: /\bOne or more reserved bits are on: reserved1 = [01]/,
        said: { means: 'frame' },
        example: 'One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0',
        explains: 'A frame is compressed although compression was not agreed, or it breaks the protocol.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'client-accept',
        needle: 'Error during WebSocket handshake: ',
        pattern:
          /\bError during WebSocket handshake: (?:Sec-WebSocket-Accept mismatch|'(?:Upgrade|Connection)' header (?:is missing|value is not '))/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Error during WebSocket handshake: Sec-WebSocket-Accept mismatch',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'client-subprotocol',
        needle: 'Sec-WebSocket-Protocol mismatch',
        pattern: /\bError during WebSocket handshake: Sec-WebSocket-Protocol mismatch\b/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'Error during WebSocket handshake: Sec-WebSocket-Protocol mismatch',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'client-not-http',
        needle: 'Error during WebSocket handshake: Invalid HTTP response',
        pattern: /\bError during WebSocket handshake: Invalid HTTP response\b/,
        said: { means: 'not-http' },
        side: 'client',
        example: 'Error during WebSocket handshake: Invalid HTTP response',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'client-url',
        needle: 'is not a valid WebSocket URL',
        pattern: /(?<!\S)\S{1,2048} is not a valid WebSocket URL\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'http://app.example/ws is not a valid WebSocket URL',
        explains: 'The address does not begin with ws:// or wss://.',
      },
    ]),
    ...phrasesOf(`${puma}/events.rb`, [
      {
        id: 'puma-tls-to-plain',
        needle: 'Are you trying to open an SSL connection to a non-SSL Puma',
        pattern: /\bAre you trying to open an SSL connection to a non-SSL Puma\b/,
        said: { means: 'tls-garbled' },
        example:
          'HTTP parse error, malformed request: #<Puma::HttpParserError: Invalid HTTP format, parsing fails. Are you trying to open an SSL connection to a non-SSL Puma?>',
        explains: 'A client spoke TLS to this port, which speaks plain HTTP.',
      },
    ]),
    ...phrasesOf(`${puma}/cluster.rb`, [
      {
        id: 'puma-worker-timeout',
        needle: 'Terminating timed out worker',
        pattern: /\bTerminating timed out worker\b/,
        said: { means: 'stalled' },
        example: '! Terminating timed out worker (Worker 0 failed to check in within 60 seconds): 12',
        explains: 'A worker gave no sign of life, and Puma killed it with its connections.',
      },
      {
        id: 'puma-stopping',
        needle: ['Gracefully s', 'puma shutdown: '],
        pattern:
          /\bGracefully (?:stopping, waiting for requests to finish|shutting down workers)|=== puma shutdown: \d{4}-/,
        said: { means: 'shutting-down' },
        example: '- Gracefully stopping, waiting for requests to finish',
        explains: 'Puma stops, and its connections end.',
      },
    ]),
  ],
})
