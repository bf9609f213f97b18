import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { hopsSeen } from '#lib/playbook/weighing/lost-upgrade.ts'
import { versionRefused } from '#lib/playbook/weighing/refusal-words.ts'
import { webPage } from '#lib/playbook/weighing/web-page.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Refusals that another cause owns; any other 4xx is an application that treats the upgrade as a plain request. */
const OWNED = [401, 403, 407, 408, 410, 413, 414, 421, 429, 431, 451, 494]

const isPlain = (status: number): boolean =>
  (status >= 200 && status < 300) ||
  status === 304 ||
  status === 501 ||
  (status >= 400 && status < 500 && !OWNED.includes(status))

export default defineCause({
  id: 'not-a-websocket-endpoint',
  stage: 'handshake',
  side: 'server',
  title: 'Not a WebSocket endpoint',
  symptom: 'The handshake is answered like a plain request: 200, 400, 404, 405 or 426.',
  endings: ['answered', 'unopened'],
  needs: ['server', 'proxy.access_log'],

  test: (facts) => {
    const { answer, ending, backend, settings } = facts
    if (answer && !isPlain(answer.status)) return ruledOut(...ending.because)
    const { request } = backend
    if (request?.headers && !(request.upgrade && request.connection)) {
      return ruledOut(say('The backend never saw an upgrade', `server[${request.at}].headers`))
    }
    if (answer?.by === 'proxy')
      return answer.status === 200 ? weighed(possible(...answer.because), 0.5) : ruledOut(...answer.because)
    // Who gets no upgrade cannot but answer like that.
    if (settings.passing?.upgrade === false) return weighed(possible(...ending.because), 0.3)
    const plain = toldByAny(facts.told, 'plain-request')
    if (plain && answer && !request?.headers) {
      const because = say(sentence`It was answered like a page’s request: ${plain.detail}`, plain.from)
      // Flask is WSGI: no endpoint of it is one.
      if (plain.application === 'flask') return weighed(possible(because), 0.5)
      return weighed(likely(because), hopsSeen(facts).because.length > 0 ? 0.55 : 0.7)
    }
    const foreign =
      versionRefused(facts) ?? (request?.httpVersion !== undefined && request.httpVersion !== '1.1')
    if (answer && answer.status !== 404 && request?.headers && !foreign) {
      return likely(
        say(
          'The upgrade reached the backend, which answered it like a plain request',
          `server[${request.at}].headers`,
        ),
      )
    }
    const weight = answer === undefined ? 0.3 : answer.status === 404 ? 0.3 : 0.6
    return weighed(possible(...ending.because, ...webPage(facts)), weight)
  },

  explain: {
    wire: 'The backend got a proper upgrade and answered as for a page: the route has no WebSocket handler, or another process serves it.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Send the same handshake to the backend directly and read the answer.',
    sources: [{ title: 'RFC 6455 §4.2.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2' }],
  },

  fix: (facts) => ({
    summary: sentence`Attach the WebSocket server to ${pathOf(facts)}.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, path: ${js.string(pathOf(facts))} })`,
      },
    ],
  }),

  reproduce: null,
})
