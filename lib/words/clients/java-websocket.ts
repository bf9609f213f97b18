import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository =
  'https://github.com/TooTallNate/Java-WebSocket/blob/master/src/main/java/org/java_websocket'
const draft = `${repository}/drafts/Draft.java`
const draft6455 = `${repository}/drafts/Draft_6455.java`
const socket = `${repository}/WebSocketImpl.java`
const lost = `${repository}/AbstractWebSocket.java`
const codes = `${repository}/framing/CloseFrame.java`
const wiki = 'https://github.com/TooTallNate/Java-WebSocket/wiki/Lost-connection-detection'

export default defineProgram({
  id: 'java-websocket',
  name: 'Java-WebSocket (TooTallNate)',
  mark: /\borg\.java_websocket\b|\bDraft_6455\b/,
  phrases: [
    ...phrasesOf(draft, [
      {
        id: 'invalid-status-code',
        needle: 'Invalid status code received: ',
        pattern: /\bInvalid status code received: (\d{3}) Status line: [^\n]{0,60}/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'onClose code=1002 reason=Invalid status code received: 404 Status line: HTTP/1.1 404 Not Found remote=false',
        explains:
          'The server answered the handshake with this HTTP status. 1002 is this client’s own word for it, and no Close frame was sent.',
      },
      {
        id: 'invalid-status-line',
        needle: 'Invalid status line received: ',
        pattern: /\bInvalid status line received: [^\n]{0,80}/,
        said: { means: 'not-http' },
        side: 'client',
        example:
          'onClose code=1002 reason=Invalid status line received: SSH-2.0-OpenSSH_9.6 Status line: SSH-2.0-OpenSSH_9.6',
        explains: 'What came back is not HTTP/1.1.',
      },
      {
        id: 'invalid-request-method',
        needle: 'Invalid request method received: ',
        pattern: /\bInvalid request method received: [^\n]{0,80}/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Invalid request method received: POST Status line: POST / HTTP/1.1',
        explains: 'The request is not a handshake: it does not use GET.',
      },
      {
        id: 'not-a-header',
        needle: 'not an http header',
        pattern: /\bInvalidHandshakeException: not an http header\b/,
        said: { means: 'not-http' },
        example: 'org.java_websocket.exceptions.InvalidHandshakeException: not an http header',
        explains: 'What arrived is not HTTP. TLS to a plain port looks so on a server.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'refuses-handshake',
        needle: 'refuses handshake',
        pattern: /\bdraft [^\n]{1,200} refuses handshake\b/,
        said: { means: 'bad-101', unsure: true },
        side: 'client',
        example:
          'onClose code=1002 reason=draft Draft_6455 extension: DefaultExtension max frame size: 2147483647 refuses handshake remote=false',
        explains:
          'The 101 lacks a header, has a wrong Sec-WebSocket-Accept, or agrees to a subprotocol or extension that was not offered.',
      },
      {
        id: 'no-draft',
        needle: 'no draft matches',
        pattern: /\bno draft matches\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Closing due to protocol error: no draft matches',
        explains:
          'The request is not a handshake that this server speaks: Upgrade, Connection or the version is missing.',
      },
      {
        id: 'not-connected',
        needle: 'WebsocketNotConnectedException',
        pattern: /\bWebsocketNotConnectedException\b/,
        said: { means: 'lost' },
        example: 'org.java_websocket.exceptions.WebsocketNotConnectedException',
        explains: 'The program sent on a connection that is not open: not yet, or not any more.',
      },
      {
        id: 'wrong-handshake',
        needle: 'Closing due to ',
        pattern:
          /\bClosing due to (?:wrong handshake|protocol error: (?:wrong http function|the handshake did finally not match)|invalid handshake)/,
        said: { means: 'bad-answer', unsure: true },
        example: 'Closing due to protocol error: wrong http function',
        explains: 'The handshake is not one that this library takes: on a client, the answer was no 101.',
      },
      {
        id: 'frame-processing',
        needle: 'frame',
        pattern:
          /\bClosing due to invalid (?:data in|size of) frame\b|\bClosing web socket due to an error during frame processing\b/,
        said: { means: 'frame' },
        example: 'Closing due to invalid data in frame',
        explains: 'A frame breaks the protocol or a limit. The exception after it says which.',
      },
      {
        id: 'misuse',
        needle: 'WebSocketClient objects are not reuseable',
        pattern: /\bWebSocketClient objects are not reuseable\b/,
        said: { means: 'nothing-said' },
        side: 'client',
        example: 'java.lang.IllegalStateException: WebSocketClient objects are not reuseable',
        explains:
          'The program calls connect() twice on one object: reconnect(), or a new object, opens another connection.',
      },
    ]),
    ...phrasesOf(codes, [
      {
        id: 'never-connected',
        needle: 'code',
        pattern: /\bcode["']?\s{0,2}[:=]?\s{0,2}-1\b(?=[^\n]{0,300}\bremote\b|[^\n]{0,12}\breason\b)/i,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'onClose code=-1 reason=null remote=false',
        explains:
          'This client’s own code −1: the connection never opened. The reason beside it, or onError, says why.',
      },
      {
        id: 'abnormal-local',
        needle: '1006',
        pattern: /\bcode\s{0,2}[:=]\s{0,2}1006\b[^\n]{0,200}\bremote\s{0,2}[:=]\s{0,2}(?:true|false)\b/i,
        said: { means: 'dropped', close: { code: 1006, reason: '' } },
        example: 'onClose code=1006 reason= remote=true',
        explains: 'TCP ended without a Close frame. “remote” says which end ended it first.',
      },
    ]),
    ...phrasesOf(lost, [
      {
        id: 'no-pong',
        needle: 'did not respond with a pong in time',
        pattern:
          /\bThe connection was closed because the other endpoint did not respond with a pong in time\b/,
        said: { means: 'ping-timeout' },
        example:
          'onClose code=1006 reason=The connection was closed because the other endpoint did not respond with a pong in time. For more information check: https://github.com/TooTallNate/Java-WebSocket/wiki/Lost-connection-detection remote=false',
        explains:
          'This end’s own ping went unanswered for connectionLostTimeout (60 s), and it ended the connection.',
      },
    ]),
    ...phrasesOf(wiki, [
      {
        id: 'no-pong-log',
        needle: 'Closing connection due to no pong received',
        pattern: /\bClosing connection due to no pong received\b/,
        said: { means: 'ping-timeout' },
        example: 'Closing connection due to no pong received: org.java_websocket.WebSocketImpl@1b2c3d',
        explains:
          'This end’s own ping went unanswered for connectionLostTimeout (60 s), and it ended the connection.',
      },
    ]),
    ...phrasesOf(draft6455, [
      {
        id: 'payload-limit',
        needle: 'Payload limit reached',
        pattern: /\bPayload limit reached\b/,
        said: { means: 'too-big' },
        example: 'org.java_websocket.exceptions.LimitExceededException: Payload limit reached.',
        explains: 'A message is larger than this end’s own maxFrameSize. It closes with 1009.',
      },
      {
        id: 'frame',
        needle: 'frame',
        pattern:
          /\b(?:Continuous frame sequence (?:not completed|was not started)|Previous continuous frame sequence not completed|InvalidFrameException: (?:more than 125 octets|Unknown opcode|bad rsv|Control frame))/,
        said: { means: 'frame' },
        example: 'Protocol error: Continuous frame sequence was not started.',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'bad-rsv',
        needle: 'bad rsv',
        pattern: /\bbad rsv RSV1: (?:true|false)/,
        said: { means: 'frame' },
        example: 'onClose code=1002 reason=bad rsv RSV1: true RSV2: false RSV3: false remote=false',
        explains: 'A frame is compressed although compression was not agreed, or it breaks the protocol.',
      },
      {
        id: 'not-utf8',
        needle: 'Payload is not UTF8',
        pattern: /\bPayload is not UTF8\b/,
        said: { means: 'invalid-utf8' },
        example: 'Protocol error: Payload is not UTF8',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'size',
        needle: 'Payloadsize is to ',
        pattern: /\bPayloadsize is to (?:big|little)\.\.\./,
        said: { means: 'too-big' },
        example: 'org.java_websocket.exceptions.LimitExceededException: Payloadsize is to big...',
        explains: 'A frame is larger than this library can hold.',
      },
      {
        id: 'frame-order',
        needle: 'control or continious frame expected',
        pattern: /\bnon control or continious frame expected\b/,
        said: { means: 'frame' },
        example:
          'org.java_websocket.exceptions.InvalidDataException: non control or continious frame expected',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'client-handshake',
        needle: 'acceptHandshakeAsClient - ',
        pattern: /\bacceptHandshakeAsClient - (?:Missing|Wrong|No matching)/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'acceptHandshakeAsClient - Wrong key for Sec-WebSocket-Key.',
        explains: 'The 101 lacks a header, has a wrong value, or agrees to nothing that was offered.',
      },
      {
        id: 'server-handshake',
        needle: 'acceptHandshakeAsServer - ',
        pattern: /\bacceptHandshakeAsServer - (?:Wrong|No matching)/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'acceptHandshakeAsServer - Wrong websocket version.',
        explains:
          'The request’s Sec-WebSocket-Version is not 13, or it asks for subprotocols that this server does not speak.',
      },
    ]),
  ],
})
