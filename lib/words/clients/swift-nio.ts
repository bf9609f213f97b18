import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const kit = 'https://github.com/vapor/websocket-kit/blob/main/Sources/WebSocketKit/WebSocketClient.swift'
const nio = 'https://github.com/apple/swift-nio/blob/main/Sources/NIOCore/Channel.swift'
const frames = 'https://github.com/apple/swift-nio/blob/main/Sources/NIOWebSocket/NIOWebSocketError.swift'

export default defineProgram({
  id: 'swift-nio',
  name: 'SwiftNIO, WebSocketKit and Vapor',
  mark: /\bNIO\w{0,30}\b|\bWebSocketKit\b|\bWebSocketClient\.Error\b/,
  phrases: [
    ...phrasesOf(kit, [
      {
        id: 'status',
        needle: 'invalidResponseStatus',
        pattern:
          /\binvalidResponseStatus\([^\n]{0,120}?status: (?:HTTPResponseStatus\.)?(?:(\d{3})|(badRequest|unauthorized|forbidden|notFound|upgradeRequired|badGateway|serviceUnavailable|gatewayTimeout|internalServerError|ok))\b/,
        said: ([, code, name = '']) => {
          const status = code === undefined ? STATUSES[name] : Number(code)
          return status === undefined ? { means: 'bad-answer' } : { means: 'status', status }
        },
        side: 'client',
        example:
          'WebSocketClient.Error.invalidResponseStatus(HTTPResponseHead { version: HTTP/1.1, status: 403 Forbidden, headers: [] })',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'invalid-url',
        needle: 'WebSocketClient.Error.invalidURL',
        pattern: /\bWebSocketClient\.Error\.invalidURL\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'WebSocketClient.Error.invalidURL',
        explains: 'The address is not a WebSocket URL.',
      },
    ]),
    ...phrasesOf(nio, [
      {
        id: 'connect-timeout',
        needle: 'connectTimeout(',
        pattern: /\bconnectTimeout\((?:NIOCore\.)?TimeAmount\(/,
        said: { means: 'connect-timeout' },
        side: 'client',
        example: 'NIOCore.ChannelError.connectTimeout(NIOCore.TimeAmount(nanoseconds: 10000000000))',
        explains: 'TCP got no answer in time. A firewall drops the packets, or the host is down.',
      },
      {
        id: 'connection-error',
        needle: 'NIOConnectionError',
        pattern: /\bNIOConnectionError\b/,
        said: { means: 'no-connection' },
        side: 'client',
        example:
          'NIOPosix.NIOConnectionError(host: "app.example", port: 443, dnsAError: nil, dnsAAAAError: nil, connectionErrors: [])',
        explains: 'TCP did not connect. The lists inside it say why.',
      },
      {
        id: 'closed-channel',
        needle: 'ioOnClosedChannel',
        pattern: /\bioOnClosedChannel\b/,
        said: { means: 'lost' },
        example: 'NIOCore.ChannelError.ioOnClosedChannel',
        explains: 'The program sent on a connection that had already ended.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'too-big',
        needle: 'NIOWebSocketError.invalidFrameLength',
        pattern: /\bNIOWebSocketError\.invalidFrameLength\b/,
        said: { means: 'too-big' },
        example: 'NIOWebSocket.NIOWebSocketError.invalidFrameLength',
        explains: 'A frame is larger than this end’s own maxFrameSize (16 KiB). It closes with 1009.',
      },
      {
        id: 'frame',
        needle: 'NIOWebSocketError.',
        pattern: /\bNIOWebSocketError\.(?:fragmentedControlFrame|multiByteControlFrameLength)\b/,
        said: { means: 'frame' },
        example: 'NIOWebSocket.NIOWebSocketError.fragmentedControlFrame',
        explains: 'A frame breaks the protocol.',
      },
    ]),
  ],
})

const STATUSES: Readonly<Record<string, number>> = {
  ok: 200,
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  upgradeRequired: 426,
  internalServerError: 500,
  badGateway: 502,
  serviceUnavailable: 503,
  gatewayTimeout: 504,
}
