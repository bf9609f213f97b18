/** Requests that Apache refuses or changes before a backend gets them, and tunnels that it cannot make. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const core = 'https://github.com/apache/httpd/blob/trunk/server/core.c'
const backend = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_http.c'
const proxy = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/proxy_util.c'
const tunnel = 'https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_wstunnel.c'

export const requests: readonly Phrase[] = [
  ...phrasesOf(core, [
    {
      id: 'invalid-uri',
      needle: 'Invalid URI in request',
      pattern: /\bAH00126: Invalid URI in request [^\n]{1,300}/,
      said: { means: 'status', status: 400 },
      example: "AH00126: Invalid URI in request 'ws' 'GET ws HTTP/1.1'",
      explains: 'The address in the request does not begin with a slash. Apache answers 400.',
    },
  ]),
  ...phrasesOf(backend, [
    {
      id: 'forwarded-characters',
      needle: 'To be forwarded ',
      pattern:
        /\bAH104(?:08|09|15|19): To be forwarded (?:path|query string) contains control characters or spaces\b/,
      said: { means: 'upgrade-not-allowed', status: 403 },
      example:
        'AH10408: To be forwarded query string contains control characters or spaces, referer: https://app.example/',
      explains:
        'A RewriteRule decoded the address, and a space or control character came out of it. Apache does not pass that on, and answers 403.',
      fix: 'Give the RewriteRule the flag B, which encodes again what it took out of the address. Or pass the path on with ProxyPass alone, with upgrade=websocket.',
    },
  ]),
  ...phrasesOf(tunnel, [
    {
      id: 'tunnel-create',
      needle: [' websocket tunnel', "can't create tunnel for"],
      pattern:
        /\bAH(?:02543: error creating websocket tunnel|10211: error registering websocket tunnel|10240: can't create tunnel for \S{1,60})/,
      said: { means: 'handler-failed', phase: 'handshake', status: 500 },
      example: 'AH02543: error creating websocket tunnel',
      explains: 'Apache itself could not set up the tunnel. The words before the number are the system’s.',
    },
  ]),
  ...phrasesOf(proxy, [
    {
      id: 'no-connection-free',
      needle: 'failed to acquire connection for',
      pattern: /\bAH00941: \w{2,8}: failed to acquire connection for \([^()\n]{1,260}\)/,
      said: { means: 'too-many-connections', status: 503 },
      example:
        '(70007)The timeout specified has expired: AH00941: WS: failed to acquire connection for (10.0.0.9:8080)',
      explains:
        'Every connection that the worker may have to the backend is taken (max), and none became free in time (acquire).',
    },
  ]),
]
