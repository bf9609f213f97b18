import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://docs.python.org/3/library/exceptions.html#os-exceptions'
const timeouts = 'https://docs.python.org/3/library/socket.html#socket.timeout'
const streams = 'https://github.com/python/cpython/blob/main/Lib/asyncio/base_events.py'
const ssl = 'https://docs.python.org/3/library/ssl.html#exceptions'

/** `[Errno 111] …`, with the numbers of Linux, of macOS and the BSDs, and of Windows where Python has them as errno. */
function errno(
  id: string,
  numbers: string,
  means: Meaning,
  example: string,
  explains: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: '[errno ',
    pattern: new RegExp(`(?:\\b\\w{1,40}Error: )?\\[Errno (?:${numbers})\\](?: [^\\n\\[\\]()]{1,100})?`, 'i'),
    said: { means },
    example,
    explains,
  }
}

export default defineProgram({
  id: 'python',
  name: 'Python (sockets and ssl)',
  mark: /\[Errno -?\d{1,5}\]|\[SSL: |\bssl\.\w{1,30}Error\b|\bsocket\.\w{1,20}\b/,
  phrases: [
    ...phrasesOf(errors, [
      errno(
        'connection-refused',
        '111|61|10061',
        'refused',
        "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 8765)",
        'No program accepts connections at this address and port.',
      ),
      errno(
        'unreachable',
        '113|65|112|64|10065|101|51|100|50|10051|99|49|10049',
        'unreachable',
        "OSError: [Errno 113] Connect call failed ('10.0.0.5', 8765)",
        'There is no way to this address, or a firewall refuses it.',
      ),
      errno(
        'timed-out',
        '110|60|10060',
        'timed-out',
        'TimeoutError: [Errno 110] Connection timed out',
        'TCP got no answer, when it connected or later. A firewall drops the packets, or the host is gone.',
      ),
      {
        id: 'connect-timeout',
        needle: 'Connect call failed',
        pattern: /(?:\b\w{1,40}Error: )?\[Errno (?:110|60|10060)\] Connect call failed \([^\n()]{1,100}\)/,
        said: { means: 'connect-timeout' },
        example: "TimeoutError: [Errno 110] Connect call failed ('10.0.0.5', 8765)",
        explains: 'TCP got no answer. A firewall drops the packets, or the host is down.',
      },
      errno(
        'reset',
        '104|54|10054|103|53|10053',
        'reset',
        'ConnectionResetError: [Errno 104] Connection reset by peer',
        'The other end, or a device on the way, reset TCP.',
      ),
      errno(
        'broken-pipe',
        '32|107|57',
        'lost',
        'BrokenPipeError: [Errno 32] Broken pipe',
        'The program wrote to a connection that the other end had already closed.',
      ),
      errno(
        'name-unknown',
        '-2|-3|-5|-8|8|11001|11002|11004',
        'dns-failure',
        'socket.gaierror: [Errno -2] Name or service not known',
        'The host name has no address in DNS, or the DNS server did not answer.',
      ),
      errno(
        'too-many-files',
        '24|23|10024',
        'too-many-connections',
        'OSError: [Errno 24] Too many open files',
        'The process has as many files and connections open as its limit allows (ulimit -n).',
      ),
    ]),
    ...phrasesOf(timeouts, [
      {
        id: 'socket-timed-out',
        needle: 'timed out',
        pattern: /\b(?:socket\.timeout|TimeoutError): timed out$/,
        said: { means: 'connect-timeout' },
        example: 'TimeoutError: timed out',
        explains: 'The program’s own timeout passed before TCP connected, or before an answer came.',
      },
    ]),
    ...phrasesOf(streams, [
      {
        id: 'connect-call-failed',
        needle: 'Connect call failed',
        pattern: /(?<!\] )Connect call failed \(/,
        said: { means: 'no-connection' },
        example: "Connect call failed ('127.0.0.1', 8765)",
        explains:
          'TCP did not connect. The number before these words says why: 111 is refused, 113 no route, 110 no answer.',
      },
      {
        id: 'connection-lost',
        needle: 'Connection lost',
        pattern: /\bConnectionResetError: Connection lost\b/,
        said: { means: 'lost' },
        example: 'ConnectionResetError: Connection lost',
        explains: 'asyncio found the connection closed when the program wrote to it.',
      },
      {
        id: 'closing-transport',
        needle: 'Cannot write to closing transport',
        pattern: /\bCannot write to closing transport\b/,
        said: { means: 'lost' },
        example: 'aiohttp.client_exceptions.ClientConnectionResetError: Cannot write to closing transport',
        explains: 'The program sent a message on a connection that had already ended.',
      },
      {
        id: 'eof-on-empty-read',
        needle: '0 bytes read on a total of',
        pattern: /\bIncompleteReadError: 0 bytes read on a total of \d{1,10} expected bytes/,
        said: { means: 'lost' },
        example: 'asyncio.exceptions.IncompleteReadError: 0 bytes read on a total of 2 expected bytes',
        explains: 'TCP ended where the program waited for the next frame, without a Close frame.',
      },
      {
        id: 'tls-handshake-slow',
        needle: 'SSL handshake',
        pattern:
          /\bSSL handshake is taking longer than (\d{1,5}(?:\.\d{1,3})?) seconds: aborting the connection/,
        said: ([, seconds]) => ({ means: 'connect-timeout', limitMs: Number(seconds) * 1000 }),
        example:
          'ConnectionAbortedError: SSL handshake is taking longer than 60.0 seconds: aborting the connection',
        explains: 'TCP connected, and the TLS handshake was not finished in time.',
      },
    ]),
    ...phrasesOf(ssl, [
      {
        id: 'hostname-does-not-match',
        needle: "doesn't match",
        pattern: /\b(?:hostname|IP address) '[^']{1,255}' doesn't match (?:either of )?'[^']{1,255}'/i,
        said: { means: 'cert-name' },
        example: "ssl.CertificateError: hostname 'app.example' doesn't match 'example.org'",
        explains: 'The certificate is for other names than the host of this URL.',
      },
      {
        id: 'closed-tls',
        needle: 'TLS/SSL connection has been closed',
        pattern: /TLS\/SSL connection has been closed \(EOF\)/,
        said: { means: 'lost' },
        example: 'ssl.SSLZeroReturnError: TLS/SSL connection has been closed (EOF) (_ssl.c:997)',
        explains: 'The other end closed TLS in order, without a Close frame of WebSocket before it.',
      },
    ]),
  ],
})
