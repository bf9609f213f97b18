import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const proxy = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/proxy_util.c'
const pages = 'https://github.com/apache/httpd/blob/trunk/modules/http/http_protocol.c'
const config = 'https://github.com/apache/httpd/blob/trunk/server/config.c'
const arr =
  'https://learn.microsoft.com/en-us/iis/extensions/troubleshooting-application-request-routing/troubleshooting-502-errors-in-arr'

export default defineProgram({
  id: 'apache',
  name: 'Apache httpd and IIS ARR (their own answers)',
  side: 'proxy',
  phrases: [
    ...phrasesOf('https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-(v3.x)', [
      {
        id: 'mod-security',
        needle: 'ModSecurity: Access denied',
        pattern: /\bModSecurity: Access denied with code (\d{3})\b/,
        said: ([, status]) => ({ means: 'forbidden', status: Number(status) }),
        side: 'proxy',
        example: 'ModSecurity: Access denied with code 403 (phase 2). Matched "Operator `Rx\'" [uri "/ws"]',
        explains: 'A rule of ModSecurity, in Apache or nginx, refused the request. The line has its id.',
      },
    ]),
    ...phrasesOf(pages, [
      {
        id: 'proxy-error',
        needle: 'invalid response from an upstream server',
        pattern: /\bThe proxy server received an invalid\s{1,4}response from an upstream server\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'The proxy server received an invalid response from an upstream server.',
        explains:
          'Apache’s 502: the backend closed TCP without an answer, or answered with something that is not HTTP.',
      },
      {
        id: 'unavailable',
        needle: 'maintenance downtime or capacity',
        pattern:
          /\bThe server is temporarily unable to service your\s{1,4}request due to maintenance downtime or capacity\s{1,4}problems\b/,
        said: { means: 'backend-refused', status: 503 },
        example:
          'The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.',
        explains:
          'Apache’s 503: the backend refuses connections, and Apache does not try again for retry seconds.',
      },
      {
        id: 'gateway-timeout',
        needle: 'timely response from the upstream server',
        pattern: /\bThe gateway did not receive a timely response\s{1,4}from the upstream server\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: 'The gateway did not receive a timely response from the upstream server or application.',
        explains: 'Apache’s 504: the backend did not answer within ProxyTimeout.',
      },
      {
        id: 'plain-on-tls',
        needle: 'speaking plain HTTP to an SSL-enabled server port',
        pattern: /\bYou're speaking plain HTTP to an SSL-enabled server port\b/,
        said: { means: 'plain-on-tls', status: 400 },
        example: "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
        explains:
          'Apache’s 400: this port speaks TLS. The URL, or the proxy before it, uses ws:// or http://.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'reading-failed',
        needle: 'Error reading from remote server',
        pattern: /\bError reading from remote server\b/,
        said: { means: 'backend-closed', status: 502 },
        example: 'Reason: Error reading from remote server',
        explains: 'The backend behind Apache closed TCP without an answer.',
      },
      {
        id: 'lookup-failed',
        needle: 'DNS lookup failure for',
        pattern: /\bDNS lookup failure for: \S{1,255}/,
        said: { means: 'backend-unresolved', status: 502 },
        example: 'Reason: DNS lookup failure for: backend',
        explains: 'The host name in ProxyPass has no address.',
      },
    ]),
    ...phrasesOf(config, [
      {
        id: 'config-refused',
        needle: 'Syntax error on line',
        pattern: /\bAH00526: Syntax error on line \d{1,7} of [^\n]{1,300}/,
        said: { means: 'config-refused' },
        example: 'AH00526: Syntax error on line 9 of /etc/apache2/sites-enabled/app.conf:',
        explains: 'Apache refuses its configuration and does not start. The next line names the reason.',
      },
      {
        id: 'unknown-directive',
        needle: 'not included in the server configuration',
        pattern:
          /\bInvalid command '[^'\n]{1,80}', perhaps misspelled or defined by a module not included in the server configuration\b/,
        said: { means: 'config-refused' },
        example:
          "Invalid command 'ProxyPass', perhaps misspelled or defined by a module not included in the server configuration",
        explains: 'Apache does not know this directive: its module is not loaded, or the word is wrong.',
      },
    ]),
    ...phrasesOf(arr, [
      {
        id: 'arr-502',
        needle: 'acting as a gateway or proxy server',
        pattern: /\bWeb server received an invalid response while acting as a gateway or proxy server\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '502 - Web server received an invalid response while acting as a gateway or proxy server.',
        explains: 'IIS’s 502: the backend behind Application Request Routing failed to answer.',
      },
    ]),
  ],
})
