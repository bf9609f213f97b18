import { type EnvoyFlag, envoyFlagOf } from '#lib/facts/envoy-flags.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { edgeFix, edgeSays } from '#lib/playbook/weighing/edge-status.ts'
import { refusedOverHttp2 } from '#lib/playbook/weighing/over-http2.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const FLAG_SAYS: Readonly<Record<EnvoyFlag['how'], string>> = {
  ended: 'the backend ended the connection before it answered',
  reset: 'the backend reset the request before it answered',
  protocol: 'what the backend answered breaks the protocol',
  tls: 'TLS with the backend failed',
}

export default defineCause({
  id: 'backend-handshake-failure',
  stage: 'handshake',
  side: 'proxy',
  title: 'Backend closed the connection during the handshake',
  symptom: 'The handshake is answered with 502 although the backend is up.',
  endings: ['answered', 'unopened', 'closed'],
  isUmbrella: true,
  needs: ['proxy.error_log', 'server'],

  test: (facts) => {
    const { answer, ending, backend } = facts
    if (ending.kind === 'closed')
      return ending.code === 1014 ? weighed(likely(...ending.because), 0.5) : ruledOut(...ending.because)
    const flag = envoyFlagOf(facts.proxy)
    if (flag && answer)
      return weighed(
        likely(say(sentence`Envoy says that ${FLAG_SAYS[flag.how]} (${flag.flag})`, flag.from)),
        0.6,
      )
    const notice = noticeOf(facts.proxy, 'closed-before-response', 'reset-before-response')
    // Heroku answers 503 to what nginx calls 502.
    if (answer?.status === 525 || answer?.status === 526)
      return weighed(likely(...ending.because, ...edgeSays(facts)), 0.8)
    const isOfGateway = answer?.status === 503 && notice !== undefined
    if (answer && !isOfGateway && ![400, 426, 500, 502, 520].includes(answer.status))
      return ruledOut(...ending.because)
    if (notice && answer)
      return proven(say('The backend closed the connection before it answered', notice.from))
    const invalid = noticeOf(facts.proxy, 'response-invalid')
    if (invalid && answer)
      return weighed(likely(say('The proxy could not read the backend’s answer', invalid.from)), 0.7)
    const tls = noticeOf(facts.proxy, 'upstream-tls-failed')
    if (tls && answer)
      return weighed(possible(say('TLS between the proxy and the backend failed', tls.from)), 0.5)
    const end = terminationOf(facts.proxy)
    if (end?.phase === 'headers' && (end.by === 'server' || end.by === 'proxy')) {
      const because = say(sentence`HAProxy got no valid answer from the backend (${end.flags})`, end.from)
      return refusedOverHttp2(facts) ? weighed(possible(because), 0.5) : proven(because)
    }
    if (noticeOf(facts.proxy, 'connect-refused', 'connect-failed', 'connect-timed-out', 'no-live-upstream'))
      return ruledOut(say('The proxy never reached the backend', 'proxy.error_log'))
    // Cloudflare: the origin answered with something that is no HTTP.
    if (answer?.status === 520) return likely(...ending.because, ...edgeSays(facts))
    if (answer?.by === 'proxy' && answer.status !== 502) return ruledOut(...answer.because)
    if (answer?.status === 502 && backend.arrived)
      return weighed(
        likely(say('The request reached the backend, and the proxy answered 502', 'server')),
        noticeOf(facts.proxy, 'response-timed-out', 'response-header-too-big') ? 0.2 : 0.6,
      )
    if (answer?.status === 400 || answer?.status === 426 || answer?.status === 500)
      return weighed(possible(...ending.because), 0.3)
    return weighed(possible(...ending.because), answer === undefined ? 0.2 : 0.5)
  },

  explain: {
    wire: 'The proxy connected and passed the request on; the backend closed or reset the connection, or answered with something that is no HTTP.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'nginx logs `upstream prematurely closed connection`; look for an exception in the backend at that moment.',
    sources: [{ title: 'nginx, WebSocket proxying', url: 'https://nginx.org/en/docs/http/websocket.html' }],
  },

  fix: (facts) => ({
    summary:
      edgeFix(facts) ??
      sentence`Find out why the backend ends the connection on upgrade: it throws there, or it expects TLS and the proxy speaks plain HTTP.`,
    changes: [
      {
        program: 'nginx',
        context: 'location',
        where: sentence`nginx, where the backend’s port speaks TLS`,
        text: nginx`proxy_pass https://YOUR_BACKEND;`,
      },
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`process.on('uncaughtException', (error) => console.error(error))`,
      },
    ],
  }),

  reproduce: null,
})
