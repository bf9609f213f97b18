/**
 * What WebSocket clients outside of browsers print when they fail: `ws` and undici on Node, Python's websockets
 * and aiohttp, Go's gorilla and coder. They say more than any browser does.
 */
import type { Meaning, Said } from '#lib/words/meaning.ts'

// Order matters: the first pattern that fits a line gives its meaning.
const MEANINGS: readonly [RegExp, Meaning][] = [
  [/\bENOTFOUND\b|\bEAI_[A-Z]+|gaierror|no such host|Name or service not known/i, 'dns-failure'],
  [/\bECONNREFUSED\b|connect: connection refused|ConnectionRefusedError/i, 'refused'],
  [/\bE(HOST|NET)UNREACH\b|no route to host|network is unreachable/i, 'unreachable'],
  [/connect ETIMEDOUT|dial tcp [^ ]+ i\/o timeout/i, 'connect-timeout'],
  [/opening handshake has timed out|timed out during (opening )?handshake/i, 'handshake-timeout'],
  [/certificate has expired|CERT_HAS_EXPIRED|certificate has expired or is not yet valid/i, 'cert-expired'],
  [/ALTNAME_INVALID|hostname mismatch|certificate is valid for .{1,200}, not /i, 'cert-name'],
  [
    /self-signed certificate|SELF_SIGNED|unable to (verify|get) |UNABLE_TO_(VERIFY|GET)|certificate signed by unknown authority/i,
    'cert-untrusted',
  ],
  [/certificate required/i, 'tls-client-certificate'],
  [
    /wrong version number|WRONG_VERSION_NUMBER|first record does not look like a TLS handshake/i,
    'tls-garbled',
  ],
  [/unsupported protocol|alert protocol version|no protocols available/i, 'tls-version'],
  [
    /(unexpected server response:?|rejected WebSocket connection: HTTP|Invalid response status.{0,20}) *401/i,
    'authentication',
  ],
  [
    /(unexpected server response:?|rejected WebSocket connection: HTTP|Invalid response status.{0,20}) *\d{3}/i,
    'status',
  ],
  [/expected handshake response status code 101 but got \d{3}/i, 'status'],
  [/websocket: bad handshake/i, 'bad-answer'],
  [
    /socket hang up|EOFError: (connection closed|stream ends)|did not receive a valid HTTP response/i,
    'closed-before-answer',
  ],
  [/HPE_INVALID|Parse Error: Expected HTTP|malformed HTTP response/i, 'not-http'],
  [/(invalid|missing) Sec-WebSocket-Accept|invalid (upgrade|connection) header/i, 'bad-101'],
  [/Server sent (an invalid|a|no) subprotocol|unsupported subprotocol/i, 'subprotocol'],
  [/Invalid Sec-WebSocket-Extensions header|unsupported extension/i, 'extension'],
  [
    /Invalid WebSocket frame|WS_ERR_(UNEXPECTED|INVALID|EXPECTED)_[A-Z_0-9]+|websocket: bad (opcode|mask|data|close)/i,
    'frame',
  ],
  [/\b(read|write) (ECONNRESET|EPIPE)\b|connection reset by peer|ConnectionResetError/i, 'reset'],
]

/** What one line says; undefined where it is no such client's. */
export function clientErrorOf(text: string): Said | undefined {
  const means = MEANINGS.find(([pattern]) => pattern.test(text))?.[1]
  if (means === undefined) return undefined
  const status =
    means === 'status'
      ? /\b(?:HTTP|response:?|status|got)[^\d]{0,20}(\d{3})\b/i.exec(text.replace('code 101', ''))?.[1]
      : undefined
  return status === undefined ? { means } : { means, status: Number(status) }
}
