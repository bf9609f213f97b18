/** What ws prints of a handshake, as the server that was asked. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const server = 'https://github.com/websockets/ws/blob/master/lib/websocket-server.js'

export const serving: readonly Phrase[] = [
  ...phrasesOf(server, [
    {
      id: 'invalid-upgrade',
      needle: 'Invalid Upgrade header',
      pattern: /(?<!Error: )Invalid Upgrade header/i,
      said: { means: 'upgrade-missing' },
      side: 'server',
      example: 'Invalid Upgrade header',
      explains: 'The server’s answer to a request whose Upgrade header is not “websocket”.',
    },
    {
      id: 'invalid-key',
      needle: 'Missing or invalid',
      pattern: /Missing or invalid Sec-WebSocket-(?:Key|Version) header/i,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'Missing or invalid Sec-WebSocket-Key header',
      explains: 'The request has an Upgrade header, and a proxy removed the other headers of the handshake.',
    },
    {
      id: 'invalid-method',
      needle: 'Invalid HTTP method',
      pattern: /Invalid HTTP method/i,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'Invalid HTTP method',
      explains: 'A WebSocket begins with GET, and this request has another method.',
    },
    {
      id: 'invalid-protocol-header',
      needle: 'Sec-WebSocket-Protocol header',
      pattern: /Invalid Sec-WebSocket-Protocol header/i,
      said: { means: 'subprotocol' },
      side: 'server',
      example: 'Invalid Sec-WebSocket-Protocol header',
      explains: 'The list of subprotocols in the request is not a list of tokens.',
    },
    {
      id: 'unacceptable-extensions',
      needle: 'unacceptable Sec-WebSocket-Extensions',
      pattern: /Invalid or unacceptable Sec-WebSocket-Extensions header/i,
      said: { means: 'extension' },
      side: 'server',
      example: 'Invalid or unacceptable Sec-WebSocket-Extensions header',
      explains: 'The server cannot agree to the extensions that the request offers.',
    },
    {
      id: 'upgrade-twice',
      needle: 'handleUpgrade() was called more than once',
      pattern: /server\.handleUpgrade\(\) was called more than once with the same socket/i,
      said: { means: 'upgrade-twice' },
      side: 'server',
      example:
        'Error: server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration',
      explains: 'Two handlers of the “upgrade” event took the same request.',
    },
    {
      id: 'no-server',
      needle: 'The server is ',
      pattern: /\bThe server is (?:not running|operating in "noServer" mode)/,
      said: { means: 'nothing-said' },
      side: 'server',
      example: 'Error: The server is not running',
      explains:
        'The program closed, or asked for the address of, a server that does not listen by itself. No connection failed.',
    },
  ]),
]
