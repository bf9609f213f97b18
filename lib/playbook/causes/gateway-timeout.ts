import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { durationWords } from '#lib/playbook/weighing/duration-words.ts'
import { edgeFix, edgeSays } from '#lib/playbook/weighing/edge-status.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** What is refused or broken off is answered at once; whoever takes longer waited for something. */
const WAITED_MS = 1500

const waitedMs = ({ answer, probe }: Facts): number => (answer?.ms ?? 0) - (probe?.connectedMs ?? 0)

export default defineCause({
  id: 'gateway-timeout',
  stage: 'handshake',
  side: 'proxy',
  title: 'Backend timed out during the handshake',
  symptom: 'The handshake is answered with 504, or 502 by Apache, after a round number of seconds.',
  endings: ['answered', 'unopened'],
  needs: ['proxy.error_log', 'server'],

  test: (facts) => {
    const { answer, ending } = facts
    if (answer && ![408, 502, 503, 504, 524, 598, 599].includes(answer.status))
      return ruledOut(...ending.because)
    const notice = noticeOf(facts.proxy, 'response-timed-out')
    if (notice && answer) {
      const waited = waitedMs(facts) >= WAITED_MS ? ` ${durationWords(waitedMs(facts) / 1000)}` : ''
      const says = sentence`The proxy waited${waited} for the backend’s answer, and none came`
      return proven(say(says, notice.from))
    }
    const end = terminationOf(facts.proxy)
    if (end?.by === 'server-timeout' && end.phase === 'headers')
      return proven(
        say(sentence`HAProxy waited for the backend’s answer, and none came (${end.flags})`, end.from),
      )
    if (noticeOf(facts.proxy, 'connect-timed-out') && answer)
      return weighed(
        possible(say('The proxy got no answer to its connection attempt', 'proxy.error_log')),
        0.6,
      )
    if (
      noticeOf(
        facts.proxy,
        'connect-refused',
        'connect-failed',
        'closed-before-response',
        'reset-before-response',
        'response-header-too-big',
      )
    ) {
      return ruledOut(say('The proxy logged another reason', 'proxy.error_log'))
    }
    if (answer?.by === 'backend' || answer?.status === 503) return ruledOut(...ending.because)
    if ([504, 524, 598].includes(answer?.status ?? 0))
      return weighed(likely(...ending.because, ...edgeSays(facts)), 0.7)
    const waited = waitedMs(facts)
    if (answer?.status === 502 && waited >= WAITED_MS) {
      const says = sentence`The ${answer.status} took ${(waited / 1000).toFixed(1)} s; a refused connection is told at once`
      return weighed(likely(say(says, answer.from)), 0.6)
    }
    return weighed(possible(...ending.because), answer === undefined ? 0.2 : 0.45)
  },

  explain: {
    wire: 'The proxy connected to the backend, sent the request and got no answer within its limit. nginx answers 504, Apache 502.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'nginx logs `upstream timed out … while reading response header`.',
    sources: [
      {
        title: 'nginx, proxy_read_timeout',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
      },
    ],
  },

  fix: (facts) => ({
    summary: edgeFix(facts) ?? sentence`Make the backend answer the upgrade at once; do slow work after it.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`socket.on('message', onMessage)  // and only then: await loadUser()`,
      },
    ],
  }),

  reproduce: 'gateway-timeout',
})
