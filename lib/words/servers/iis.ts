import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const arr =
  'https://learn.microsoft.com/en-us/iis/extensions/troubleshooting-application-request-routing/troubleshooting-502-errors-in-arr'
const statuses =
  'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-status-code'

/**
 * ARR’s 502.3 with the number of WinHTTP, in the page (`Error Code 0x80072efd`) and in the log (`sc-win32-status`), where it
 * also stands as 0x80070000 and the number in one.
 */
function routed(
  id: string,
  numbers: readonly number[],
  said: Said,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> {
  const forms = numbers.map((number) => `${number}|${BASE + number}|0x${(BASE + number).toString(16)}`)
  return {
    id,
    needle: '502.3 ',
    pattern: new RegExp(`\\bHTTP Error 502\\.3 [^\\n]{0,300}?\\b(?:${forms.join('|')})\\b`, 'i'),
    said: { ...said, status: 502 },
    example,
    explains,
  }
}

const BASE = 0x80070000

/** A status whose second number says why, whatever is printed behind it. */
function numbered(
  id: string,
  number: string,
  said: Said,
  explains: string,
  example: string,
  fix?: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'HTTP Error ',
    pattern: new RegExp(`\\bHTTP Error ${number}(?!\\d)`),
    said,
    example,
    explains,
    ...(fix !== undefined && { fix }),
  }
}

export default defineProgram({
  id: 'iis',
  name: 'IIS and its ARR (numbers of its pages and logs)',
  side: 'proxy',
  mark: /\bHTTP Error \d{3}\.\d{1,3}\b/,
  phrases: [
    ...phrasesOf(arr, [
      routed(
        'connect',
        [12029],
        { means: 'backend-refused' },
        'ARR could not connect to the backend: nothing listens there, or a firewall is between them.',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072efd',
      ),
      routed(
        'name',
        [12007],
        { means: 'backend-unresolved' },
        'The host name of the backend in the rewrite rule or server farm has no address.',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072ee7',
      ),
      routed(
        'timeout',
        [12002],
        // It is said of the connection attempt, too.
        { means: 'backend-timeout', unsure: true },
        'The backend did not answer within the time-out of ARR’s proxy settings (120 s unless set).',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072ee2',
      ),
      routed(
        'closed',
        [12030, 12031, 64],
        { means: 'backend-closed' },
        'The backend ended or reset the connection before it had answered.',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072efe',
      ),
      routed(
        'answer',
        [12152],
        { means: 'backend-bad-answer' },
        'What the backend answered is no HTTP that ARR reads.',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072f78',
      ),
      routed(
        'tls',
        [12037, 12038, 12044, 12045, 12057, 12157, 12169, 12170, 12175, 12179],
        { means: 'backend-bad-answer' },
        'TLS between ARR and the backend failed: ARR does not take its certificate, or they share no version.',
        'HTTP Error 502.3 - Bad Gateway. Error Code 0x80072f8f',
      ),
      numbered(
        'no-server',
        '502\\.4',
        { means: 'no-backend', status: 502 },
        'ARR has no server in its farm that it counts as healthy.',
        'HTTP Error 502.4 - Bad Gateway',
      ),
    ]),
    ...phrasesOf(
      'https://learn.microsoft.com/en-us/iis/get-started/whats-new-in-iis-8/iis-80-websocket-protocol-support',
      [
        {
          id: 'feature-not-installed',
          needle: 'Web-WebSockets',
          pattern: /\[ \] WebSocket Protocol\s{1,60}Web-WebSockets\s{1,40}(?:Available|Removed)\b/,
          said: { means: 'no-websocket-support', unsure: true },
          side: 'server',
          example: '            [ ] WebSocket Protocol              Web-WebSockets                 Available',
          explains:
            'The Windows feature WebSocket Protocol is not installed: IIS and ARR pass no upgrade on, and answer the handshake as a page’s request.',
          fix: 'Install it: Install-WindowsFeature Web-WebSockets, or WebSocket Protocol under Web Server, Application Development. Restart IIS afterwards.',
        },
      ],
    ),
    ...phrasesOf(statuses, [
      numbered(
        'rewrite-failed',
        '500\\.5[0-3]',
        { means: 'upgrade-not-allowed', status: 500 },
        'The URL Rewrite module failed over one of its rules, before any backend was asked.',
        'HTTP Error 500.50 - URL Rewrite Module Error.',
        'Allow each server variable that a rule sets, under View Server Variables of URL Rewrite. The page names the rule that failed.',
      ),
      numbered(
        'too-many-requests',
        '503\\.[234]',
        { means: 'too-many-connections', status: 503 },
        'IIS has as many requests as it may: appConcurrentRequestLimit, or a queue. Each WebSocket is one.',
        'HTTP Error 503.2 - Service Unavailable',
      ),
      numbered(
        'address-limited',
        '40[34]\\.50[12]',
        { means: 'rate-limited' },
        'Dynamic IP Restrictions refuses this client: too many connections, or too many requests.',
        'HTTP Error 403.502 - Forbidden',
      ),
      numbered(
        'url-too-long',
        '404\\.1[045]',
        { means: 'request-too-large', status: 404 },
        'IIS’s request filtering refuses it: a header, the path or the query is longer than it allows.',
        'HTTP Error 404.15 - Not Found',
        'Raise maxQueryString, maxUrl or the header’s sizeLimit under requestLimits in web.config, or send the token in another way.',
      ),
      numbered(
        'filtered',
        '404\\.(?:[5-8]|1[189])',
        { means: 'no-route', status: 404 },
        'IIS’s request filtering refuses this address: a sequence, an extension, a verb or a rule of it.',
        'HTTP Error 404.11 - Not Found',
        'Allow this address under requestFiltering in web.config: the second number of the 404 says which of its rules refused it.',
      ),
      numbered(
        'no-handler',
        '404\\.[34]',
        { means: 'no-route', status: 404 },
        'No handler of IIS takes this path.',
        'HTTP Error 404.4 - Not Found',
      ),
    ]),
  ],
})
