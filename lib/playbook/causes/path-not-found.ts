import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf, whereProxied } from '#lib/playbook/weighing/advice.ts'
import { endedAtOnceMs } from '#lib/playbook/weighing/cut-times.ts'
import { openerFinding } from '#lib/playbook/weighing/opener-finding.ts'
import { negotiatedBefore } from '#lib/playbook/weighing/session.ts'
import { webPage } from '#lib/playbook/weighing/web-page.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { js, python, ruby } from '#lib/text/languages.ts'

/** The address at which a retry opened what fails here, where that is another path and not another query. */
function openedAt({ opener, target }: Facts): URL | undefined {
  if (opener?.question !== 'path' || !target.url) return undefined
  const { path, url = target.url.href } = opener.retry.vary
  const address = URL.parse(url)
  if (address && path !== undefined) address.pathname = path
  return address && address.pathname !== target.pathname ? address : undefined
}

/** The server's own refusal of a path, which needs no word. */
const isRefusedByWs = ({ told }: Facts): boolean =>
  told.server.some(({ means, program }) => means === 'no-route' && program === 'ws')

/** What a proxy answers by itself where nothing of WebSockets is at the path; undefined where its line does not say. */
const OWN_STATUSES: readonly (number | undefined)[] = [undefined, 200, 404, 410]

/** Servers on which Channels runs. */
const CHANNELS = ['daphne', 'django', 'uvicorn']

export default defineCause({
  id: 'path-not-found',
  stage: 'handshake',
  side: 'server',
  title: 'No endpoint at this path',
  symptom:
    'The handshake is answered with 404, by Starlette with 403, or with the page of a single-page app.',
  endings: ['answered', 'unopened', 'unanswered', 'closed', 'dropped'],
  needs: ['proxy.access_log', 'server'],

  opensWith: ['path'],

  test: (facts) => {
    const { answer, ending, backend } = facts
    const opened = openedAt(facts) && openerFinding(facts, 'path')
    if (opened) return opened
    const hungUp = ending.kind === 'unanswered' ? toldByAny(facts.told, 'no-route') : undefined
    if (hungUp) return weighed(likely(say(hungUp.detail, hungUp.from)), 0.8)
    const ageMs = ending.kind === 'closed' && ending.code === 1005 ? endedAtOnceMs(facts) : undefined
    if (ageMs !== undefined && facts.told.application.length === 0)
      return weighed(
        possible(say('Some libraries open every path, and close one without a handler at once', 'probe.end')),
        0.4,
      )
    if (['unanswered', 'closed', 'dropped'].includes(ending.kind))
      return wordFinding(facts, 'no-route') ?? ruledOut(...ending.because)
    const unknown = toldByAny(facts.told, 'no-route')
    if (answer?.status === 403 && unknown) return weighed(likely(say(unknown.detail, unknown.from)), 0.8)
    const folder = noticeOf(facts.proxy, 'file-not-found')
    if (answer?.status === 403 && folder && /^directory index of /.test(folder.record.text))
      return weighed(likely(say('The proxy looked for a folder of files at this path', folder.from)), 0.85)
    const isMute = /^(?:forbidden)?$/i.test(answer?.body ?? '') && answer?.reasons.length === 0
    if (answer?.status === 403 && answer.by !== 'proxy' && answer.headers && isMute)
      return weighed(
        possible(say('The refusal gives no reason, as Starlette’s for an unknown path', answer.from)),
        0.3,
      )
    if (answer?.status === 500 && facts.stack.server.some((id) => CHANNELS.includes(id)))
      return weighed(
        possible(say('Django Channels answers 500 to a path that it has no route for', answer.from)),
        0.4,
      )
    if (answer && ![200, 400, 404, 410].includes(answer.status)) return ruledOut(...ending.because)
    const route = toldByAny(facts.told, 'no-route')
    if (route) return weighed(likely(say(route.detail, route.from)), 0.8)
    const negotiated = negotiatedBefore(facts)
    if (negotiated) return weighed(possible(...ending.because, negotiated), 0.3)
    // ActionCable answers 404 to an origin that it does not allow.
    const origin = toldByAny(facts.told, 'origin-refused', 'origin-missing', 'host-refused')
    if (origin) return ruledOut(say(origin.detail, origin.from))
    const large = toldByAny(facts.told, 'request-too-large')
    if (large) return ruledOut(say(large.detail, large.from))
    // A server without WebSockets answers 404 at every path, those that it has included.
    const without = toldByAny(facts.told, 'no-websocket-support')
    if (without) return ruledOut(say(without.detail, without.from))
    const allowed = facts.retries.origin.find(({ opened }) => opened)
    if (allowed) return ruledOut(say('With another Origin the same path is accepted', allowed.from))
    const stripped = backend.request?.headers && !(backend.request.upgrade && backend.request.connection)
    if (stripped)
      return ruledOut(say('The backend never saw an upgrade', `server[${backend.request?.at ?? 0}].headers`))
    const file = noticeOf(facts.proxy, 'file-not-found')
    if (answer?.status === 404 && file)
      return proven(say('The proxy looked for a file at this path', file.from))
    const other = facts.retries.path.find((retry) => retry.opened)
    if (other && answer && facts.retries.again.length === 0)
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
    if (own && !answer && OWN_STATUSES.includes(own.status))
      return weighed(possible(...ending.because, say(own.says, own.from)), 0.75)
    const { passing } = facts.settings
    // A backend that never hears of an upgrade answers as it does to a page that it does not have.
    if (answer && (passing?.upgrade === false || passing?.connection === false))
      return weighed(possible(...ending.because), 0.4)
    // Frameworks that say so never looked for a WebSocket at this path.
    const plain = toldByAny(facts.told, 'plain-request')
    if (plain?.application === 'flask' && answer?.status === 404 && !facts.stack.server.includes('wsgi'))
      return weighed(likely(say(plain.detail, plain.from)), 0.6)
    if (plain) return weighed(possible(say(plain.detail, plain.from)), 0.4)
    if (facts.stack.server.includes('wsgi')) return weighed(possible(...ending.because), 0.4)
    if (answer?.status === 404 || answer?.status === 410) {
      if (facts.stack.server.includes('rails') && answer.by !== 'proxy')
        return weighed(possible(...ending.because), 0.5)
      if (answer.by !== 'unknown') return likely(...answer.because)
      return weighed(likely(...ending.because), 0.6)
    }
    if (answer?.status === 200 && answer.by === 'proxy') return weighed(likely(...answer.because), 0.8)
    if (answer?.status === 400 && answer.by === 'proxy') return ruledOut(...answer.because)
    return weighed(possible(...ending.because, ...webPage(facts)), answer?.status === 200 ? 0.5 : 0.35)
  },

  explain: {
    wire: 'The request ends where no WebSocket lives: a missing slash, a location that does not match, `try_files` that answers everything with the app’s page. Starlette and FastAPI answer 403 without a body to a WebSocket for a path that they do not know.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Look at `$upstream_status`: `-` means that the proxy answered itself.',
    sources: [
      { title: 'nginx, location', url: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location' },
      { title: 'Starlette, WebSockets', url: 'https://www.starlette.io/websockets/' },
    ],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes: [
      ...(openedAt(facts)
        ? [
            {
              program: 'browser',
              where: sentence`In the page`,
              text: js`new WebSocket(${js.string(openedAt(facts)?.href ?? '')})`,
            } as const,
          ]
        : []),
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, path: ${js.string(pathOf(facts))} })`,
      },
      ...(isRefusedByWs(facts)
        ? [
            {
              program: 'node',
              where: sentence`Or, where several WebSocketServers share one HTTP server: each refuses the paths of the others, so route by hand`,
              text: js`const sockets = new WebSocketServer({ noServer: true })\nserver.on('upgrade', (request, socket, head) => {\n  if (request.url.split('?', 1)[0] !== ${js.string(pathOf(facts))}) return\n  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request))\n})`,
            } as const,
          ]
        : []),
      {
        program: 'python',
        of: 'starlette',
        where: sentence`Starlette or FastAPI`,
        text: python`app.add_websocket_route(${python.string(pathOf(facts))}, handler)`,
      },
      {
        program: 'python',
        of: 'django',
        where: sentence`Django Channels, routing: without the first slash`,
        text: python`websocket_urlpatterns = [path(${python.string(pathOf(facts).slice(1))}, YourConsumer.as_asgi())]`,
      },
      {
        program: 'rails',
        where: sentence`Rails, routes`,
        text: ruby`mount ActionCable.server => ${ruby.string(pathOf(facts))}`,
      },
      ...whereProxied(facts, [
        {
          program: 'nginx',
          context: 'server',
          where: sentence`nginx, server`,
          text: nginx`location ${nginx.word(pathOf(facts))} {\n    proxy_pass http://YOUR_BACKEND;\n    proxy_http_version 1.1;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection "upgrade";\n}`,
        },
      ]),
    ],
  }),

  reproduce: 'spa-fallback',
})

function summaryOf(facts: Facts): Sentence {
  const opened = openedAt(facts)?.pathname
  return opened === undefined
    ? sentence`Route ${pathOf(facts)} to the WebSocket server, exactly as the client asks for it.`
    : sentence`Ask for ${opened}, where the server has its endpoint. Or route ${pathOf(facts)} to it as well.`
}
