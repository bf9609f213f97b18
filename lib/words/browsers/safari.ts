import { type AppleError, appleErrors } from '#lib/words/apple-errors.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const webSocket = 'https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/websockets/WebSocket.cpp'
const channel =
  'https://github.com/WebKit/WebKit/blob/main/Source/WebKit/WebProcess/Network/WebSocketChannel.cpp'
const handshake =
  'https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/websockets/WebSocketHandshake.cpp'
const frames =
  'https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/websockets/WebSocketFrame.cpp'
const urlErrors = 'https://developer.apple.com/documentation/foundation/nsurlerrordomain'
const mixedContent =
  'https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/MixedContentChecker.cpp'

/** What Safari sets before every reason. */
const FAILED = "WebSocket connection to '[^']{0,2000}' failed: "

const failed = (words: string): string =>
  `[Error] WebSocket connection to 'wss://app.example/ws' failed: ${words}`

export default defineProgram({
  id: 'safari',
  name: 'Safari (WebKit)',
  side: 'client',
  mark: /^\[(?:Error|Warning|Log)\] |\[blocked\] The page at /,
  phrases: [
    // Before a connection is made.
    ...phrasesOf(mixedContent, [
      {
        id: 'mixed-content',
        needle: 'insecure content from',
        pattern:
          /The page at \S{1,2000} (?:was not allowed to (?:run|display)|requested) insecure content from (?:ws:|["“]?ws:)/i,
        said: { means: 'mixed-content' },
        example:
          '[blocked] The page at https://app.example/ was not allowed to run insecure content from ws://app.example/ws.',
        explains: 'An HTTPS page tried to open ws:// without TLS. Safari refuses before it connects.',
      },
      {
        id: 'csp',
        needle: [
          'connect-src directive of the Content Security Policy',
          ' because it does not appear in the connect-src directive',
          ' because it appears in neither the connect-src directive',
        ],
        pattern:
          /(?<!\[Report Only\] )Refused to connect to \S{1,2000} because it (?:does not appear in the|appears in neither the) connect-src directive/i,
        said: { means: 'csp' },
        example:
          'Refused to connect to wss://app.example/ws because it does not appear in the connect-src directive of the Content Security Policy.',
        explains: 'The page’s Content-Security-Policy does not list this address in connect-src.',
      },
      {
        id: 'content-blocker',
        needle: 'Content blocker prevented frame',
        pattern: /Content blocker prevented frame [^\n]{1,2000} from loading a resource from wss?:/i,
        said: { means: 'blocked-by-client' },
        example:
          'Content blocker prevented frame displaying https://app.example/ from loading a resource from wss://app.example/ws',
        explains: 'A content blocker (an extension of Safari) blocked the connection.',
      },
    ]),
    ...phrasesOf(webSocket, [
      {
        id: 'port-blocked',
        needle: 'WebSocket port',
        pattern: /WebSocket port \d{1,5} blocked/i,
        said: { means: 'blocked-port' },
        example: 'WebSocket port 6000 blocked',
        explains: 'The port is on the list that browsers never connect to.',
      },
      {
        id: 'restricted-port',
        needle: 'restricted network port',
        pattern: /Not allowed to use restricted network port/i,
        said: { means: 'blocked-port' },
        example: 'Not allowed to use restricted network port 6000: ws://app.example:6000/',
        explains: 'The port is on the list that browsers never connect to.',
      },
      {
        id: 'invalid-url',
        needle: 'for WebSocket',
        pattern: /(?:Invalid url|Wrong url scheme) for WebSocket\b/i,
        said: { means: 'invalid-url' },
        example: 'Wrong url scheme for WebSocket https://app.example/ws',
        explains: 'The address is not a WebSocket URL: the scheme is missing or wrong.',
      },
      {
        id: 'url-fragment',
        needle: 'URL has fragment component',
        pattern: /URL has fragment component/i,
        said: { means: 'invalid-url' },
        example: 'URL has fragment component wss://app.example/ws#room',
        explains: 'The address of a WebSocket cannot have a fragment (#…).',
      },
      {
        id: 'invalid-pattern',
        needle: 'did not match the expected pattern',
        pattern: /SyntaxError: The string did not match the expected pattern/i,
        said: { means: 'invalid-url' },
        example: 'SyntaxError: The string did not match the expected pattern.',
        explains: 'As an error of `new WebSocket`: the address or a subprotocol is not valid.',
      },
      {
        id: 'invalid-subprotocol',
        needle: 'protocol',
        pattern: /Wrong protocol for WebSocket '|WebSocket protocols contain duplicates/i,
        said: { means: 'invalid-subprotocol' },
        example: "Wrong protocol for WebSocket 'a b'",
        explains: 'A subprotocol must be a token, and each may be given once.',
      },
      {
        id: 'invalid-state',
        needle: 'The object is in an invalid state',
        pattern: /InvalidStateError: The object is in an invalid state/i,
        said: { means: 'used-too-early' },
        example: 'InvalidStateError: The object is in an invalid state.',
        explains: 'Your page called send() before the open event. The connection itself did not fail.',
      },
      {
        id: 'suspended',
        needle: 'WebSocket is closed due to suspension',
        pattern: /WebSocket is closed due to suspension/i,
        said: { means: 'suspended' },
        example: failed('WebSocket is closed due to suspension.'),
        explains:
          'Safari suspended the page and closed its connection: the tab was hidden, or the user left it.',
      },
    ]),
    ...phrasesOf(channel, [
      {
        id: 'insufficient-resources',
        needle: 'Insufficient resources',
        pattern: new RegExp(`(?:${FAILED})?Connection failed: Insufficient resources`, 'i'),
        said: { means: 'socket-limit' },
        example: failed('Connection failed: Insufficient resources'),
        explains: 'Safari has as many WebSockets open as it allows.',
      },
      {
        id: 'network-process-crashed',
        needle: 'Network process crashed',
        pattern: /WebSocket network error: Network process crashed/i,
        said: { means: 'lost' },
        example: failed('WebSocket network error: Network process crashed.'),
        explains: 'Safari’s own network process ended, and with it every connection.',
      },
      {
        id: 'network-error',
        needle: 'WebSocket network error',
        pattern: new RegExp(`${FAILED}WebSocket network error$`, 'i'),
        said: { means: 'lost' },
        example: failed('WebSocket network error'),
        explains: 'The stream under the connection failed. WebKit does not say why.',
      },
      {
        id: 'failed-otherwise',
        needle: 'WebSocket connection to',
        pattern: new RegExp(`${FAILED}(?=\\S)`),
        said: { means: 'nothing-said' },
        example: failed('The operation couldn’t be completed.'),
        explains: 'The connection failed, before or after it opened, for the reason that follows.',
      },
    ]),
    // The handshake. Without “Error during WebSocket handshake”, which Chromium sets before it.
    ...phrasesOf(handshake, [
      {
        id: 'unexpected-response',
        needle: 'Unexpected response code',
        pattern: /\bfailed: Unexpected response code: (\d{3})/i,
        said: ([, status]) => saidOfStatus(status),
        example: failed('Unexpected response code: 403'),
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'status-line',
        needle: 'failed: ',
        pattern:
          /\bfailed: (?:Status line (?:contains embedded null|is too long|does not end with CRLF)|No response code found: |Invalid status code: )/i,
        said: { means: 'not-http' },
        example: failed('No response code found: SSH-2.0-OpenSSH_9.2'),
        explains: 'What came back is not HTTP/1.1.',
      },
      {
        id: 'accept-mismatch',
        needle: 'Sec-WebSocket-',
        pattern:
          /Error during WebSocket handshake: Sec-WebSocket-Accept mismatch|The Sec-WebSocket-(?:Accept|Protocol) header MUST NOT appear more than once/i,
        said: { means: 'bad-101' },
        example: failed('Error during WebSocket handshake: Sec-WebSocket-Accept mismatch'),
        explains: 'The 101 has a wrong Sec-WebSocket-Accept, or a header twice.',
      },
      {
        id: 'protocol-mismatch',
        needle: 'Sec-WebSocket-Protocol mismatch',
        pattern: /Error during WebSocket handshake: Sec-WebSocket-Protocol mismatch/i,
        said: { means: 'subprotocol' },
        example: failed('Error during WebSocket handshake: Sec-WebSocket-Protocol mismatch'),
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
    ]),
    // After the opening.
    ...phrasesOf(frames, [
      {
        id: 'unfinished-message',
        needle: ['frame', 'failed: Received invalid fragment'],
        pattern:
          /\bfailed: (?:Received new data frame but previous continuous frame is unfinished|Received invalid fragment|Received fragmented control frame)/i,
        said: { means: 'frame' },
        example: failed('Received new data frame but previous continuous frame is unfinished.'),
        explains: 'Frames arrived that break the protocol.',
      },
      {
        id: 'frame-too-large',
        needle: 'WebSocket frame length too large',
        pattern: /WebSocket frame length too large: \d/i,
        said: { means: 'too-big' },
        example: failed('WebSocket frame length too large: 9007199254740993 bytes'),
        explains: 'A frame names a length that WebKit cannot hold.',
      },
      {
        id: 'no-buffer',
        needle: 'buffer has no more space',
        pattern: /Failed to send WebSocket frame: buffer has no more space/i,
        said: { means: 'not-reading' },
        example: failed('Failed to send WebSocket frame: buffer has no more space'),
        explains: 'Your page sends faster than the server reads, and Safari’s buffer is full.',
      },
    ]),
    ...appleErrors.flatMap(consoleLineOf),
  ],
})

/** Apple's text, as Safari's console has it. */
function consoleLineOf({ id, text, said, explains }: AppleError): Phrase[] {
  if (text === undefined) return []
  return phrasesOf(urlErrors, [
    {
      id,
      needle: text.needle,
      pattern: new RegExp(
        `${FAILED}(?:The operation couldn[’']t be completed\\. )?\\(?(?:${text.pattern.source})`,
        'i',
      ),
      said,
      example: failed(text.example),
      explains,
    },
  ])
}
