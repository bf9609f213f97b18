import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const webSockets = 'https://github.com/grafana/k6/blob/master/internal/js/modules/k6/websockets/websockets.go'
const summary = 'https://grafana.com/docs/k6/latest/using-k6/metrics/reference/'
const codes = 'https://grafana.com/docs/k6/latest/javascript-api/error-codes/'

export default defineProgram({
  id: 'k6',
  name: 'k6',
  side: 'client',
  mark: /\berror_code=1\d{3}\b|\bk6\/ws\b|source=(?:console|stacktrace)/,
  phrases: [
    ...phrasesOf(webSockets, [
      {
        id: 'invalid-url',
        needle: 'WebSocket requires',
        pattern:
          /\bWebSocket requires (?:a url|valid url, but got|url with scheme ws or wss|no url fragment)/,
        said: { means: 'invalid-url' },
        example: 'WebSocket requires url with scheme ws or wss, but got "https"',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'init-context',
        needle: 'using websockets in the init context',
        pattern: /using websockets in the init context is not supported/,
        said: { means: 'used-too-early' },
        example: 'using websockets in the init context is not supported',
        explains: 'The script opened a WebSocket outside of its default function. No connection was tried.',
      },
      {
        id: 'not-open',
        needle: 'GoError: InvalidStateError',
        pattern: /\bGoError: InvalidStateError\b/,
        said: { means: 'used-too-early' },
        side: 'client',
        example: 'GoError: InvalidStateError',
        explains: 'The script sent when the connection was not open.',
      },
    ]),
    ...phrasesOf(summary, [
      {
        id: 'check-of-status',
        needle: [' 101'],
        pattern:
          /✗ (?:\[?\w{1,20}\]? )?(?:status|response code|handshake)(?: code)? (?:is|was|=|==|equals) 101\b/i,
        said: { means: 'bad-answer', unsure: true },
        example: '✗ status is 101',
        explains:
          'The check of the script failed, at least now and then: the handshake was not answered with 101. Print res.status and res.error to see with what.',
      },
      {
        id: 'metrics',
        needle: ['ws_connecting', 'ws_session', 'ws_msgs', 'ws_ping'],
        pattern: /\bws_(?:connecting|sessions?|session_duration|msgs_(?:sent|received)|ping)\.{2,60}: /,
        said: { means: 'nothing-said' },
        example: 'ws_session_duration...........: avg=60.01s min=60s med=60s max=60.02s',
        explains:
          'A metric at the end of a run: how long handshakes and sessions took, or how many there were.',
      },
    ]),
    ...phrasesOf(codes, [
      code(1101, { means: 'dns-failure' }, 'The host name has no address in DNS.'),
      code(1211, { means: 'connect-timeout' }, 'TCP got no answer.'),
      code(1212, { means: 'refused' }, 'No program accepts connections at this address and port.'),
      code(1220, { means: 'reset' }, 'TCP was reset by the server or a device on the way.'),
      code(1310, { means: 'cert-untrusted' }, 'The issuer of the certificate is not known here.'),
      code(1311, { means: 'cert-name' }, 'The certificate is for another host name.'),
    ]),
  ],
})

function code(number: number, said: Said, explains: string): Omit<Phrase, 'source'> {
  return {
    id: `error-code-${number}`,
    needle: `${number}`,
    pattern: new RegExp(`\\berror_code["']?[=:] ?["']?${number}\\b`),
    said,
    example: `level=warning msg="Request Failed" error_code=${number}`,
    explains,
  }
}
