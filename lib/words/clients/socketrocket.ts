import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const source = 'https://github.com/facebookincubator/SocketRocket/blob/main/SocketRocket/SRWebSocket.m'
const proxy =
  'https://github.com/facebookincubator/SocketRocket/blob/main/SocketRocket/Internal/Proxy/SRProxyConnect.m'

export default defineProgram({
  id: 'socketrocket',
  name: 'SocketRocket (Objective-C)',
  side: 'client',
  mark: /\bSRWebSocket|\borg\.lolrus\.SocketRocket\b/,
  phrases: [
    ...phrasesOf(source, [
      {
        id: 'bad-response-code',
        needle: 'received bad response code from server',
        pattern: /received bad response code from server:? (\d{3})/i,
        said: ([, status]) => saidOfStatus(status),
        example: 'Error Domain=SRWebSocketErrorDomain Code=2132 "received bad response code from server 403"',
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'timed-out',
        needle: 'Timed out connecting to server',
        pattern: /Timed out connecting to server/i,
        said: { means: 'connect-timeout' },
        example: 'Timed out connecting to server.',
        explains: 'No answer came within the request’s timeout. DNS, TCP and TLS count too.',
      },
      {
        id: 'accept',
        needle: 'Invalid Sec-WebSocket-Accept response',
        pattern: /Invalid Sec-WebSocket-Accept response/i,
        said: { means: 'bad-101' },
        example: 'Error Domain=SRWebSocketErrorDomain Code=2133 "Invalid Sec-WebSocket-Accept response."',
        explains: 'The 101 has a Sec-WebSocket-Accept that does not belong to this handshake.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol that wasn',
        pattern: /Server specified Sec-WebSocket-Protocol that wasn't requested/i,
        said: { means: 'subprotocol' },
        example: "Server specified Sec-WebSocket-Protocol that wasn't requested.",
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'certificate',
        needle: 'Invalid server certificate',
        pattern: /Invalid server certificate\b/i,
        said: { means: 'cert-untrusted', unsure: true },
        example: 'Error Domain=NSURLErrorDomain Code=-1202 "Invalid server certificate."',
        explains: 'The certificate is not trusted, or is not the pinned one.',
      },
      {
        id: 'used-too-early',
        needle: 'until connection is open',
        pattern: /Invalid State: Cannot call `send\w{1,20}:error:` until connection is open/i,
        said: { means: 'used-too-early' },
        example: 'Invalid State: Cannot call `sendString:error:` until connection is open.',
        explains: 'The app sent before the connection was open. The connection itself did not fail.',
      },
    ]),
    ...phrasesOf(source, [
      {
        id: 'stream-ended',
        needle: 'Stream end encountered',
        pattern: /\bStream end encountered\b/,
        said: { means: 'dropped' },
        example: '{"code": 1001, "reason": "Stream end encountered"}',
        explains:
          'TCP ended without a Close frame. SocketRocket, and React Native with it, calls that 1001; no server sent it.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'proxy',
        needle: 'proxy',
        pattern:
          /Received bad response code from proxy server: (\d{3})|\bDescription=Proxy (?:Error|timeout)\b/i,
        said: ([, status]) => (status === '407' ? saidOfStatus(status) : { means: 'forward-proxy' }),
        example: 'Received bad response code from proxy server: 403.',
        explains: 'The forward proxy refused the tunnel to this host and port.',
      },
    ]),
  ],
})
