/** The errors of tungstenite as Rust’s {:?} prints them, Close frames, and the answers of axum and actix. */
import type { Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
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

export const debugged: readonly Phrase[] = [
  ...phrasesOf(errors, [
    {
      id: 'reset-without-closing-debug',
      needle: 'ResetWithoutClosingHandshake',
      pattern: /\bResetWithoutClosingHandshake\b/,
      said: { means: 'dropped' },
      example: 'Error: Protocol(ResetWithoutClosingHandshake)',
      explains: 'The connection was open, and TCP ended without a Close frame. No frame broke the protocol.',
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
      id: 'already-closed-debug',
      needle: ['Closed', 'Protocol(SendAfterClosing)'],
      pattern: /\b(?:Err(?:or)?[:(] ?)(?:AlreadyClosed|ConnectionClosed)\b|\bProtocol\(SendAfterClosing\)/,
      said: { means: 'lost' },
      example: 'Error: AlreadyClosed',
      explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
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
      id: 'frame-debug',
      needle: 'Protocol(',
      pattern:
        /\bProtocol\((?:NonZeroReservedBits|UnmaskedFrameFromClient|MaskedFrameFromServer|FragmentedControlFrame|ControlFrameTooBig|UnknownControlFrameType|UnknownDataFrameType|UnexpectedContinueFrame|ExpectedFragment|InvalidOpcode|InvalidCloseSequence|ReceivedAfterClosing)\b/,
      said: { means: 'frame' },
      example: 'Error: Protocol(NonZeroReservedBits)',
      explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
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
      pattern: /\bUrl\((?:UnsupportedUrlScheme|NoHostName|EmptyHostName|NoPathOrQuery)\)/,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'Error: Url(UnsupportedUrlScheme)',
      explains: 'The address is not a WebSocket URL.',
    },
    {
      id: 'tls-missing-debug',
      needle: 'TlsFeatureNotEnabled',
      pattern: /\bUrl\(TlsFeatureNotEnabled\)/,
      said: { means: 'not-built-in' },
      side: 'client',
      example: 'Error: Url(TlsFeatureNotEnabled)',
      explains:
        'This program was built without TLS, so it cannot open wss://. Cargo needs a TLS feature of tungstenite or tokio-tungstenite: native-tls or rustls-tls-native-roots.',
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
      pattern: /(?:`?Connection`?|`Upgrade`) header did not include '(?:upgrade|websocket)'/,
      said: { means: 'upgrade-missing' },
      side: 'server',
      example: "Connection header did not include 'upgrade'",
      explains:
        'axum’s answer: the request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
    },
    {
      id: 'axum-method',
      needle: 'Request method must be `',
      pattern: /\bRequest method must be `GET`/,
      said: { means: 'upgrade-missing', unsure: true },
      side: 'server',
      example: 'Request method must be `GET`',
      explains: 'axum’s 405: a handshake over HTTP/1.1 is a GET.',
    },
    {
      id: 'axum-connect',
      needle: ['Request method must be `CONNECT', '`:protocol` pseudo-header did not include'],
      pattern: /\bRequest method must be `CONNECT`|`:protocol` pseudo-header did not include 'websocket'/,
      said: { means: 'http2' },
      side: 'server',
      example: 'Request method must be `CONNECT`',
      explains:
        'axum’s 405: the request came over HTTP/2, where a WebSocket is opened by CONNECT (RFC 8441), and it was an ordinary one.',
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
      said: { means: 'http-version', unsure: true },
      side: 'server',
      example: "WebSocket request couldn't be upgraded since no upgrade state was present",
      explains:
        'The headers came, and no upgrade is possible: HTTP/1.0 or HTTP/2, as a proxy asks, or hyper runs without with_upgrades().',
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
]
