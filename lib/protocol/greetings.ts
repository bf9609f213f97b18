/** Protocols that are not HTTP, by the first bytes that their servers send, each byte one character (Latin-1). */

const GREETINGS: readonly (readonly [RegExp, string])[] = [
  [/^SSH-\d/, 'SSH'],
  [/^RFB \d{3}\./, 'VNC (RFB)'],
  [/^220[ -][^\r\n]{0,200}\b(?:E?SMTP|Postfix|Exim|Sendmail)\b/i, 'SMTP'],
  [/^220[ -][^\r\n]{0,200}\bFTP\b/i, 'FTP'],
  [/^\* OK\b/, 'IMAP'],
  [/^\+OK\b/, 'POP3'],
  [/^-(?:ERR|DENIED|NOAUTH)\b/, 'Redis'],
  [/^INFO \{"/, 'NATS'],
  [/^AMQP/, 'AMQP'],
  [/^ERROR\r\n/, 'memcached'],
  [/^:\S{1,200} NOTICE /, 'IRC'],
  [/^<\?xml[^>]{0,100}>\s{0,10}<stream:/, 'XMPP'],
  // A packet's length in three bytes, its number 0, and version 10 of the handshake (MySQL, Protocol::HandshakeV10).
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these bytes are the protocol
  [/^[\s\S]{2}\0\0\x0a\d{1,2}\.\d/, 'MySQL'],
  [/^\xff[\xfb-\xfe]/, 'Telnet'],
]

/** A frame of 9 bytes and more on stream 0, SETTINGS (4) or GOAWAY (7), without flags (RFC 9113 §4.1, §6.5, §6.8). */
function isHttp2(start: string): boolean {
  const byte = (at: number) => start.charCodeAt(at)
  const length = byte(0) * 65_536 + byte(1) * 256 + byte(2)
  const isOnNoStream = [4, 5, 6, 7, 8].every((at) => byte(at) === 0)
  return isOnNoStream && ((byte(3) === 4 && length % 6 === 0) || (byte(3) === 7 && length >= 8))
}

/** Undefined where the bytes name no protocol. */
export function protocolOf(start: string): string | undefined {
  if (isHttp2(start)) return 'HTTP/2'
  return GREETINGS.find(([pattern]) => pattern.test(start))?.[1]
}
