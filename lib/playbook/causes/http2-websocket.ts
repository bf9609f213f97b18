import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny, whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { authorityWordOf, handshakeCommand } from '#lib/playbook/weighing/advice.ts'
import {
  gaveUpOver,
  isSeenByClient,
  probeOutlived,
  worksWithoutHttp2,
} from '#lib/playbook/weighing/client-side.ts'
import { configSays } from '#lib/playbook/weighing/config-findings.ts'
import { askedOverHttp2, refusedOverHttp2 } from '#lib/playbook/weighing/over-http2.ts'
import { haproxy } from '#lib/text/configurations.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** What a proxy answers where its backend resets the stream, or does not know the method. */
const OF_A_PROXY: readonly number[] = [400, 405, 500, 501, 502]

export default defineCause({
  id: 'http2-websocket',
  stage: 'handshake',
  side: 'proxy',
  title: 'WebSocket over HTTP/2 fails',
  symptom: 'Browsers fail, curl and other clients work; the console names HTTP/2.',
  endings: ['unanswered', 'unopened', 'answered', 'refused-101', 'given-up', 'lost', 'dropped'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, told, target, backend } = facts
    const said = toldByAny(told, 'http2')
    if (said) {
      const plain = askedOverHttp2(facts)
      return weighed(likely(say(said.detail, said.from), ...(plain ? [plain] : [])), 0.8)
    }
    const plain = askedOverHttp2(facts)
    if (plain) return weighed(possible(plain), 0.8)
    const answers = refusedOverHttp2(facts)
    if (answers && facts.answer) return weighed(likely(...answers), 0.7)
    const off = worksWithoutHttp2(facts)
    if (off) return weighed(likely(...ending.because, off, ...configSays(facts, 'http2-websocket')), 0.85)
    const [configured] = configSays(facts, 'http2-websocket')
    if (configured && facts.answer && OF_A_PROXY.includes(facts.answer.status))
      return weighed(likely(...ending.because, configured), 0.7)
    if (ending.kind === 'answered' || ending.kind === 'refused-101' || ending.kind === 'dropped')
      return ruledOut(...ending.because)
    if (target.url && !target.secure)
      return ruledOut(say('Browsers use HTTP/2 behind TLS only', 'target.url'))
    if (!isSeenByClient(facts)) return ruledOut(...ending.because)
    if (ending.kind === 'given-up')
      return gaveUpOver(facts) === 'ping-timeout' && facts.stack.client.includes('chromium')
        ? weighed(possible(...ending.because), 0.3)
        : ruledOut(...ending.because)
    const why = whyNotOpened(told)
    if (why) return ruledOut(say(why.detail, why.from))
    if (backend.arrived) return ruledOut(say('The request reached the backend', 'server'))
    const outlived = probeOutlived(facts)
    return outlived
      ? weighed(possible(say('The probe used HTTP/1.1 and opened', 'probe.http'), outlived), 0.5)
      : weighed(possible(...ending.because), facts.probe ? 0.1 : 0.05)
  },

  explain: {
    wire: 'A server that announces extended CONNECT (RFC 8441) gets WebSockets from browsers over its HTTP/2 connection. They have no Upgrade header, and the answer is 200 in place of 101. A proxy or backend that announces it and does not carry it resets the stream. HTTP/1.1 clients never meet the fault.',
    browser:
      'Chromium prints `ERR_HTTP2_PROTOCOL_ERROR`, or no reason at all. Your page sees an error event and 1006.',
    sure: 'Compare `curl --http1.1` with a browser. `nghttp -v` shows whether the server sends SETTINGS_ENABLE_CONNECT_PROTOCOL.',
    sources: [
      { title: 'RFC 8441, WebSockets over HTTP/2', url: 'https://www.rfc-editor.org/rfc/rfc8441' },
      {
        title: 'HAProxy, h2-workaround-bogus-websocket-clients',
        url: 'https://docs.haproxy.org/2.8/configuration.html#3.1-h2-workaround-bogus-websocket-clients',
      },
    ],
  },

  fix: (facts) =>
    askAgain(facts) ?? {
      summary: refusedOverHttp2(facts)
        ? sentence`HAProxy checks Sec-WebSocket-Accept for clients of HTTP/2: let the backend compute it from the key that it got. Where the backend cannot change, give the WebSocket’s host http/1.1 alone in ALPN.`
        : sentence`Have the WebSocket go over HTTP/1.1: stop announcing extended CONNECT, or give the WebSocket’s host http/1.1 alone in ALPN.`,
      changes: [
        {
          program: 'haproxy',
          context: 'global',
          where: sentence`HAProxy, global`,
          text: haproxy`h2-workaround-bogus-websocket-clients`,
        },
        {
          program: 'node',
          where: sentence`Node server (http2)`,
          text: js`http2.createSecureServer({ allowHTTP1: true, settings: { enableConnectProtocol: false }, key, cert })`,
        },
        {
          program: 'shell',
          where: sentence`On the client: which protocol ALPN chooses`,
          text: shell`openssl s_client -alpn h2,http/1.1 -connect ${authorityWordOf(facts)} </dev/null`,
        },
      ],
    },

  reproduce: null,
})

/** Nothing is known to be broken: the test itself was no handshake. */
function askAgain(facts: Facts): Fix | undefined {
  if (askedOverHttp2(facts) === undefined) return undefined
  return {
    summary: sentence`Ask again over HTTP/1.1, as most WebSocket clients do: over HTTP/2 the request lost its upgrade before it left. If the answer is 101 then, the server is in order.`,
    changes: [
      {
        program: 'shell',
        where: sentence`The same handshake over HTTP/1.1`,
        text: handshakeCommand(facts),
      },
    ],
  }
}
