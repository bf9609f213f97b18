import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const https =
  'https://github.com/TooTallNate/proxy-agents/blob/main/packages/https-proxy-agent/src/parse-proxy-response.ts'
const agent = 'https://github.com/TooTallNate/proxy-agents/blob/main/packages/https-proxy-agent/src/index.ts'
const tunnel = 'https://github.com/koichik/node-tunnel/blob/master/lib/tunnel.js'
const socks = 'https://github.com/JoshGlazebrook/socks/blob/master/src/common/constants.ts'
const pac = 'https://github.com/TooTallNate/proxy-agents/blob/main/packages/pac-proxy-agent/src/index.ts'

export default defineProgram({
  id: 'proxy-agents',
  name: 'Proxy agents of Node.js (https-proxy-agent, socks, tunnel)',
  side: 'client',
  phrases: [
    ...phrasesOf(tunnel, [
      {
        id: 'tunnel-status',
        needle: 'tunneling socket could not be established',
        pattern: /\btunneling socket could not be established, statusCode=(\d{3})/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        example: 'Error: tunneling socket could not be established, statusCode=407',
        explains: 'The forward proxy answered CONNECT with this status, and made no tunnel to this host.',
      },
      {
        id: 'tunnel-failed',
        needle: 'tunneling socket could not be established',
        pattern: /\btunneling socket could not be established, cause=[^\n]{1,300}/,
        said: { means: 'forward-proxy' },
        example: 'Error: tunneling socket could not be established, cause=connect ECONNREFUSED 10.0.0.1:3128',
        explains: 'The connection to the forward proxy itself failed, for the cause it names.',
      },
      {
        id: 'illegal-body',
        needle: 'got illegal response body from proxy',
        pattern: /\bgot illegal response body from proxy\b/,
        said: { means: 'forward-proxy' },
        example: 'Error: got illegal response body from proxy',
        explains: 'The forward proxy sent more than an answer to CONNECT: it is not a proxy for tunnels.',
      },
    ]),
    ...phrasesOf(https, [
      {
        id: 'ended-before-answer',
        needle: 'proxy CONNECT response',
        pattern: /\b(?:No header received|Invalid header) from proxy CONNECT response\b/,
        said: { means: 'forward-proxy' },
        example: 'Error: No header received from proxy CONNECT response',
        explains: 'What answered at the proxy’s address is no HTTP proxy.',
      },
      {
        id: 'proxy-ended',
        needle: 'Proxy connection ended before receiving CONNECT response',
        pattern: /\bProxy connection ended before receiving CONNECT response\b/,
        said: { means: 'forward-proxy' },
        example: 'Error: Proxy connection ended before receiving CONNECT response',
        explains: 'The forward proxy closed TCP without an answer to CONNECT.',
      },
    ]),
    ...phrasesOf(agent, [
      {
        id: 'proxy-authentication',
        needle: 'Proxy authentication failed with status',
        pattern: /\bProxy authentication failed with status (\d{3}) after retry\b/,
        said: ([, status]) => ({ means: 'proxy-authentication', status: Number(status) }),
        example: 'Error: Proxy authentication failed with status 407 after retry',
        explains: 'The forward proxy refused the name and password it was given.',
      },
    ]),
    ...phrasesOf(socks, [
      {
        id: 'socks-refused',
        needle: 'rejected connection',
        pattern: /\bSocks[45] [Pp]roxy rejected connection(?: - \(?([A-Za-z]{1,40})\)?)?/,
        said: { means: 'forward-proxy' },
        example: 'Error: Socks5 proxy rejected connection - HostUnreachable',
        explains: 'The SOCKS proxy did not connect to this host, for the reason it names.',
      },
      {
        id: 'socks-authentication',
        needle: 'Socks5 ',
        pattern:
          /\bSocks5 Authentication failed\b|\bReceived invalid Socks5 initial handshake \(no accepted authentication type\)/,
        said: { means: 'proxy-authentication' },
        example: 'Error: Socks5 Authentication failed',
        explains: 'The SOCKS proxy wants a name and a password, or refused the ones it was given.',
      },
      {
        id: 'socks-garbled',
        needle: 'invalid Socks',
        pattern:
          /\bReceived invalid Socks[45] (?:handshake|initial handshake|final handshake)\b(?! \(no accepted)/,
        said: { means: 'forward-proxy' },
        example: 'Error: Received invalid Socks5 initial handshake (invalid socks version)',
        explains: 'What answered at the proxy’s address does not speak SOCKS.',
      },
      {
        id: 'socks-timeout',
        needle: 'Proxy connection timed out',
        pattern: /\bProxy connection timed out\b/,
        said: { means: 'forward-proxy' },
        example: 'Error: Proxy connection timed out',
        explains: 'The SOCKS proxy did not answer within this client’s own timeout.',
      },
    ]),
    ...phrasesOf(pac, [
      {
        id: 'pac-failed',
        needle: 'Failed to establish a socket connection to proxies',
        pattern: /\bFailed to establish a socket connection to proxies: [^\n]{1,300}/,
        said: { means: 'forward-proxy' },
        example: 'Error: Failed to establish a socket connection to proxies: ["PROXY proxy.example:3128"]',
        explains: 'None of the proxies that the PAC file names could be used.',
      },
    ]),
  ],
})
