import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://github.com/haproxy/haproxy/blob/master/src/http_htx.c'

const config = 'https://github.com/haproxy/haproxy/blob/master/src/cfgparse.c'

const states = 'https://github.com/haproxy/haproxy/blob/master/doc/configuration.txt'

const connections = 'https://github.com/haproxy/haproxy/blob/master/src/connection.c'

export default defineProgram({
  id: 'haproxy',
  name: 'HAProxy (its own answers)',
  side: 'proxy',
  phrases: [
    ...phrasesOf(config, [
      {
        id: 'config-refused',
        needle: ['parsing [', 'config : ['],
        pattern:
          /(?:\bparsing |(?<!WARNING[^:\n]{0,40}: )\bconfig : )\[[^\]\n]{1,300}:\d{1,7}\] ?: [^\n]{1,300}/,
        said: { means: 'config-refused' },
        example: "parsing [/etc/haproxy/haproxy.cfg:12] : unknown keyword 'timeouts' in 'defaults' section",
        explains: 'HAProxy refuses this line of its configuration and does not start.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'no-server',
        needle: 'No server is available to handle this request',
        pattern: /\bNo server is available to handle this request\b/,
        said: { means: 'no-backend', status: 503, unsure: true },
        example: '<h1>503 Service Unavailable</h1> No server is available to handle this request.',
        explains:
          'HAProxy’s 503: all servers of the backend are down, or it found no backend for the request.',
      },
      {
        id: 'invalid-response',
        needle: 'The server returned an invalid or incomplete response',
        pattern: /\bThe server returned an invalid or incomplete response\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '<h1>502 Bad Gateway</h1> The server returned an invalid or incomplete response.',
        explains:
          'HAProxy’s 502: the backend closed TCP without an answer, or answered with something that is not HTTP.',
      },
      {
        id: 'no-response',
        needle: "The server didn't respond in time",
        pattern: /\bThe server didn't respond in time\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: "<h1>504 Gateway Time-out</h1> The server didn't respond in time.",
        explains: 'HAProxy’s 504: the backend did not answer within timeout server.',
      },
      {
        id: 'forbidden',
        needle: 'Request forbidden by administrative rules',
        pattern: /\bRequest forbidden by administrative rules\b/,
        said: { means: 'forbidden', status: 403 },
        example: '<h1>403 Forbidden</h1> Request forbidden by administrative rules.',
        explains: 'HAProxy’s 403: a rule of its configuration denies the request.',
      },
      {
        id: 'invalid-request',
        needle: 'Your browser sent an invalid request',
        pattern: /\bYour browser sent an invalid request\b/,
        said: { means: 'handshake-header', status: 400 },
        example: '<h1>400 Bad request</h1> Your browser sent an invalid request.',
        explains:
          'HAProxy’s 400: it does not accept the request. TLS to a plain port, or headers that are too large, do that.',
      },
      {
        id: 'incomplete-request',
        needle: 'send a complete request in time',
        pattern: /\bYour browser didn't send a complete request in time\b/,
        said: { means: 'handshake-timeout', status: 408 },
        example: "<h1>408 Request Time-out</h1> Your browser didn't send a complete request in time.",
        explains: 'HAProxy’s 408: the request was not whole within timeout http-request.',
      },
      {
        id: 'too-many-requests',
        needle: 'You have sent too many requests',
        pattern: /\bYou have sent too many requests in a given amount of time\b/,
        said: { means: 'rate-limited', status: 429 },
        example: '<h1>429 Too Many Requests</h1> You have sent too many requests in a given amount of time.',
        explains: 'HAProxy’s 429: a rule of its configuration limits requests.',
      },
    ]),
    ...phrasesOf(states, [
      {
        id: 'bad-request-late',
        needle: '<BADREQ>',
        pattern: /<BADREQ>"? cR--/,
        said: { means: 'handshake-timeout', status: 408, unsure: true },
        example: '<BADREQ> cR-- 408',
        explains:
          'The request was not whole within timeout http-request. Browsers connect ahead and send nothing, which ends so, too.',
      },
      {
        id: 'bad-request-left',
        needle: '<BADREQ>',
        pattern: /<BADREQ>"? CR--/,
        said: { means: 'ended' },
        example: '<BADREQ> CR-- 400',
        explains:
          'Somebody connected and left before the request was whole: a health check, a scanner, a browser that connects ahead.',
      },
      {
        id: 'bad-request',
        needle: '<BADREQ>',
        pattern: /<BADREQ>"? PR--/,
        said: { means: 'tls-garbled', status: 400, unsure: true },
        example: '<BADREQ> PR-- 400',
        explains:
          'HAProxy cannot read this as an HTTP request. It is TLS at a port without ssl, has headers that are too large, or a character that is not allowed.',
        fix: 'Ask HAProxy what it minded: echo "show errors" | socat stdio YOUR_STATS_SOCKET prints the bytes. Bytes that begin with 16 03 are TLS: the bind line of that port needs ssl.',
      },
    ]),
    ...phrasesOf(connections, [
      {
        id: 'tls-failed',
        needle: 'SSL handshake',
        pattern:
          /\/\d{1,5}: (?:SSL handshake failure|Connection (?:closed|error) during SSL handshake|Timeout during SSL handshake)\b/,
        said: { means: 'tls-garbled', unsure: true },
        example: '10.0.0.9:51442 [01/May/2024:10:00:00.000] https/1: SSL handshake failure',
        explains:
          'TLS with a client failed: it does not trust the certificate, shares no version, or does not speak TLS at all.',
      },
      {
        id: 'client-certificate',
        needle: 'SSL client',
        pattern: /\bSSL client (?:CA chain cannot be verified|certificate not trusted)\b/,
        said: { means: 'tls-client-certificate' },
        example: '10.0.0.9:51442 [01/May/2024:10:00:00.000] https/1: SSL client certificate not trusted',
        explains: 'The client’s certificate is not one that verify required accepts.',
      },
      {
        id: 'server-certificate',
        needle: 'Server presented an SSL certificate',
        pattern: /\bServer presented an SSL certificate different from\b/,
        said: { means: 'backend-bad-answer' },
        example: 'Server presented an SSL certificate different from the configured one',
        explains: 'The backend’s certificate is not the one that HAProxy expects.',
      },
      {
        id: 'proxy-header',
        needle: 'PROXY protocol header',
        pattern: /\bReceived something which does not look like a PROXY protocol header\b/,
        said: { means: 'config-refused', unsure: true },
        example:
          '10.0.0.9:51442 [01/May/2024:10:00:00.000] https/1: Received something which does not look like a PROXY protocol header',
        explains: 'accept-proxy is set, and what is before HAProxy sends no PROXY header.',
      },
    ]),
  ],
})
