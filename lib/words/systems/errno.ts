import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

type ErrorNumber = Pick<Phrase, 'id' | 'example' | 'explains'> & {
  said: Said
  /** What `strerror` of glibc, musl and macOS says, and its part that all have. */
  text: string
  needle: string
  /** Numbers on Linux, then on macOS and the BSDs. */
  numbers: string
}

/**
 * The text comes alone (`Connection refused`), with its number (`[Errno 111] Connection refused`, `Connection refused
 * (os error 111)`), or as a number alone where a program translates or leaves out the text.
 */
function phrasesOfNumber({ id, example, explains, said, text, needle, numbers }: ErrorNumber): Phrase[] {
  return phrasesOf('https://man7.org/linux/man-pages/man3/errno.3.html', [
    {
      id,
      needle,
      pattern: new RegExp(`\\b(?:${text})\\b(?: \\(os error \\d{1,5}\\))?`, 'i'),
      said,
      example,
      explains,
    },
    {
      id: `${id}-number`,
      needle: 'errno',
      pattern: new RegExp(`\\berrno[ :=-]{1,4}(?:${numbers})\\b`, 'i'),
      said,
      example: `connect() failed, errno = ${numbers.split('|')[0]}`,
      explains,
    },
  ])
}

const numbers: readonly ErrorNumber[] = [
  {
    id: 'connection-refused',
    text: 'connection refused',
    needle: 'connection refused',
    numbers: '111|61',
    said: { means: 'refused' },
    example: 'connect: Connection refused',
    explains: 'ECONNREFUSED: no program accepts connections at this address and port.',
  },
  {
    id: 'connection-reset',
    text: 'connection reset by peer',
    needle: 'connection reset by peer',
    numbers: '104|54',
    said: { means: 'reset' },
    example: 'recv: Connection reset by peer',
    explains: 'ECONNRESET: the other end, or a device on the way, reset TCP.',
  },
  {
    id: 'broken-pipe',
    text: 'broken pipe',
    needle: 'broken pipe',
    numbers: '32',
    said: { means: 'hung-up' },
    example: 'send: Broken pipe',
    explains: 'EPIPE: the program wrote to a connection that the other end had already closed.',
  },
  {
    id: 'no-route',
    text: 'no route to host|host is unreachable|host is down',
    needle: 'host',
    numbers: '113|112|65|64',
    said: { means: 'unreachable' },
    example: 'connect: No route to host',
    explains: 'EHOSTUNREACH: there is no way to this host, or a firewall refuses it.',
  },
  {
    id: 'network-unreachable',
    text: 'network is unreachable|network unreachable|network is down',
    needle: 'network',
    numbers: '101|100|51|50',
    said: { means: 'unreachable' },
    example: 'connect: Network is unreachable',
    explains: 'ENETUNREACH: this machine has no route to the address, as for IPv6 without an IPv6 network.',
  },
  {
    id: 'timed-out',
    text: '(?:connection|operation) timed out',
    needle: 'timed out',
    numbers: '110|60',
    said: { means: 'timed-out' },
    example: 'recv: Connection timed out',
    explains:
      'ETIMEDOUT: TCP got no answer, when it connected or later. A firewall drops the packets, or the host is gone.',
  },
  {
    id: 'aborted',
    text: 'software caused connection abort',
    needle: 'software caused connection abort',
    numbers: '103|53',
    said: { means: 'reset' },
    example: 'recv: Software caused connection abort',
    explains:
      'ECONNABORTED: this machine itself ended the connection: its network changed, or software on it did.',
  },
  {
    id: 'not-connected',
    text: '(?:socket|transport endpoint) is not connected',
    needle: 'is not connected',
    numbers: '107|57',
    said: { means: 'lost' },
    example: 'send: Transport endpoint is not connected',
    explains: 'ENOTCONN: the connection under the socket does not exist any more.',
  },
]

const getaddrinfo = 'https://man7.org/linux/man-pages/man3/getaddrinfo.3.html'
const connect = 'https://man7.org/linux/man-pages/man2/connect.2.html'
const files = 'https://man7.org/linux/man-pages/man2/getrlimit.2.html'

export default defineProgram({
  id: 'errno',
  name: 'Linux, macOS and BSD (errno)',
  phrases: [
    ...numbers.flatMap(phrasesOfNumber),
    ...phrasesOf(connect, [
      {
        id: 'connect-timed-out',
        needle: 'timed out',
        pattern: /\bconnect(?:ing|ion attempt|\(\))?\b[^\n]{0,80}?\b(?:connection|operation) timed out\b/i,
        said: { means: 'connect-timeout' },
        example: 'connect: Connection timed out',
        explains:
          'ETIMEDOUT: nothing answered the connection attempt. A firewall drops it, or the host is down.',
      },
    ]),
    ...phrasesOf(getaddrinfo, [
      {
        id: 'name-unknown',
        needle: ['name', 'could not resolve host'],
        pattern:
          /\b(?:name or service not known|name does not resolve|nodename nor servname provided, or not known|no address associated with (?:host)?name|could not resolve host(?:name)?)\b/i,
        said: { means: 'dns-failure' },
        example: 'getaddrinfo: Name or service not known',
        explains: 'EAI_NONAME: the host name has no address in DNS.',
      },
      {
        id: 'resolver-failed',
        needle: 'name resolution',
        pattern: /\b(?:temporary failure in|non-recoverable failure in|failure in) name resolution\b/i,
        said: { means: 'dns-failure' },
        example: 'getaddrinfo: Temporary failure in name resolution',
        explains:
          'EAI_AGAIN: the DNS server did not answer, or this machine has none, as in a container without a network.',
      },
    ]),
    ...phrasesOf('https://man7.org/linux/man-pages/man2/bind.2.html', [
      {
        id: 'address-in-use',
        needle: ['address already in use', 'EADDRINUSE', 'Only one usage of each socket address'],
        pattern: /\baddress already in use\b|\bEADDRINUSE\b|\bOnly one usage of each socket address\b/i,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'Error: listen EADDRINUSE: address already in use :::8080',
        explains:
          'EADDRINUSE: another program has this port, so the server does not start, and clients meet the other one.',
        fix: 'Find the program that has the port (ss -ltnp, lsof -i), and end it, or give this server another port. Often it is an earlier run of the same server.',
      },
    ]),
    ...phrasesOf(files, [
      {
        id: 'too-many-open-files',
        needle: 'too many open files',
        pattern: /\btoo many open files\b(?: in system)?/i,
        said: { means: 'too-many-connections' },
        example: 'accept: Too many open files',
        explains:
          'EMFILE: the process has as many files and connections open as its limit allows (ulimit -n).',
      },
    ]),
  ],
})
