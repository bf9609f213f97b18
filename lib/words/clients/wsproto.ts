import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handshake = 'https://github.com/python-hyper/wsproto/blob/main/src/wsproto/handshake.py'
const frames = 'https://github.com/python-hyper/wsproto/blob/main/src/wsproto/frame_protocol.py'

export default defineProgram({
  id: 'wsproto',
  name: 'wsproto (Python: httpx-ws, Hypercorn, uvicorn)',
  mark: /\bwsproto\b/,
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'upgrade-missing',
        needle: "Missing header, '",
        pattern: /\bMissing header, '(?:Connection: Upgrade|Upgrade: WebSocket)'/i,
        said: { means: 'upgrade-missing', unsure: true },
        example: "wsproto.utilities.RemoteProtocolError: Missing header, 'Connection: Upgrade'",
        explains:
          'The request lacks what asks for an upgrade: a proxy left it out, or it is plain HTTP. On a client it is the 101 that lacks it.',
      },
      {
        id: 'handshake-header',
        needle: ["Missing header, 'Sec-WebSocket-", "Missing header, 'Host'", 'Request method must be GET'],
        pattern:
          /\bMissing header, '(?:Sec-WebSocket-(?:Version|Key)|Host)'|\bRemoteProtocolError: Request method must be GET\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: "wsproto.utilities.RemoteProtocolError: Missing header, 'Sec-WebSocket-Version'",
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing.',
      },
      {
        id: 'accept',
        needle: 'Bad accept token',
        pattern: /\bBad accept token\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'wsproto.utilities.RemoteProtocolError: Bad accept token',
        explains: 'The 101 does not answer the key of this handshake.',
      },
      {
        id: 'subprotocol',
        needle: 'nrecognized subprotocol',
        pattern: /\bunrecognized subprotocol '?/i,
        said: { means: 'subprotocol' },
        side: 'client',
        example: "wsproto.utilities.RemoteProtocolError: unrecognized subprotocol 'chat'",
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'extension',
        needle: 'nrecognized extension',
        pattern: /\bunrecognized extension '?/i,
        said: { means: 'extension' },
        side: 'client',
        example: "wsproto.utilities.RemoteProtocolError: unrecognized extension 'foo'",
        explains: 'The 101 agrees to an extension that was not offered.',
      },
      {
        id: 'not-http',
        needle: 'Bad HTTP message',
        pattern: /\bRemoteProtocolError: Bad HTTP message\b/,
        said: { means: 'not-http' },
        example: 'wsproto.utilities.RemoteProtocolError: Bad HTTP message',
        explains: 'What arrived is not HTTP.',
      },
      {
        id: 'wrong-state',
        needle: 'cannot be sent',
        pattern: /\bEvent \w{1,40}\([^\n]{0,300}\) cannot be sent (?:in state \S{1,60}|during the handshake)/,
        said: { means: 'used-too-early' },
        example:
          'wsproto.utilities.LocalProtocolError: Event CloseConnection(code=1000, reason=None) cannot be sent in state ConnectionState.CLOSED.',
        explains: 'The program used a connection that had ended, or that was not open yet.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'frames',
        needle: [
          'Reserved bit set unexpectedly',
          'Invalid opcode',
          'CONTINUATION',
          'control frame',
          'masked frame',
          'payload length',
          'CLOSE with',
        ],
        pattern:
          /\b(?:Reserved bit set unexpectedly|Invalid opcode 0x[\da-f]{1,2}|expected CONTINUATION, got |unexpected CONTINUATION|Invalid attempt to fragment control frame|Control frame with payload len > 125|(?:client received unexpected masked|server received unexpected unmasked) frame|8-byte payload length with non-zero MSB|(?:remote )?CLOSE with (?:1 byte payload|invalid code|local-only reason|unknown reserved code))/,
        said: { means: 'frame' },
        example: 'wsproto.frame_protocol.ParseFailed: Reserved bit set unexpectedly',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
    ]),
  ],
})
