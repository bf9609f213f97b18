import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const netty =
  'https://github.com/netty/netty/tree/4.2/codec-http/src/main/java/io/netty/handler/codec/http/websocketx'
const timeouts = 'https://netty.io/4.2/api/io/netty/handler/timeout/package-summary.html'
const ssl = 'https://netty.io/4.2/api/io/netty/handler/ssl/SslHandshakeTimeoutException.html'
const reactor =
  'https://github.com/reactor/reactor-netty/blob/main/reactor-netty-http/src/main/java/reactor/netty/http/client'
const vertx = 'https://vertx.io/docs/apidocs/io/vertx/core/http/UpgradeRejectedException.html'
const proxy =
  'https://github.com/netty/netty/blob/4.2/handler-proxy/src/main/java/io/netty/handler/proxy/ProxyHandler.java'

export default defineProgram({
  id: 'netty',
  name: 'Netty, Reactor Netty and Vert.x',
  mark: /\bio\.netty\b|\breactor\.netty\b|\bio\.vertx\b|\bWebSocketClientHandshakeException\b/,
  phrases: [
    ...phrasesOf(`${netty}/WebSocketClientHandshaker13.java`, [
      {
        id: 'status',
        needle: 'Invalid handshake response ',
        pattern: /\bInvalid handshake response (?:getStatus|status)?: ?(\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: Invalid handshake response getStatus: 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'bad-101',
        needle: 'Invalid ',
        pattern:
          /\b(?:Invalid handshake response (?:upgrade|connection): |WebSocketClientHandshakeException: Invalid challenge)/,
        said: { means: 'bad-101' },
        side: 'client',
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: Invalid handshake response upgrade: null',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'Invalid subprotocol. Actual',
        pattern: /\bInvalid subprotocol\. Actual/,
        said: { means: 'subprotocol' },
        side: 'client',
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: Invalid subprotocol. Actual: null. Expected one of: graphql-ws',
        explains: 'The 101 names no subprotocol, or one that was not asked for.',
      },
      {
        id: 'handshake-timeout',
        needle: 'HandshakeException: handshake timed out',
        pattern: /\bWebSocket(?:Client|Server)?HandshakeException: handshake timed out/,
        said: { means: 'handshake-timeout' },
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: handshake timed out',
        explains: 'No answer to the handshake came within handshakeTimeoutMillis (10 s).',
      },
      {
        id: 'closed-in-handshake',
        needle: 'channel closed with handshake in progress',
        pattern: /\bchannel closed with handshake in progress\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: channel closed with handshake in progress',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'close-unanswered',
        needle: 'send close frame timed out',
        pattern: /\bsend close frame timed out\b/,
        said: { means: 'close-unanswered' },
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketHandshakeException: send close frame timed out',
        explains: 'This end’s Close frame could not be sent within sendCloseFrame’s time.',
      },
      {
        id: 'closed-during-handshake',
        needle: 'handshake',
        pattern: /\bConnection prematurely closed BEFORE opening handshake is complete\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example:
          'WebSocketClientHandshakeException: Connection prematurely closed BEFORE opening handshake is complete.',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'invalid-deflate',
        needle: 'invalid WebSocket Extension handshake',
        pattern: /\binvalid WebSocket Extension handshake for\b/i,
        said: { means: 'extension' },
        side: 'client',
        example:
          'io.netty.handler.codec.CodecException: invalid WebSocket Extension handshake for "permessage-deflate"',
        explains: 'The 101 agrees to an extension that was not offered, or with parameters that do not fit.',
      },
    ]),
    ...phrasesOf(`${netty}/WebSocketServerHandshaker13.java`, [
      {
        id: 'upgrade-missing',
        needle: 'not a WebSocket ',
        pattern: /\bnot a WebSocket (?:handshake )?request: missing (?:upgrade|key)\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example:
          'io.netty.handler.codec.http.websocketx.WebSocketServerHandshakeException: not a WebSocket handshake request: missing upgrade',
        explains:
          'The request has no Upgrade: websocket, or no key. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'method',
        needle: 'Invalid WebSocket handshake method',
        pattern: /\bInvalid WebSocket handshake method: /,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'WebSocketServerHandshakeException: Invalid WebSocket handshake method: POST',
        explains: 'The request is not a handshake: it does not use GET.',
      },
      {
        id: 'no-upgrade-token',
        needle: 'not a WebSocket request',
        pattern: /\bnot a WebSocket request: a \|(?:Connection|Upgrade)\| header must/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example:
          "WebSocketServerHandshakeException: not a WebSocket request: a |Upgrade| header must containing the value 'websocket'",
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
    ]),
    ...phrasesOf(`${netty}/WebSocket08FrameDecoder.java`, [
      {
        id: 'too-big',
        needle: 'Max frame length of ',
        pattern: /\bMax frame length of (\d{1,12}) has been exceeded/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example:
          'io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException: Max frame length of 65536 has been exceeded.',
        explains:
          'A frame is larger than this end’s own maxFramePayloadLength (64 KiB). It closes with 1009.',
      },
      {
        id: 'frame',
        needle: 'CorruptedWebSocketFrameException',
        pattern: /\bCorruptedWebSocketFrameException: (?!Max frame length|bytes are not UTF-8)[^\n]{1,120}/,
        said: { means: 'frame' },
        example:
          'io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException: RSV != 0 and no extension negotiated, RSV:4',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'invalid-utf8',
        needle: 'bytes are not UTF-8',
        pattern: /\bbytes are not UTF-8\b/,
        said: { means: 'invalid-utf8' },
        example:
          'io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException: bytes are not UTF-8',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'undecodable',
        needle: 'Cannot decode web socket frame with opcode',
        pattern: /\bCannot decode web socket frame with opcode: \d/,
        said: { means: 'frame' },
        example: 'java.lang.UnsupportedOperationException: Cannot decode web socket frame with opcode: 3',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'frame-length',
        needle: 'frame length exceeds',
        pattern: /\bTooLongFrameException: frame length exceeds (\d{1,12}): \d/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'io.netty.handler.codec.TooLongFrameException: frame length exceeds 65536: 70000',
        explains: 'A frame is larger than this end’s own maxFramePayloadLength.',
      },
      {
        id: 'close-status',
        needle: 'does NOT comply with RFC-6455',
        pattern: /\bWebSocket close status code does NOT comply with RFC-6455: \d{1,6}/,
        said: { means: 'nothing-said' },
        example:
          'java.lang.IllegalArgumentException: WebSocket close status code does NOT comply with RFC-6455: 1006',
        explains: 'The program closes with a code that may not be sent. The connection did not fail.',
      },
    ]),
    ...phrasesOf(timeouts, [
      {
        id: 'read-timeout',
        needle: 'io.netty.handler.timeout.',
        pattern: /\bio\.netty\.handler\.timeout\.ReadTimeoutException\b/,
        said: { means: 'ping-timeout' },
        example: 'io.netty.handler.timeout.ReadTimeoutException',
        explains: 'Nothing arrived within this end’s own read timeout, and it closed.',
      },
      {
        id: 'write-timeout',
        needle: 'io.netty.handler.timeout.',
        pattern: /\bio\.netty\.handler\.timeout\.WriteTimeoutException\b/,
        said: { means: 'not-reading' },
        example: 'io.netty.handler.timeout.WriteTimeoutException',
        explains: 'The other end did not take what was sent within this end’s own write timeout.',
      },
    ]),
    ...phrasesOf(ssl, [
      {
        id: 'tls-timeout',
        needle: 'SslHandshakeTimeoutException',
        pattern: /\bSslHandshakeTimeoutException: handshake timed out after (\d{1,9})ms/,
        said: ([, limit]) => ({ means: 'connect-timeout', limitMs: Number(limit) }),
        example: 'io.netty.handler.ssl.SslHandshakeTimeoutException: handshake timed out after 10000ms',
        explains: 'TCP connected, and the TLS handshake was not finished in time.',
      },
    ]),
    ...phrasesOf(`${reactor}/HttpClientOperations.java`, [
      {
        id: 'reactor-closed-before-response',
        needle: 'BEFORE response',
        pattern: /\bConnection (?:prematurely closed|has been closed) BEFORE response\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example:
          'reactor.netty.http.client.PrematureCloseException: Connection prematurely closed BEFORE response',
        explains: 'Reactor Netty: the server closed TCP without an answer.',
      },
      {
        id: 'reactor-closed-during-response',
        needle: 'Connection prematurely closed DURING response',
        pattern: /\bConnection prematurely closed DURING response\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example:
          'reactor.netty.http.client.PrematureCloseException: Connection prematurely closed DURING response',
        explains: 'Reactor Netty: the server closed TCP in the middle of its answer.',
      },
      {
        id: 'reactor-closed-before-send',
        needle: 'BEFORE send operation',
        pattern: /\bConnection has been closed BEFORE send operation\b/,
        said: { means: 'lost' },
        example: 'reactor.netty.channel.AbortedException: Connection has been closed BEFORE send operation',
        explains: 'Reactor Netty: the program sent on a connection that had already ended.',
      },
    ]),
    ...phrasesOf(`${reactor}/Http2WebsocketClientOperations.java`, [
      {
        id: 'reactor-status',
        needle: 'Invalid websocket handshake response status',
        pattern: /\bInvalid websocket handshake response status \[(\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'WebSocketClientHandshakeException: Invalid websocket handshake response status [403 Forbidden].',
        explains: 'Reactor Netty: the server answered the handshake over HTTP/2 with this status.',
      },
      {
        id: 'reactor-end-of-stream',
        needle: 'Failed to upgrade to websocket. End of stream',
        pattern: /\bFailed to upgrade to websocket\. End of stream is received\b/,
        said: { means: 'http2' },
        side: 'client',
        example: 'Failed to upgrade to websocket. End of stream is received.',
        explains: 'Reactor Netty: the server ended the HTTP/2 stream of the handshake.',
      },
    ]),
    ...phrasesOf(vertx, [
      {
        id: 'vertx-rejected',
        needle: 'WebSocket upgrade failure',
        pattern: /\bWebSocket upgrade failure: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'io.vertx.core.http.UpgradeRejectedException: WebSocket upgrade failure: 403',
        explains: 'Vert.x: the server answered the handshake with this HTTP status in place of 101.',
      },
      {
        id: 'vertx-closed',
        needle: 'HttpClosedException',
        pattern: /\bio\.vertx\.core\.http\.HttpClosedException: (?:Connection was closed|Stream was closed)/,
        said: { means: 'lost' },
        example: 'io.vertx.core.http.HttpClosedException: Connection was closed',
        explains: 'Vert.x: the connection ended before or after it was open.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'proxy-status',
        needle: 'ProxyConnectException',
        pattern: /ProxyConnectException: \w{1,12}, \w{1,12}, \S{1,270} => \S{1,270}, status: (\d{3})/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        side: 'client',
        example:
          'io.netty.handler.proxy.HttpProxyHandler$HttpProxyConnectException: http, none, /10.0.0.1:3128 => app.example:443, status: 407 Proxy Authentication Required',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'proxy-failed',
        needle: 'ProxyConnectException',
        pattern:
          /ProxyConnectException: \w{1,12}, \w{1,12}, \S{1,270} => \S{1,270}, (?!status: \d)[^\n]{1,100}/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example:
          'io.netty.handler.proxy.ProxyConnectException: socks5, password, /10.0.0.1:1080 => app.example:443, timeout',
        explains: 'The forward proxy could not make the tunnel, for the reason it names.',
      },
    ]),
  ],
})
