import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const logger =
  'https://github.com/chimurai/http-proxy-middleware/blob/master/src/plugins/default/logger-plugin.ts'
const cra =
  'https://github.com/facebook/create-react-app/blob/main/packages/react-dev-utils/WebpackDevServerUtils.js'

/** A line of a development proxy, with Node’s code for what happened to its own connection to the backend. */
function proxying(
  id: string,
  codes: string,
  means: Meaning,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'roxy',
    pattern: new RegExp(
      `(?:\\[HPM\\] Error occurred while (?:trying to )?proxy(?:ing)? (?:request|to)|Proxy error: Could not proxy request|\\bws proxy error)[^\\n]{0,600}?\\b(?:${codes})\\b`,
    ),
    said: { means },
    example,
    explains,
  }
}

const hpm = (code: string): string =>
  `[HPM] Error occurred while proxying request localhost:3000/ws to http://localhost:8080/ [${code}] (https://nodejs.org/api/errors.html#errors_common_system_errors)`

export default defineProgram({
  id: 'http-proxy-middleware',
  name: 'http-proxy-middleware and development proxies (Vite, webpack, Create React App)',
  side: 'proxy',
  mark: /\[HPM\]|\bws proxy error\b|\bCould not proxy request\b/,
  phrases: [
    ...phrasesOf(logger, [
      proxying(
        'backend-refused',
        'ECONNREFUSED',
        'backend-refused',
        'The backend does not accept connections at the address of the proxy’s target.',
        hpm('ECONNREFUSED'),
      ),
      proxying(
        'backend-unresolved',
        'ENOTFOUND|EAI_AGAIN',
        'backend-unresolved',
        'The host name of the proxy’s target has no address.',
        hpm('ENOTFOUND'),
      ),
      proxying(
        'backend-timeout',
        'ETIMEDOUT|EHOSTUNREACH|ENETUNREACH',
        'backend-timeout',
        'The proxy’s target did not answer.',
        hpm('ETIMEDOUT'),
      ),
      proxying(
        'backend-closed',
        'ECONNRESET|EPIPE|socket hang up|ECONNABORTED',
        'backend-closed',
        'The backend closed TCP without an answer, or while the WebSocket was open.',
        hpm('ECONNRESET'),
      ),
      proxying(
        'backend-tls',
        'EPROTO|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID|HPE_INVALID_CONSTANT',
        'backend-bad-answer',
        'The proxy and its target do not agree on TLS. A self-signed target needs secure: false.',
        hpm('DEPTH_ZERO_SELF_SIGNED_CERT'),
      ),
      {
        id: 'error-body',
        needle: 'Error occurred while trying to proxy',
        pattern: /\bError occurred while trying to proxy(?: to)?: [^\s[]{1,2048}/,
        said: { means: 'backend-refused', unsure: true },
        example: 'Error occurred while trying to proxy: localhost:3000/ws',
        explains:
          'The body of the proxy’s 504 or 500: it could not reach its target. Its log has Node’s code.',
      },
      {
        id: 'upgrading',
        needle: '[HPM] Upgrading to WebSocket',
        pattern: /\[HPM\] Upgrading to WebSocket\b/,
        said: { means: 'connecting' },
        example: '[HPM] Upgrading to WebSocket',
        explains: 'The proxy passes an upgrade on to its target.',
      },
      {
        id: 'client-connected',
        needle: '[HPM] Client connected',
        pattern: /\[HPM\] Client connected\b/,
        said: { means: 'opened' },
        example: '[HPM] Client connected: { address: "127.0.0.1", family: "IPv4", port: 52044 }',
        explains: 'The target accepted the upgrade.',
      },
      {
        id: 'client-disconnected',
        needle: '[HPM] Client disconnected',
        pattern: /\[HPM\] Client disconnected\b/,
        said: { means: 'lost' },
        example: '[HPM] Client disconnected: { address: "127.0.0.1", family: "IPv4", port: 52044 }',
        explains: 'The connection ended. How is not said.',
      },
    ]),
    ...phrasesOf(cra, [
      {
        id: 'cra-proxy',
        needle: 'Proxy error: Could not proxy request',
        pattern: /\bProxy error: Could not proxy request [^\n]{1,200}/,
        said: { means: 'backend-refused', unsure: true },
        example: 'Proxy error: Could not proxy request /ws from localhost:3000 to http://localhost:8080/.',
        explains: 'Create React App’s proxy could not reach its target.',
      },
    ]),
  ],
})
