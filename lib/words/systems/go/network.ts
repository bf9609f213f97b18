/** What Go's net package prints of DNS and TCP. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const net = 'https://github.com/golang/go/blob/master/src/net/net.go'
const dns = 'https://github.com/golang/go/blob/master/src/net/dnsclient.go'
const DIAL = 'dial tcp[46]? ?\\S{0,270}?: (?:connect(?:ex)?: )?'

const dialing = (reasons: string): RegExp => new RegExp(`\\b${DIAL}(?:${reasons})`)

export const network: readonly Phrase[] = [
  ...phrasesOf(net, [
    {
      id: 'dial-refused',
      needle: 'dial tcp',
      pattern: dialing(
        'connection refused|No connection could be made because the target machine actively refused it',
      ),
      said: { means: 'refused' },
      example: 'dial tcp 127.0.0.1:8080: connect: connection refused',
      explains: 'No program accepts connections at this address and port.',
    },
    {
      id: 'dial-unreachable',
      needle: 'dial tcp',
      pattern: dialing(
        "no route to host|network is unreachable|host is down|can't assign requested address|cannot assign requested address|A socket operation was attempted to an unreachable (?:host|network)",
      ),
      said: { means: 'unreachable' },
      example: 'dial tcp 10.0.0.5:8080: connect: no route to host',
      explains: 'There is no way to this address, or a firewall refuses it.',
    },
    {
      id: 'dial-timeout',
      needle: 'dial tcp',
      pattern: dialing(
        'i/o timeout|(?:connection|operation) timed out|A connection attempt failed because the connected party did not properly respond',
      ),
      said: { means: 'connect-timeout' },
      example: 'dial tcp 10.0.0.5:443: i/o timeout',
      explains: 'TCP got no answer. A firewall drops the packets, or the host is down.',
    },
    {
      id: 'reset',
      needle: 'connection reset by peer',
      pattern: /\b(?:(?:read|write) tcp[46]? \S{1,120}: )?(?:read|write): connection reset by peer/,
      said: { means: 'reset' },
      example: 'read tcp 10.0.0.2:52044->10.0.0.5:443: read: connection reset by peer',
      explains: 'The other end, or a device on the way, reset TCP.',
    },
    {
      id: 'reset-on-windows',
      needle: 'forcibly closed by the remote host',
      pattern: /\bwsa(?:recv|send): An existing connection was forcibly closed by the remote host/i,
      said: { means: 'reset' },
      example:
        'read tcp 10.0.0.2:52044->10.0.0.5:443: wsarecv: An existing connection was forcibly closed by the remote host.',
      explains: 'The other end, or a device on the way, reset TCP.',
    },
    {
      id: 'broken-pipe',
      needle: 'broken pipe',
      pattern: /\b(?:write tcp[46]? \S{1,120}: )?write: broken pipe/,
      said: { means: 'hung-up' },
      example: 'write tcp 10.0.0.5:8080->10.0.0.9:40110: write: broken pipe',
      explains: 'The program wrote to a connection that the other end had already closed.',
    },
    {
      id: 'read-timeout',
      needle: 'i/o timeout',
      pattern: /\bread tcp[46]? \S{1,120}: i\/o timeout/,
      said: { means: 'ping-timeout' },
      example: 'read tcp 10.0.0.5:8080->10.0.0.9:40110: i/o timeout',
      explains:
        'Nothing arrived before the program’s own read deadline, which most programs move on with each pong.',
    },
    {
      id: 'write-timeout',
      needle: 'i/o timeout',
      pattern: /\bwrite tcp[46]? \S{1,120}: i\/o timeout/,
      said: { means: 'not-reading' },
      example: 'write tcp 10.0.0.5:8080->10.0.0.9:40110: i/o timeout',
      explains: 'The other end did not take what was sent before the program’s own write deadline.',
    },
    {
      id: 'tcp-gave-up',
      needle: 'timed out',
      pattern: /\b(?:read|write) tcp[46]? \S{1,120}: (?:read|write): (?:connection|operation) timed out/,
      said: { means: 'dropped' },
      example: 'read tcp 10.0.0.2:52044->10.0.0.5:443: read: connection timed out',
      explains: 'TCP sent again and again and got no answer: the other end or the way to it is gone.',
    },
    {
      id: 'closed-here',
      needle: 'use of closed network connection',
      pattern: /\buse of closed network connection/,
      said: { means: 'lost', phase: 'open', isOwnEnd: true },
      example: 'read tcp 10.0.0.5:8080->10.0.0.9:40110: use of closed network connection',
      explains: 'The program itself had closed this connection before it read or wrote.',
    },
    {
      id: 'too-many-open-files',
      needle: 'too many open files',
      pattern: /\baccept\d?: too many open files/,
      said: { means: 'too-many-connections' },
      side: 'server',
      example: 'http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 5ms',
      explains: 'The server has as many connections open as its limit of files allows (ulimit -n).',
    },
  ]),
  ...phrasesOf(dns, [
    {
      id: 'no-such-host',
      needle: 'no such host',
      pattern: /\blookup \S{1,255}(?: on \S{1,60})?: no such host/,
      said: { means: 'dns-failure' },
      example: 'dial tcp: lookup app.example on 127.0.0.53:53: no such host',
      explains: 'The host name has no address in DNS.',
    },
    {
      id: 'lookup-failed',
      needle: 'lookup ',
      pattern:
        /\blookup \S{1,255}(?: on \S{1,60})?: (?:server misbehaving|i\/o timeout|Temporary failure in name resolution|no answer from DNS server|(?:read|dial) udp \S{1,120}: .{1,60})/,
      said: { means: 'dns-failure' },
      example: 'dial tcp: lookup app.example on 10.96.0.10:53: server misbehaving',
      explains: 'The DNS server did not answer the question, or answered with an error.',
    },
  ]),
]
