import { noticeOf } from '#lib/facts/proxy.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineCause({
  id: 'path-not-found',
  stage: 'handshake',
  title: 'No endpoint at this path',
  symptom:
    'The handshake is answered with 404, by Starlette with 403, or with the page of a single-page app.',
  endings: ['answered', 'unopened'],
  needs: ['proxy.access_log', 'server'],

  test: (facts) => {
    const { answer, ending, backend } = facts
    if (answer?.status === 403 && answer.by !== 'proxy' && answer.headers && answer.body === '')
      return weighed(
        possible(say('The refusal gives no reason, as Starlette’s for an unknown path', answer.from)),
        0.3,
      )
    if (answer && ![200, 400, 404, 410].includes(answer.status)) return ruledOut(...ending.because)
    const stripped = backend.request?.headers && !(backend.request.upgrade && backend.request.connection)
    if (stripped)
      return ruledOut(say('The backend never saw an upgrade', `server[${backend.request?.at ?? 0}].headers`))
    const file = noticeOf(facts.proxy, 'file-not-found')
    if (answer?.status === 404 && file)
      return proven(say('The proxy looked for a file at this path', file.from))
    const other = facts.retries.path.find((retry) => retry.opened)
    if (other && answer)
      return weighed(
        likely(
          say(
            sentence`At ${other.vary.url ?? other.vary.path ?? 'another path'} the same handshake is accepted`,
            other.from,
          ),
        ),
        0.9,
      )
    const { own } = facts.settings
    if (own && answer && (own.status ?? answer.status) === answer.status) {
      return weighed(likely(say(own.says, own.from)), 0.8)
    }
    if (answer?.status === 404 || answer?.status === 410) {
      if (answer.by !== 'unknown') return likely(...answer.because)
      return weighed(likely(...ending.because), 0.6)
    }
    if (answer?.status === 200 && answer.by === 'proxy') return weighed(likely(...answer.because), 0.8)
    if (answer?.status === 400 && answer.by === 'proxy') return ruledOut(...answer.because)
    return weighed(possible(...ending.because), answer?.status === 200 ? 0.5 : 0.35)
  },

  explain: {
    wire: 'The request ends where no WebSocket lives: a missing slash, a location that does not match, `try_files` that answers everything with the app’s page. Starlette and FastAPI answer 403 without a body to a WebSocket for a path that they do not know.',
    browser:
      'Script sees an error event and 1006 for every refused handshake; the status stands in the console, headers and body only in a probe.',
    sure: 'Look at `$upstream_status`: `-` means that the proxy answered itself.',
    sources: [
      { title: 'nginx, location', url: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location' },
      { title: 'Starlette, WebSockets', url: 'https://www.starlette.io/websockets/' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Route ${pathOf(facts)} to the WebSocket server, exactly as the page asks for it.`,
    changes: [
      {
        program: 'nginx',
        context: 'server',
        where: sentence`nginx, server`,
        text: nginx`location ${nginx.word(pathOf(facts))} {\n    proxy_pass http://127.0.0.1:8080;\n    proxy_http_version 1.1;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection "upgrade";\n}`,
      },
    ],
  }),

  reproduce: 'spa-fallback',
})
