import type { Meaning, Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://nodejs.org/api/errors.html#common-system-errors'
const dns = 'https://nodejs.org/api/dns.html#error-codes'
const tls = 'https://nodejs.org/api/tls.html#x509-certificate-error-codes'
const http = 'https://github.com/nodejs/node/blob/main/lib/_http_client.js'
const parser = 'https://github.com/nodejs/llhttp/blob/main/src/llhttp/constants.ts'

/** `127.0.0.1:8080`, `::1:8080`, `/run/app.sock` after the code, where Node has it. */
const ADDRESS = '(?: ([0-9A-Fa-f.:]{2,45}:\\d{1,5}|/[^\\s)\\]]{1,107}))?'
const HOST = '(?: ([\\w.-]{1,253}))?'
/** The line `code: '…'` of a printed error repeats the first line, and after “socket hang up” it says less. */
const NOT_PROPERTY = `(?<!code: ['"])`

export default defineProgram({
  id: 'node',
  name: 'Node.js',
  phrases: [
    // Names and TCP.
    ...phrasesOf(dns, [
      {
        id: 'enotfound',
        needle: 'ENOTFOUND',
        pattern: new RegExp(`\\b(?:query[A-Z]{0,5} )?ENOTFOUND\\b${HOST}`),
        said: at('dns-failure'),
        example: 'Error: getaddrinfo ENOTFOUND app.example',
        explains:
          'The host name has no address in DNS. In a container, a name is known only in its own network.',
      },
      {
        id: 'eai',
        needle: 'EAI_',
        pattern: new RegExp(`\\bEAI_(?:AGAIN|FAIL|NODATA|NONAME|ADDRFAMILY|FAMILY)\\b${HOST}`),
        said: at('dns-failure'),
        example: 'Error: getaddrinfo EAI_AGAIN app.example',
        explains: 'DNS gave no answer for this name. EAI_AGAIN says that a later attempt can work.',
      },
      {
        id: 'dns-query',
        needle: 'query',
        pattern: new RegExp(
          `\\bquery(?:A|Aaaa|Any|Srv|Cname) (?:ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT)\\b${HOST}`,
        ),
        said: at('dns-failure'),
        example: 'Error: queryA ESERVFAIL app.example',
        explains: 'The DNS server has no address for this name, or did not answer.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'econnrefused',
        needle: 'ECONNREFUSED',
        pattern: new RegExp(`\\bECONNREFUSED\\b${ADDRESS}`),
        said: at('refused'),
        example: 'Error: connect ECONNREFUSED 127.0.0.1:8080',
        explains:
          'No program accepts connections at this address and port. `localhost` can be ::1 while the server uses 127.0.0.1 alone.',
      },
      {
        id: 'unix-socket-missing',
        needle: 'connect ENOENT',
        pattern: new RegExp(`\\bconnect ENOENT\\b${ADDRESS}`),
        said: at('refused'),
        example: 'Error: connect ENOENT /run/app.sock',
        explains: 'The Unix socket does not exist: its server is not running, or uses another path.',
      },
      {
        id: 'unreachable',
        needle: 'UNREACH',
        pattern: new RegExp(`\\bE(?:HOST|NET)UNREACH\\b${ADDRESS}`),
        said: at('unreachable'),
        example: 'Error: connect EHOSTUNREACH 10.0.0.5:8080',
        explains: 'There is no route to this address.',
      },
      {
        id: 'network-down',
        needle: 'connect E',
        pattern: new RegExp(`\\bconnect E(?:NETDOWN|HOSTDOWN|ADDRNOTAVAIL|AFNOSUPPORT)\\b${ADDRESS}`),
        said: at('unreachable'),
        example: 'Error: connect EADDRNOTAVAIL 10.0.0.5:8080',
        explains: 'This machine has no network, address or free port to connect from.',
      },
      {
        id: 'connect-denied',
        needle: 'connect E',
        pattern: new RegExp(`\\bconnect E(?:ACCES|PERM)\\b${ADDRESS}`),
        said: at('blocked-by-client'),
        example: 'Error: connect EACCES 203.0.113.7:443',
        explains: 'A firewall or policy of this machine does not allow the connection.',
      },
      {
        id: 'connect-timed-out',
        needle: 'ETIMEDOUT',
        pattern: new RegExp(
          `\\bconnect ETIMEDOUT\\b${ADDRESS}|\\bETIMEDOUT', ?syscall: 'connect'|${NOT_PROPERTY}\\bETIMEDOUT\\b`,
        ),
        said: at('connect-timeout'),
        example: 'Error: connect ETIMEDOUT 203.0.113.7:443',
        explains: 'Nothing answered the attempt to connect: a firewall drops it, or the host is down.',
      },
      {
        id: 'connection-timed-out',
        needle: 'ETIMEDOUT',
        pattern: /\b(?:read|write) ETIMEDOUT\b|\bETIMEDOUT', ?syscall: '(?:read|write)'/,
        said: { means: 'lost' },
        example: 'Error: read ETIMEDOUT',
        explains:
          'TCP was connected, and what was sent was never acknowledged: the network or the host is gone.',
      },
      {
        id: 'connection-reset',
        needle: 'ECONNRESET',
        pattern: new RegExp(
          `\\b(?:read|write) ECONNRESET\\b|\\bECONNRESET', ?syscall: '|${NOT_PROPERTY}\\bECONNRESET\\b`,
        ),
        said: { means: 'reset' },
        example: 'Error: read ECONNRESET',
        explains: 'TCP was reset, before or after the opening. The message does not say by which device.',
      },
      {
        id: 'code-repeated',
        needle: 'code: ',
        pattern: /\bcode: ['"](?:ECONNRESET|ETIMEDOUT)['"]/,
        said: { means: 'nothing-said' },
        example: "  code: 'ECONNRESET'",
        explains: 'A property of the error above it. The error’s first line says more.',
      },
      {
        id: 'broken-pipe',
        needle: 'EPIPE',
        pattern: /\b(?:write |code: ['"])?EPIPE\b/,
        said: { means: 'hung-up' },
        example: 'Error: write EPIPE',
        explains: 'Node wrote to a connection that the other side had closed already.',
      },
      {
        id: 'connection-aborted',
        needle: 'ECONNABORTED',
        pattern: /\b(?:read|write) ECONNABORTED\b/,
        said: { means: 'reset' },
        example: 'Error: write ECONNABORTED',
        explains: 'This machine ended the TCP connection, as when its network changes.',
      },
    ]),
    ...phrasesOf('https://github.com/nodejs/node/blob/main/lib/net.js', [
      {
        id: 'ended-by-other-party',
        needle: 'ended by the other party',
        pattern: /This socket has been ended by the other party/i,
        said: { means: 'lost' },
        example: 'Error: This socket has been ended by the other party',
        explains: 'Node wrote to a connection that the other side had closed already.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'too-many-files',
        needle: 'EMFILE',
        pattern: /\b(?:accept|connect) E[MN]FILE\b/,
        said: { means: 'too-many-connections' },
        example: 'Error: accept EMFILE',
        explains: 'The process has as many files and connections open as it may (`ulimit -n`).',
      },
    ]),
    ...phrasesOf('https://github.com/nodejs/node/blob/main/lib/net.js', [
      {
        id: 'aggregate',
        needle: 'AggregateError',
        pattern: /\bAggregateError(?: \[[A-Z_]{1,30}\])?: ?$/,
        said: { means: 'nothing-said' },
        example: 'AggregateError: ',
        explains: 'Every address of the host failed. The errors in it say how.',
      },
    ]),
    // TLS: the codes of Node. The sentences are OpenSSL's.
    ...phrasesOf('https://github.com/nodejs/node/blob/main/lib/tls.js', [
      {
        id: 'alternative-names',
        needle: 'altnames',
        pattern:
          /Hostname\/IP (?:doesn't|does not) match certificate's altnames(?:: (?:Host|IP): ([\w.:-]{1,253}) is not)?/i,
        said: { means: 'cert-name' },
        example:
          "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: a.example. is not in the cert's altnames: DNS:b.example",
        explains: 'The certificate is for other host names than the one that was asked for.',
      },
    ]),
    ...phrasesOf('https://nodejs.org/api/errors.html#err_tls_cert_altname_invalid', [
      {
        id: 'err-tls-cert-altname-invalid',
        needle: 'ERR_TLS_CERT_ALTNAME',
        pattern: /\bERR_TLS_CERT_ALTNAME_(?:INVALID|FORMAT)\b/,
        said: { means: 'cert-name' },
        example: "  code: 'ERR_TLS_CERT_ALTNAME_INVALID',",
        explains: 'The certificate is for other host names than the one that was asked for.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'cert-has-expired',
        needle: 'CERT_',
        pattern: /\bCERT_(?:HAS_EXPIRED|NOT_YET_VALID)\b/,
        said: { means: 'cert-expired' },
        example: "  code: 'CERT_HAS_EXPIRED'",
        explains: 'The certificate has expired or is not valid yet.',
      },
      {
        id: 'self-signed',
        needle: 'SELF_SIGNED_CERT',
        pattern: /\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)\b/,
        said: { means: 'cert-untrusted' },
        example: "  code: 'DEPTH_ZERO_SELF_SIGNED_CERT'",
        explains: 'The server’s certificate, or the root of its chain, is not among the trusted ones.',
      },
      {
        id: 'unable-to-verify',
        needle: 'UNABLE_TO_',
        pattern:
          /\bUNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?|GET_CRL|DECODE_ISSUER_PUBLIC_KEY|DECRYPT_CERT_SIGNATURE)\b/,
        said: { means: 'cert-untrusted' },
        example: "  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'",
        explains:
          'Node could not build a chain from the certificate to a trusted root. Often the server does not send its intermediate certificates.',
      },
      {
        id: 'certificate-refused',
        needle: 'CERT_',
        pattern: /\bCERT_(?:UNTRUSTED|REJECTED|REVOKED|SIGNATURE_FAILURE|CHAIN_TOO_LONG)\b/,
        said: { means: 'cert-untrusted' },
        example: "  code: 'CERT_UNTRUSTED'",
        explains: 'Node does not trust the certificate.',
      },
    ]),
    ...phrasesOf('https://github.com/nodejs/node/blob/main/lib/_tls_wrap.js', [
      {
        id: 'disconnected-during-tls',
        needle: 'secure TLS connection was established',
        pattern: /Client network socket disconnected before secure TLS connection was established/i,
        said: { means: 'closed-before-answer' },
        example: 'Error: Client network socket disconnected before secure TLS connection was established',
        explains: 'The other side closed TCP during the TLS handshake.',
      },
    ]),
    // HTTP.
    ...phrasesOf(http, [
      {
        id: 'socket-hang-up',
        needle: 'socket hang up',
        pattern: /\bsocket hang up\b/i,
        said: { means: 'closed-before-answer' },
        example: 'Error: socket hang up',
        explains: 'The server closed TCP without an answer to the request.',
      },
    ]),
    ...phrasesOf(parser, [
      {
        id: 'not-http',
        needle: 'Expected HTTP/',
        pattern: /Parse Error: Expected HTTP\//,
        said: { means: 'not-http' },
        side: 'client',
        example: 'Error: Parse Error: Expected HTTP/, RTSP/ or ICE/',
        explains: 'What came back is not HTTP: another protocol uses this port, or TLS does.',
      },
      {
        id: 'hpe-invalid-constant',
        needle: 'HPE_INVALID_CONSTANT',
        pattern: /\bHPE_INVALID_CONSTANT\b/,
        said: { means: 'not-http' },
        example: "  code: 'HPE_INVALID_CONSTANT',",
        explains: 'What arrived does not begin as HTTP does.',
      },
      {
        id: 'invalid-method',
        needle: ['Invalid method encountered', 'HPE_INVALID_METHOD'],
        pattern: /Parse Error: Invalid method encountered|\bHPE_INVALID_METHOD\b/i,
        said: { means: 'tls-garbled', unsure: true },
        side: 'server',
        example: 'Error: Parse Error: Invalid method encountered',
        explains: 'What arrived is not HTTP. A client that uses TLS on a plain port looks like this.',
      },
    ]),
    ...phrasesOf('https://nodejs.org/api/cli.html#--max-http-header-sizesize', [
      {
        id: 'header-overflow',
        needle: 'verflow',
        pattern: /Parse Error: Header overflow|\bHPE_HEADER_OVERFLOW\b/i,
        said: { means: 'request-too-large' },
        example: 'Error: Parse Error: Header overflow',
        explains:
          'The headers are larger than Node accepts (16 KiB, `--max-http-header-size`), as with many cookies.',
      },
    ]),
    ...phrasesOf(parser, [
      {
        id: 'parse-error',
        needle: 'Parse Error: ',
        pattern:
          /Parse Error: (?:Invalid (?:character|header|HTTP version|major|minor|EOF)|Missing expected (?:CR|LF)|Unexpected (?:space|whitespace|char)|Data after `Connection|Content-Length|Transfer-Encoding|Response does not match|Pause on )/,
        said: { means: 'bad-answer' },
        example: "Error: Parse Error: Content-Length can't be present with Transfer-Encoding",
        explains: 'The HTTP that came back breaks the rules of HTTP/1.1, and Node gives up.',
      },
      {
        id: 'parser-code',
        needle: 'HPE_',
        pattern:
          /\bHPE_(?:INVALID_(?!CONSTANT|METHOD)[A-Z_]{1,40}|UNEXPECTED_[A-Z_]{1,40}|LF_EXPECTED|CR_EXPECTED|STRICT|CLOSED_CONNECTION|PAUSED_UPGRADE)\b/,
        said: { means: 'bad-answer' },
        example: "  code: 'HPE_INVALID_HEADER_TOKEN',",
        explains: 'The HTTP that arrived breaks the rules of HTTP/1.1, and Node gives up.',
      },
    ]),
    ...phrasesOf('https://nodejs.org/api/errors.html#err_invalid_url', [
      {
        id: 'tunnel-refused',
        needle: 'tunneling socket could not be established',
        pattern: /\btunneling socket could not be established, statusCode=(\d{3})\b/,
        said: ([, status]) =>
          status === '407'
            ? { means: 'proxy-authentication', status: 407 }
            : { means: 'forward-proxy', status: Number(status) },
        side: 'client',
        example: 'Error: tunneling socket could not be established, statusCode=407',
        explains:
          'The forward proxy answered CONNECT with this status in place of 200. With 407 it wants a user and a password.',
      },
      {
        id: 'invalid-url',
        needle: 'ERR_',
        pattern: /\bERR_(?:INVALID_URL|UNESCAPED_CHARACTERS|SOCKET_BAD_PORT|INVALID_PROTOCOL)\b/,
        said: { means: 'invalid-url' },
        example: 'TypeError [ERR_INVALID_URL]: Invalid URL',
        explains: 'The address is not a URL that this function can use.',
      },
    ]),
  ],
})

function at(means: Meaning): (groups: RegExpExecArray) => Said {
  return (groups) => {
    const address = groups.slice(1).find((group) => group !== undefined)
    return address === undefined ? { means } : { means, address }
  }
}
