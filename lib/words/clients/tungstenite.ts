import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const errors = 'https://github.com/snapview/tungstenite-rs/blob/master/src/error.rs'
const frames = 'https://github.com/snapview/tungstenite-rs/blob/master/src/protocol/frame/coding.rs'
const axum = 'https://github.com/tokio-rs/axum/blob/main/axum/src/extract/ws.rs'
const actix = 'https://docs.rs/actix-http/latest/actix_http/ws/enum.HandshakeError.html'

/** As its `CloseCode` prints itself with `{:?}`. */
const CODES: Readonly<Record<string, number>> = {
  Normal: 1000,
  Away: 1001,
  Protocol: 1002,
  Unsupported: 1003,
  Status: 1005,
  Abnormal: 1006,
  Invalid: 1007,
  Policy: 1008,
  Size: 1009,
  Extension: 1010,
  Error: 1011,
  Restart: 1012,
  Again: 1013,
  Tls: 1015,
}

function closed(name: string | undefined, number: string | undefined, reason: string | undefined): Said {
  const code = number === undefined ? CODES[name ?? ''] : Number(number)
  if (code === undefined) return { means: 'lost' }
  return { means: 'close', close: { code, reason: reason ?? '' } }
}

export default defineProgram({
  id: 'tungstenite',
  name: 'tungstenite, tokio-tungstenite and axum (Rust)',
  mark: /\bWebSocket protocol error: |\btungstenite\b|\baxum(?:::|_)/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'reset-without-closing',
        needle: 'without',
        pattern: /\b(?:WebSocket protocol error: )?Connection reset without closing handshake\b/,
        said: { means: 'dropped' },
        example: 'WebSocket protocol error: Connection reset without closing handshake',
        explains:
          'The connection was open, and TCP ended without a Close frame. No frame broke the protocol.',
      },
      {
        id: 'reset-without-closing-debug',
        needle: 'ResetWithoutClosingHandshake',
        pattern: /\bResetWithoutClosingHandshake\b/,
        said: { means: 'dropped' },
        example: 'Error: Protocol(ResetWithoutClosingHandshake)',
        explains:
          'The connection was open, and TCP ended without a Close frame. No frame broke the protocol.',
      },
      {
        id: 'http-error',
        needle: 'HTTP error: ',
        pattern: /\bHTTP error: (\d{3})(?: [A-Z][\w' -]{1,40})?(?=$|["'\s),.;])/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'Error: HTTP error: 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'http-error-debug',
        needle: 'Http(Response {',
        pattern: /\bHttp\(Response \{ status: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'Error: Http(Response { status: 403, version: HTTP/1.1, headers: {"server": "nginx"}, body: None })',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'closed-normally',
        needle: 'Connection closed normally',
        pattern: /\bConnection closed normally\b/,
        said: { means: 'close', close: { code: 1000, clean: true } },
        example: 'Error: Connection closed normally',
        explains: 'Both ends exchanged Close frames. It is the end of reading, and no failure.',
      },
      {
        id: 'already-closed',
        needle: 'closed',
        pattern: /\bTrying to work with closed connection\b/,
        said: { means: 'lost' },
        example: 'Error: Trying to work with closed connection',
        explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'sent-after-close',
        needle: 'Sending after closing',
        pattern: /\bSending after closing is not allowed\b/,
        said: { means: 'lost' },
        example: 'WebSocket protocol error: Sending after closing is not allowed',
        explains: 'The program sends on a connection whose end has begun. Why it ended is printed elsewhere.',
      },
      {
        id: 'attack',
        needle: 'Attack attempt detected',
        pattern: /\bAttack attempt detected\b/,
        said: { means: 'handshake-header', unsure: true },
        side: 'server',
        example: 'Attack attempt detected',
        explains: 'The head of the request came in so many small pieces that tungstenite gave up.',
      },
      {
        id: 'already-closed-debug',
        needle: ['Closed', 'Protocol(SendAfterClosing)'],
        pattern: /\b(?:Err(?:or)?[:(] ?)(?:AlreadyClosed|ConnectionClosed)\b|\bProtocol\(SendAfterClosing\)/,
        said: { means: 'lost' },
        example: 'Error: AlreadyClosed',
        explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'handshake-incomplete',
        needle: 'Handshake',
        pattern:
          /\b(?:WebSocket protocol error: )?Handshake not finished\b|\bProtocol\(HandshakeIncomplete\)/,
        said: { means: 'closed-before-answer' },
        example: 'WebSocket protocol error: Handshake not finished',
        explains: 'The server closed TCP before its answer to the handshake was whole.',
      },
      {
        id: 'not-http',
        needle: 'httparse error',
        pattern:
          /\bhttparse error: invalid (?:HTTP (?:version|status)|token|response status|header name|header value|new line)/,
        said: { means: 'not-http' },
        side: 'client',
        example: 'WebSocket protocol error: httparse error: invalid HTTP version',
        explains: 'What came back is not HTTP/1.1.',
      },
      {
        id: 'bad-101',
        needle: 'WebSocket protocol error: ',
        pattern:
          /\bWebSocket protocol error: (?:Key mismatch in "Sec-WebSocket-Accept" header|Missing, duplicated or incorrect header sec-websocket-(?:accept|protocol|extensions)\b)/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'WebSocket protocol error: Key mismatch in "Sec-WebSocket-Accept" header',
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'upgrade-missing',
        needle: 'WebSocket protocol error: No "',
        pattern: /\bWebSocket protocol error: No "(?:Connection: upgrade|Upgrade: websocket)" header/,
        said: { means: 'upgrade-missing' },
        example: 'WebSocket protocol error: No "Connection: upgrade" header',
        explains:
          'On a server: the request has no Upgrade: websocket and Connection: Upgrade. A client says it of a 101 without them.',
      },
      {
        id: 'header-incorrect',
        needle: 'or incorrect header',
        pattern:
          /\bMissing, duplicated or incorrect header (?:upgrade|connection|host|sec-websocket-(?:key|version))\b/,
        said: { means: 'upgrade-missing', unsure: true },
        example: 'WebSocket protocol error: Missing, duplicated or incorrect header upgrade',
        explains:
          'On a server: the request lacks this header, or has it twice. A client says it of its own request or of a 101.',
      },
      {
        id: 'key-or-version',
        needle: 'WebSocket protocol error: No "Sec-WebSocket-',
        pattern: /\bWebSocket protocol error: No "Sec-WebSocket-(?:Version: 13|Key)" header/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'WebSocket protocol error: No "Sec-WebSocket-Key" header',
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'request',
        needle: 'WebSocket protocol error: ',
        pattern:
          /\bWebSocket protocol error: (?:HTTP version must be 1\.1 or higher|Unsupported HTTP method used)/,
        said: { means: 'http-version' },
        side: 'server',
        example: 'WebSocket protocol error: HTTP version must be 1.1 or higher',
        explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
      },
      {
        id: 'subprotocol',
        needle: 'SubProtocol error: ',
        pattern:
          /\bSubProtocol error: (?:Server sent (?:a subprotocol but none was requested|an invalid subprotocol|no subprotocol))/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'WebSocket protocol error: SubProtocol error: Server sent no subprotocol',
        explains: 'The 101 names no subprotocol, or one that was not asked for.',
      },
      {
        id: 'too-big',
        needle: 'Message too long: ',
        pattern: /\b(?:Space limit exceeded: )?Message too long: \d{1,15} > (\d{1,15})/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'Space limit exceeded: Message too long: 70000000 > 67108864',
        explains: 'A message is larger than this end’s own max_message_size.',
      },
      {
        id: 'too-big-debug',
        needle: 'MessageTooLong {',
        pattern: /\bMessageTooLong \{ size: \d{1,15}, max_size: (\d{1,15})/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'Error: Capacity(MessageTooLong { size: 70000000, max_size: 67108864 })',
        explains: 'A message is larger than this end’s own max_message_size.',
      },
      {
        id: 'frame',
        needle: 'WebSocket protocol error: ',
        pattern:
          /\bWebSocket protocol error: (?:Remote sent after having closed|Reserved bits are non-zero|Received an? (?:unmasked frame from client|masked frame from server)|Fragmented control frame|Control frame too big|Unknown (?:control|data) frame type|Continue frame but nothing to continue|While waiting for more fragments received|Encountered invalid opcode|Invalid (?:close sequence|opcode)|Junk after client request)/,
        said: { means: 'frame' },
        example: 'WebSocket protocol error: Reserved bits are non-zero',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'frame-debug',
        needle: 'Protocol(',
        pattern:
          /\bProtocol\((?:NonZeroReservedBits|UnmaskedFrameFromClient|MaskedFrameFromServer|FragmentedControlFrame|ControlFrameTooBig|UnknownControlFrameType|UnknownDataFrameType|UnexpectedContinueFrame|ExpectedFragment|InvalidOpcode|InvalidCloseSequence|ReceivedAfterClosing)\b/,
        said: { means: 'frame' },
        example: 'Error: Protocol(NonZeroReservedBits)',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'utf8',
        needle: 'UTF-8 encoding error',
        pattern: /\bUTF-8 encoding error: /,
        said: { means: 'invalid-utf8' },
        example: 'UTF-8 encoding error: invalid utf-8 sequence of 1 bytes from index 12',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'write-buffer',
        needle: 'Write buffer is full',
        pattern: /\bWrite buffer is full\b/,
        said: { means: 'not-reading' },
        example: 'Error: Write buffer is full',
        explains: 'The other end does not take what is sent, and this end’s buffer is full.',
      },
      {
        id: 'url',
        needle: 'URL error: ',
        pattern:
          /\bURL error: (?:URL scheme not supported|No host name in the URL|URL contains empty host name|No path\/query in URL)/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'URL error: URL scheme not supported',
        explains: 'The address is not a WebSocket URL: the scheme is missing or wrong, or it has no host.',
      },
      {
        id: 'unable-to-connect',
        needle: 'URL error: Unable to connect to',
        pattern: /\bURL error: Unable to connect to \S{1,300}/,
        said: { means: 'no-connection' },
        side: 'client',
        example: 'URL error: Unable to connect to ws://127.0.0.1:9001',
        explains: 'TCP did not connect to any address of the host.',
      },
      {
        id: 'tls-missing',
        needle: 'TLS support not compiled in',
        pattern: /\bURL error: TLS support not compiled in\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'URL error: TLS support not compiled in',
        explains:
          'This program was built without TLS, so it cannot open wss://. Cargo needs a TLS feature of tungstenite.',
      },
      {
        id: 'subprotocol-debug',
        needle: 'SecWebSocketSubProtocolError',
        pattern: /\bSecWebSocketSubProtocolError\((\w{1,40})\)/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'Error: Protocol(SecWebSocketSubProtocolError(NoSubProtocol))',
        explains: 'The 101 names no subprotocol, or one that was not asked for.',
      },
      {
        id: 'invalid-header-debug',
        needle: 'Protocol(InvalidHeader(',
        pattern: /\bProtocol\(InvalidHeader\("?([\w-]{1,60})/,
        said: ([, name]) => ({
          means: /^(?:upgrade|connection)$/i.test(name ?? '') ? 'upgrade-missing' : 'handshake-header',
        }),
        side: 'server',
        example: 'Error: Protocol(InvalidHeader("upgrade"))',
        explains: 'The request lacks this header of a handshake, has it twice, or has a wrong value.',
      },
      {
        id: 'url-debug',
        needle: 'Url(',
        pattern:
          /\bUrl\((?:UnsupportedUrlScheme|NoHostName|EmptyHostName|NoPathOrQuery|TlsFeatureNotEnabled)\)/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'Error: Url(UnsupportedUrlScheme)',
        explains:
          'The address is not a WebSocket URL. TlsFeatureNotEnabled: the program was built without a TLS feature, so wss:// cannot be opened.',
      },
      {
        id: 'tls-debug',
        needle: 'Tls(',
        pattern: /(?:^|\b(?:Error|error|Err\()[: ]{0,2})Tls\((?:Native|Rustls|InvalidDnsName)/,
        said: { means: 'tls-garbled' },
        example: 'Error: Tls(Native(Ssl(Error { code: ErrorCode(1) })))',
        explains: 'TLS failed. What is inside the parentheses has the reason.',
      },
      {
        id: 'method-debug',
        needle: 'Protocol(Wrong',
        pattern: /\bProtocol\(Wrong(?:HttpMethod|HttpVersion)\)/,
        said: ([text]) => ({ means: text.includes('Version') ? 'http-version' : 'plain-request' }),
        side: 'server',
        example: 'Error: Protocol(WrongHttpMethod)',
        explains: 'The request is not a GET over HTTP/1.1: a health check, or a proxy that speaks HTTP/1.0.',
      },
      {
        id: 'utf8-debug',
        needle: 'Utf8',
        pattern: /(?:^|\bError: )Utf8(?:\(|$)/,
        said: { means: 'invalid-utf8' },
        example: 'Error: Utf8',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'queue-debug',
        needle: 'Full(',
        pattern: /\b(?:SendQueueFull|WriteBufferFull)\(/,
        said: { means: 'not-reading' },
        example: 'Error: WriteBufferFull(Text("x"))',
        explains: 'The other end does not read, and this end’s buffer for sending is full.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'close-frame',
        needle: 'CloseFrame {',
        pattern:
          /\bCloseFrame \{ code: (?:([A-Z][a-z]{2,12})(?!\w|\()|(?:[A-Z][a-z]{2,12}\()?(\d{4})\)?), reason: (?:Utf8Bytes\()?"((?:[^"\\\n]|\\.){0,250})"/,
        said: ([, name, number, reason]) => closed(name, number, reason),
        example: 'Received Close(Some(CloseFrame { code: Away, reason: "" }))',
        explains: 'The connection was closed with this code and reason.',
      },
    ]),
    ...phrasesOf(axum, [
      {
        id: 'axum-upgrade',
        needle: 'header did not include',
        pattern:
          /(?:`?Connection`?|`Upgrade`|`:protocol`) (?:pseudo-)?header did not include '(?:upgrade|websocket)'/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: "Connection header did not include 'upgrade'",
        explains:
          'axum’s answer: the request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'axum-method',
        needle: 'Request method must be `',
        pattern: /\bRequest method must be `(?:GET|CONNECT)`/,
        said: { means: 'upgrade-missing', unsure: true },
        side: 'server',
        example: 'Request method must be `GET`',
        explains: 'axum’s 405: a handshake over HTTP/1.1 is a GET, and over HTTP/2 a CONNECT.',
      },
      {
        id: 'axum-key',
        needle: '`Sec-WebSocket-',
        pattern: /`Sec-WebSocket-(?:Version` header did not include '13'|Key` header missing)/i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: '`Sec-WebSocket-Key` header missing',
        explains: 'axum’s answer: a header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'axum-no-upgrade-state',
        needle: 'WebSocket request couldn',
        pattern: /\bWebSocket request couldn't be upgraded since no upgrade state was present\b/,
        said: { means: 'no-websocket-support', unsure: true },
        side: 'server',
        example: "WebSocket request couldn't be upgraded since no upgrade state was present",
        explains:
          'axum runs under a server that does not offer upgrades: hyper without with_upgrades(), or HTTP/1.0.',
      },
    ]),
    ...phrasesOf(actix, [
      {
        id: 'actix-upgrade',
        needle: 'upgrade is expected',
        pattern: /\b(?:WebSocket|Connection) upgrade is expected\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'WebSocket upgrade is expected',
        explains: 'actix’s answer: the request has no Upgrade: websocket and Connection: Upgrade.',
      },
      {
        id: 'actix-header',
        needle: 'WebSocket ',
        pattern:
          /\b(?:WebSocket version header is required|Unsupported WebSocket version|Unknown WebSocket key)\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'WebSocket version header is required',
        explains: 'actix’s answer: a header that belongs to the handshake is missing or wrong.',
      },
    ]),
  ],
})
