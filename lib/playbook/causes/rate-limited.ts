import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { fullProxy } from '#lib/playbook/weighing/own-settings.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { haproxy, nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'rate-limited',
  stage: 'handshake',
  side: 'proxy',
  title: 'Rate limited',
  symptom: 'The handshake is answered with 429, or 503 from a limit.',
  endings: ['answered', 'unopened', 'closed', 'dropped'],
  needs: ['proxy.error_log', 'probe'],

  test: (facts) => {
    const { answer, ending } = facts
    if (ending.kind === 'closed' || ending.kind === 'dropped')
      return wordFinding(facts, 'rate-limited', 'too-many-connections') ?? ruledOut(...ending.because)
    if (answer?.status === 429) return proven(...ending.because)
    if (answer?.status === 529) return likely(...ending.because)
    const full = fullProxy(facts)
    if (full) return weighed(possible(say(full.detail, full.from)), 0.4)
    const said = toldByAny(facts.told, 'rate-limited', 'too-many-connections')
    if (said) return weighed(likely(say(said.detail, said.from)), 0.7)
    if (answer && answer.status !== 503) return ruledOut(...ending.because)
    const notice = noticeOf(facts.proxy, 'connection-limit', 'request-limit')
    if (notice && answer)
      return proven(say(sentence`The proxy logged “${excerpt(notice.record.text)}”`, notice.from))
    const end = terminationOf(facts.proxy)
    if (end?.phase === 'queue')
      return proven(say(sentence`HAProxy kept it in the queue until it gave up (${end.flags})`, end.from))
    if (
      noticeOf(facts.proxy, 'connect-refused', 'connect-failed', 'no-live-upstream') ||
      end?.phase === 'connect'
    ) {
      return ruledOut(say('The proxy could not reach the backend', 'proxy'))
    }
    const retryAfter = answer?.headers?.some(([name]) => name.toLowerCase() === 'retry-after')
    return weighed(possible(...ending.because), answer === undefined ? 0.2 : retryAfter ? 0.6 : 0.5)
  },

  explain: {
    wire: 'A limit of connections or requests was reached. It is `limit_conn` or `limit_req` in nginx (503 unless told 429), `maxconn` in HAProxy, or a quota of the platform. Clients that reconnect without a pause reach it by themselves.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'nginx logs `limiting connections by zone`; a `Retry-After` header shows in a probe.',
    sources: [
      { title: 'nginx, limit_conn', url: 'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html' },
    ],
  },

  fix: () => ({
    summary: sentence`Reconnect with exponential backoff and jitter, and raise the limit if it is too low for the clients you have.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`const pauseMs = Math.random() * Math.min(30_000, 500 * 2 ** attempt)`,
      },
      {
        program: 'nginx',
        context: 'location',
        where: sentence`nginx, location, with the name of your zone`,
        text: nginx`limit_req zone=YOUR_ZONE burst=YOUR_BURST nodelay;`,
      },
      {
        program: 'haproxy',
        context: 'global',
        where: sentence`HAProxy, global`,
        text: haproxy`maxconn YOUR_CONNECTIONS`,
      },
    ],
  }),

  reproduce: 'rate-limited',
})
