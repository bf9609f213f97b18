import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const net = 'https://github.com/golang/go/blob/master/src/net/net.go'
const dns = 'https://github.com/golang/go/blob/master/src/net/dnsclient.go'
const http = 'https://github.com/golang/go/blob/master/src/net/http/transport.go'
const response = 'https://github.com/golang/go/blob/master/src/net/http/response.go'
const server = 'https://github.com/golang/go/blob/master/src/net/http/server.go'
const alerts = 'https://github.com/golang/go/blob/master/src/crypto/tls/alert.go'
const handshake = 'https://github.com/golang/go/blob/master/src/crypto/tls/conn.go'
const verify = 'https://github.com/golang/go/blob/master/src/crypto/x509/verify.go'
const macos = 'https://github.com/golang/go/blob/master/src/crypto/x509/root_darwin.go'

const DIAL = 'dial tcp[46]? ?\\S{0,270}?: (?:connect(?:ex)?: )?'
const dialing = (reasons: string): RegExp => new RegExp(`\\b${DIAL}(?:${reasons})`)

export default defineProgram({
  id: 'go',
  name: 'Go (net, crypto/tls and crypto/x509)',
  mark: /\b(?:dial|read|write|lookup) (?:tcp|udp)[46]?\b|\b(?:tls|x509|http): /,
  phrases: [
    ...phrasesOf(response, [
      {
        id: 'response-with-names',
        needle: 'StatusCode:',
        pattern: /&\{Status:[^\n]{3,80}? StatusCode:(\d{3}) Proto:HTTP\/\d/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          '&{Status:403 Forbidden StatusCode:403 Proto:HTTP/1.1 ProtoMajor:1 ProtoMinor:1 Header:map[]}',
        explains:
          'The response that Dial returns beside its error: the handshake was answered with this status.',
      },
      {
        id: 'response',
        needle: ' map[',
        pattern: /&\{\d{3} [A-Za-z' -]{2,40} (\d{3}) HTTP\/\d\.\d \d \d map\[/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          '&{403 Forbidden 403 HTTP/1.1 1 1 map[Content-Length:[0]] {0xc00007c2a0} 0 [] false false map[] 0xc000146000 <nil>}',
        explains:
          'The response that Dial returns beside its error: the handshake was answered with this status.',
      },
    ]),
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
        said: { means: 'lost' },
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
    ...phrasesOf(http, [
      {
        id: 'malformed-response',
        needle: 'malformed HTTP',
        pattern: /\bmalformed HTTP (?:response|status code|version) \\{0,2}"/,
        said: { means: 'not-http' },
        example:
          'net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6"',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'http2-frame',
        needle: 'malformed HTTP response',
        pattern: /\bmalformed HTTP response "\\x00\\x00[^"]{0,80}"/,
        said: { means: 'http2' },
        example: 'malformed HTTP response "\\x00\\x00\\x12\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x03"',
        explains: 'The server speaks HTTP/2 here. The client did not fix ALPN to http/1.1.',
      },
      {
        id: 'tls-record-answer',
        needle: 'malformed HTTP response',
        pattern: /\bmalformed HTTP response \\{0,2}"\\{1,3}x15\\{1,3}x03[^"]{0,80}"/,
        said: { means: 'plain-on-tls' },
        example: 'malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"',
        explains: 'The server answered with a TLS alert: it speaks TLS, and the URL begins with ws://.',
      },
      {
        id: 'http-to-https',
        needle: 'server gave HTTP response to HTTPS client',
        pattern: /\bserver gave HTTP response to HTTPS client/,
        said: { means: 'tls-garbled' },
        example: 'http: server gave HTTP response to HTTPS client',
        explains: 'wss:// goes to a port that speaks plain HTTP.',
      },
      {
        id: 'tls-handshake-timeout',
        needle: 'TLS handshake timeout',
        pattern: /\bnet\/http: TLS handshake timeout/,
        said: { means: 'connect-timeout' },
        example: 'net/http: TLS handshake timeout',
        explains: 'TCP connected, and the TLS handshake was not finished in ten seconds.',
      },
      {
        id: 'awaiting-headers',
        needle: 'awaiting headers',
        pattern: /\b(?:timeout awaiting response headers|Client\.Timeout exceeded while awaiting headers)/,
        said: { means: 'handshake-timeout' },
        example: 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        explains: 'The request was sent and no answer came in the time that the program gave.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'page-not-found',
        needle: '404 page not found',
        pattern: /\b404 page not found\b/,
        said: { means: 'no-route', status: 404 },
        side: 'server',
        example: '404 page not found',
        explains:
          'The 404 of any Go server, Traefik among them: no handler or router has this host and path.',
      },
      {
        id: 'plain-on-tls',
        needle: 'HTTP request to an HTTPS server',
        pattern: /\bclient sent an HTTP request to an HTTPS server/i,
        said: { means: 'plain-on-tls' },
        side: 'server',
        example:
          'http: TLS handshake error from 10.0.0.9:40110: client sent an HTTP request to an HTTPS server',
        explains:
          'A client spoke plain HTTP to this port, which speaks TLS. Its URL begins with ws:// and needs wss://.',
      },
      {
        id: 'client-hung-up',
        needle: 'TLS handshake error from',
        pattern:
          /\bhttp: TLS handshake error from \S{1,60}: (?:EOF|read tcp \S{1,120}: read: connection reset by peer)$/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'http: TLS handshake error from 10.0.0.9:40110: EOF',
        explains:
          'The client closed TCP during the TLS handshake, as one does that dislikes the certificate.',
      },
      {
        id: 'handler-panicked',
        needle: 'http: panic serving',
        pattern: /\bhttp: panic serving \S{1,60}: /,
        said: { means: 'handler-failed' },
        side: 'server',
        example:
          'http: panic serving 10.0.0.9:40110: runtime error: invalid memory address or nil pointer dereference',
        explains: 'The handler of this request panicked, and the server closed its connection.',
      },
    ]),
    ...phrasesOf(handshake, [
      {
        id: 'not-tls-arrived',
        needle: 'first record does not look like a TLS handshake',
        pattern: /\bTLS handshake error from \S{1,80}: tls: first record does not look like a TLS handshake/,
        said: { means: 'plain-on-tls', unsure: true },
        side: 'server',
        example:
          'http: TLS handshake error from 10.0.0.9:40110: tls: first record does not look like a TLS handshake',
        explains: 'What arrived at this TLS port is not TLS: plain HTTP, a PROXY header, or a scanner.',
      },
      {
        id: 'not-tls',
        needle: 'first record does not look like a TLS handshake',
        pattern: /\btls: first record does not look like a TLS handshake/,
        said: { means: 'tls-garbled' },
        example: 'tls: first record does not look like a TLS handshake',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'versions',
        needle: 'versions',
        pattern: /\btls: (?:client offered only unsupported versions|no supported versions satisfy)/,
        said: { means: 'tls-version' },
        example: 'tls: client offered only unsupported versions: [302 301]',
        explains: 'The two ends share no version of TLS.',
      },
      {
        id: 'selected-version',
        needle: 'tls: server selected unsupported',
        pattern: /\btls: server selected unsupported (?:protocol version|cipher suite|curve)/,
        said: { means: 'tls-version' },
        example: 'tls: server selected unsupported protocol version 301',
        explains: 'The server chose a version of TLS that this client refuses.',
      },
      {
        id: 'no-cipher',
        needle: 'cipher suite',
        pattern:
          /\btls: (?:no cipher suite supported by both client and server|server chose an unconfigured cipher suite)/,
        said: { means: 'tls-version' },
        example: 'tls: no cipher suite supported by both client and server',
        explains: 'The two ends share no cipher of TLS.',
      },
      {
        id: 'client-certificate-missing',
        needle: 'provide a certificate',
        pattern: /\btls: client didn't provide a certificate/,
        said: { means: 'tls-client-certificate' },
        side: 'server',
        example: "tls: client didn't provide a certificate",
        explains: 'The server asks for a client certificate, and the client sent none.',
      },
    ]),
    ...phrasesOf(alerts, [
      {
        id: 'alert-version',
        needle: 'remote error: tls: ',
        pattern:
          /\bremote error: tls: (?:protocol version not supported|insufficient security level|inappropriate fallback)/,
        said: { means: 'tls-version' },
        example: 'remote error: tls: protocol version not supported',
        explains: 'The other end refused this version of TLS.',
      },
      {
        id: 'alert-handshake-failure',
        needle: 'remote error: tls: ',
        pattern: /\bremote error: tls: handshake failure/,
        said: { means: 'tls-version' },
        example: 'remote error: tls: handshake failure',
        explains:
          'The other end refused the parameters of TLS: no version or cipher in common, or a certificate it wanted did not come.',
      },
      {
        id: 'alert-certificate-required',
        needle: 'remote error: tls: ',
        pattern: /\bremote error: tls: certificate required/,
        said: { means: 'tls-client-certificate' },
        side: 'client',
        example: 'remote error: tls: certificate required',
        explains: 'The server asks for a client certificate, and none was sent.',
      },
      {
        id: 'alert-untrusted',
        needle: 'remote error: tls: ',
        pattern:
          /\bremote error: tls: (?:unknown certificate(?: authority)?|bad certificate|unsupported certificate|revoked certificate)/,
        said: { means: 'cert-untrusted' },
        side: 'server',
        example: 'http: TLS handshake error from 10.0.0.9:40110: remote error: tls: unknown certificate',
        explains:
          'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
      },
      {
        id: 'alert-expired',
        needle: 'remote error: tls: ',
        pattern: /\bremote error: tls: expired certificate/,
        said: { means: 'cert-expired' },
        side: 'server',
        example: 'http: TLS handshake error from 10.0.0.9:40110: remote error: tls: expired certificate',
        explains: 'The other end found that the certificate which this end sent has expired.',
      },
      {
        id: 'alert-name',
        needle: 'remote error: tls: ',
        pattern: /\bremote error: tls: unrecognized name/,
        said: { means: 'cert-name' },
        side: 'client',
        example: 'remote error: tls: unrecognized name',
        explains: 'The server has no certificate for the name that the client asked for (SNI).',
      },
      {
        id: 'alert-internal',
        needle: 'remote error: tls: ',
        pattern: /\bremote error: tls: internal error/,
        said: { means: 'nothing-said' },
        example: 'remote error: tls: internal error',
        explains:
          'The other end ended TLS over an error of its own, often because it has no certificate for the name. Its log has the reason.',
      },
    ]),
    ...phrasesOf(verify, [
      {
        id: 'unknown-authority',
        needle: 'x509: ',
        pattern:
          /\bx509: (?:certificate signed by unknown authority|failed to load system roots|too many intermediates|issuer name does not match|certificate is not authorized to sign|a root or intermediate certificate is not authorized|certificate specifies an incompatible key usage|unhandled critical extension|negative serial number|issuer has name constraints)/,
        said: { means: 'cert-untrusted' },
        example: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
        explains:
          'This client trusts no issuer of the server’s certificate, or an intermediate certificate was not sent.',
      },
      {
        id: 'expired',
        needle: 'x509: certificate has expired or is not yet valid',
        pattern:
          /\bx509: certificate has expired or is not yet valid(?:: current time \S{1,40} is (?:after|before) \S{1,40})?/,
        said: { means: 'cert-expired' },
        example:
          'x509: certificate has expired or is not yet valid: current time 2026-05-01T10:00:00Z is after 2026-04-01T00:00:00Z',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'name-mismatch',
        needle: 'x509: c',
        pattern:
          /\bx509: (?:certificate is valid for .{1,500}, not \S{1,255}|certificate is not valid for any names|cannot validate certificate for \S{1,255} because it doesn't contain any IP SANs|certificate relies on legacy Common Name field)/,
        said: { means: 'cert-name' },
        example: 'x509: certificate is valid for example.org, www.example.org, not app.example',
        explains: 'The certificate is for other names than the host of this URL.',
      },
    ]),
    ...phrasesOf(macos, [
      {
        id: 'macos-untrusted',
        needle: 'x509: ',
        pattern: /\bx509: (?:“[^”]{1,255}”|"[^"]{1,255}") certificate is not (?:trusted|standards compliant)/,
        said: { means: 'cert-untrusted' },
        example: 'x509: “localhost” certificate is not trusted',
        explains: 'macOS does not trust the server’s certificate.',
      },
      {
        id: 'macos-expired',
        needle: 'certificate is expired',
        pattern: /\bx509: (?:“[^”]{1,255}”|"[^"]{1,255}") certificate is expired/,
        said: { means: 'cert-expired' },
        example: 'x509: “app.example” certificate is expired',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
    ]),
  ],
})
