import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { requests } from '#lib/words/servers/apache/requests.ts'
import { tls } from '#lib/words/servers/apache/tls.ts'

const proxy = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/proxy_util.c'
const pages = 'https://github.com/apache/httpd/blob/trunk/modules/http/http_protocol.c'
const tunnel = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_wstunnel.c'
const backend = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_http.c'
const handlers = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy.c'
const balancer = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_balancer.c'
const access = 'https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_authz_core.c'
const basic = 'https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_auth_basic.c'
const events = 'https://github.com/apache/httpd/blob/trunk/server/mpm/event/event.c'
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
        fix: 'ModSecurity refused it, not your server. Find the rules that matched this request in its audit log, and exclude them for this path alone: ctl:ruleRemoveById in a rule on REQUEST_URI.',
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
        said: { means: 'backend-refused', status: 503, unsure: true },
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
    ...phrasesOf(tunnel, [
      {
        id: 'tunnel-timed-out',
        needle: 'AH10225',
        pattern: /\bAH10225: Tunnel timed out\b/,
        said: { means: 'idle-timeout' },
        example: 'AH10225: Tunnel timed out',
        explains:
          'Nothing was sent for ProxyWebsocketIdleTimeout, or for the timeout of the worker where that is not set, and Apache ended the tunnel.',
      },
      {
        id: 'upgrade-required',
        needle: 'require upgrade for URL',
        pattern:
          /\brequire upgrade for URL \S{1,2000} \(Upgrade header is [^()\n]{1,80}, expecting [^()\n]{1,40}\)/,
        said: { means: 'upgrade-missing', status: 426 },
        example:
          'AH02900: require upgrade for URL ws://127.0.0.1:8080/ws (Upgrade header is missing, expecting WebSocket)',
        explains:
          'The request came to a ws:// backend of Apache without an upgrade. Something before Apache left it out.',
      },
      {
        id: 'tunnel-connect',
        needle: 'AH02452',
        pattern: /\bAH02452: failed to make connection to backend: \S{1,255}/,
        said: { means: 'backend-refused', status: 503 },
        example: 'AH02452: failed to make connection to backend: 127.0.0.1',
        explains: 'mod_proxy_wstunnel could not connect to the backend. The line before it says why.',
      },
      {
        id: 'tunnel-url',
        needle: 'error parsing URL',
        pattern: /\bAH(?:02439|01083|01157): error parsing URL [^\n]{1,300}/,
        said: { means: 'upgrade-not-allowed', unsure: true },
        example: 'AH02439: error parsing URL //127.0.0.1:80x/ws: Invalid port',
        explains: 'The address that ProxyPass or a RewriteRule makes is none.',
      },
    ]),
    ...phrasesOf(backend, [
      {
        id: 'status-line',
        needle: 'reading status line from remote server',
        pattern: /\bAH01102: error reading status line from remote server (\S{1,255})/,
        said: ([, address]) => ({
          means: 'backend-closed',
          status: 502,
          ...(address !== undefined && { address }),
        }),
        example: 'AH01102: error reading status line from remote server 127.0.0.1:8080',
        explains:
          'The backend ended TCP without an answer, did not answer in time, or speaks TLS on this port.',
      },
      {
        id: 'http-connect',
        needle: 'AH01114',
        pattern: /\bAH01114: HTTP: failed to make connection to backend: \S{1,255}/,
        said: { means: 'backend-refused', status: 503 },
        example: 'AH01114: HTTP: failed to make connection to backend: 127.0.0.1',
        explains: 'mod_proxy_http could not connect to the backend. The line before it says why.',
      },
      {
        id: 'bad-response',
        needle: 'AH01',
        pattern:
          /\bAH(?:01106: bad HTTP\/|01098: Starting body due to bogus|01099: No HTTP headers returned)[^\n]{0,200}/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'AH01106: bad HTTP/7.1 header returned by /ws (GET)',
        explains: 'What the backend sent is not an HTTP/1.1 answer.',
      },
      {
        id: 'response-lost',
        needle: 'Network error reading response',
        pattern: /\bAH01110: Network error reading response\b/,
        said: { means: 'backend-closed', status: 502 },
        example: 'AH01110: Network error reading response',
        explains: 'The backend’s connection broke in the middle of its answer.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'connect-failed',
        needle: 'AH00957',
        pattern:
          /(?:\((\d{1,5})\)[^:\n]{1,120}: )?AH00957: \w{2,8}: attempt to connect to (\S{1,255})(?: \([^()\n]{1,260}\))? failed/,
        said: ([, errno, address]) => ({
          means: errno === '110' || errno === '70007' ? 'backend-timeout' : 'backend-refused',
          status: 503,
          ...(address !== undefined && { address }),
        }),
        example:
          '(111)Connection refused: AH00957: WS: attempt to connect to 127.0.0.1:8080 (127.0.0.1:8080) failed',
        explains: 'Apache could not connect to the backend. The words before the number are the system’s.',
      },
      {
        id: 'disabled',
        needle: 'AH009',
        pattern:
          /\bAH00940: \w{2,8}: disabled connection for \([^()\n]{1,260}\)|\bAH00959: ap_proxy_connect_backend disabling worker\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'AH00940: WS: disabled connection for (127.0.0.1:8080)',
        explains: 'The backend failed shortly before, and Apache does not try it again for retry seconds.',
      },
      {
        id: 'busy',
        needle: 'all workers are busy',
        pattern: /\bAH00934: all workers are busy\b/,
        said: { means: 'too-many-connections', status: 503 },
        example: 'AH00934: all workers are busy. Unable to serve ws://127.0.0.1:8080/ws',
        explains: 'Every connection that the worker may have to the backend is taken.',
      },
      {
        id: 'backend-tls',
        needle: 'AH00898',
        pattern: /\bAH00898: Error during SSL Handshake with remote server\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'AH00898: Error during SSL Handshake with remote server returned by /ws',
        explains: 'TLS between Apache and the backend failed. The backend may speak plain HTTP on this port.',
      },
      {
        id: 'backend-tls-off',
        needle: 'SSLProxyEngine',
        pattern:
          /\bSSL Proxy requested for \S{1,255} but not enabled(?: for \S{1,40})? ?\[Hint: SSLProxyEngine\]|\bfailed to enable ssl support \[Hint: if using mod_ssl, see SSLProxyEngine\]/,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example: 'AH01961:  failed to enable ssl support [Hint: if using mod_ssl, see SSLProxyEngine]',
        explains: 'The backend’s address is wss:// or https://, and Apache has no SSLProxyEngine on.',
      },
      {
        id: 'backend-tls-not-enabled',
        needle: 'failed to enable ssl support for',
        pattern: /\bfailed to enable ssl support for \S{1,255}/,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example: 'AH00961: WSS: failed to enable ssl support for 10.0.0.9:9443 (backend.internal)',
        explains: 'The backend’s address is wss:// or https://, and Apache has no SSLProxyEngine on.',
      },
    ]),
    ...phrasesOf(handlers, [
      {
        id: 'no-handler',
        needle: 'No protocol handler was valid for the URL',
        pattern: /\bNo protocol handler was valid for the URL \S{1,2000}/,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example:
          "AH01144: No protocol handler was valid for the URL /ws (scheme 'ws'). If you are using a DSO version of mod_proxy, make sure the proxy submodules are included in the configuration using LoadModule.",
        explains: 'The module for this scheme is not loaded: mod_proxy_wstunnel for ws:// and wss://.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'balancer-down',
        needle: 'AH011',
        pattern:
          /\bAH(?:01167|01170|01171): \S{1,300}: (?:All workers are in error state|No workers in balancer)\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'AH01170: balancer://ws: All workers are in error state',
        explains: 'No member of the balancer is usable.',
      },
    ]),
    ...phrasesOf(access, [
      {
        id: 'denied',
        needle: 'client denied by server configuration',
        pattern: /\bclient denied by server configuration: [^\n]{1,300}/,
        said: { means: 'forbidden', status: 403 },
        example: 'AH01630: client denied by server configuration: proxy:ws://127.0.0.1:8080/ws',
        explains: 'A Require or Deny rule of Apache refuses the request.',
      },
    ]),
    ...phrasesOf(basic, [
      {
        id: 'basic-auth',
        needle: 'AH016',
        pattern: /\bAH01617: user \S{1,100}: authentication failure\b|\bAH01618: user \S{1,100} not found\b/,
        said: { means: 'unauthorized', status: 401 },
        example: 'AH01617: user ada: authentication failure for "/ws": Password Mismatch',
        explains: 'Apache’s Basic authentication does not know this user and password.',
      },
    ]),
    ...phrasesOf(events, [
      {
        id: 'workers-full',
        needle: 'MaxRequestWorkers',
        pattern:
          /\bserver (?:reached|is within MinSpareThreads of) MaxRequestWorkers\b|\bscoreboard is full, not at MaxRequestWorkers\b/,
        said: { means: 'too-many-connections' },
        example:
          'AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting',
        explains: 'Every worker of Apache is taken, by WebSockets as well. New connections wait.',
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
    ...tls,
    ...requests,
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
