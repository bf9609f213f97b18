import type { Facts } from '#lib/facts/facts.ts'
import { type At, noticeOf } from '#lib/facts/proxy.ts'
import type { NoticeRecord } from '#lib/logs/record.ts'
import { defineCause, type Finding, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { excerpt, type Sentence, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** What the port itself says: nginx's lines for it, else that 80 is the port of plain HTTP. */
function byPort({ target, settings }: Facts, finding: Finding): Finding {
  if (!target.secure) return finding
  const says = sentence`nginx listens on port ${target.port} without TLS, and the address is wss://`
  if (settings.tls?.isSpoken === false) return weighed(likely(say(says, settings.tls.from)), 0.8)
  const isPlain = target.port === 80 && settings.tls === undefined
  return isPlain ? weighed(possible(say('Port 80 is the port of plain HTTP', 'target.url')), 0.7) : finding
}

export default defineCause({
  id: 'tls-on-plain-port',
  stage: 'tls',
  side: 'proxy',
  title: 'wss:// on a plain HTTP port',
  symptom: 'The socket fails at once with a TLS protocol error.',
  endings: ['tls', 'unopened', 'answered'],
  needs: ['browser.console', 'probe', 'retries.scheme'],

  test: (facts) => {
    const upstream = noticeOf(facts.proxy, 'upstream-not-tls')
    if (upstream) return weighed(likely(say(upstreamSays(upstream), upstream.from)), 0.85)
    if (facts.ending.kind === 'answered') return ruledOut(...facts.ending.because)
    const notice = noticeOf(facts.proxy, 'tls-to-plain-http-port')
    if (notice && facts.ending.seenBy === 'log')
      return weighed(likely(say('The proxy logged TLS on its plain HTTP port', notice.from)), 0.8)
    const other = facts.retries.scheme.find((retry) => retry.vary.scheme?.replace(':', '') === 'ws')
    const finding = tlsFinding(facts, 'plain')
    if (other?.notHttp !== undefined && facts.ending.kind === 'tls')
      return ruledOut(say('Neither TLS nor HTTP is spoken on this port', other.from))
    if (other?.status !== undefined && finding.is === 'possible')
      return likely(say('Plain HTTP is answered on this port', other.from))
    if (finding.is === 'possible') return byPort(facts, finding)
    // Whatever is no TLS garbles it in the same way: HTTP it is once HTTP was read there.
    return other?.status === undefined && finding.is === 'proven' ? likely(...finding.because) : finding
  },

  explain: {
    wire: 'The client opens with a TLS ClientHello, and the server answers it with HTTP (nginx logs the bytes `\\x16\\x03\\x01` and 400).',
    browser:
      'Your page sees an error event and 1006 (Firefox: 1015). Only the console names the reason. A page opened at the same address fails too, with an error page that says more.',
    sure: 'Try the same address with ws://. If that answers, nothing ends TLS there.',
    sources: [{ title: 'RFC 8446 §6, alerts', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-6' }],
  },

  fix: (facts) => {
    if (noticeOf(facts.proxy, 'upstream-not-tls'))
      return {
        summary: sentence`The proxy speaks TLS to a backend that speaks plain HTTP. Give it the address of the backend with http, or switch TLS on there.`,
        changes: [
          {
            program: 'nginx',
            context: 'location',
            where: sentence`nginx, the location of the WebSocket`,
            text: nginx`proxy_pass http://YOUR_BACKEND;`,
          },
        ],
      }
    return {
      summary: sentence`Terminate TLS in front of this port, or connect to the TLS port.`,
      changes: [
        {
          program: 'browser',
          where: sentence`In the page`,
          text: js`new WebSocket(${js.string(addressOf(facts).replace('wss:', 'ws:'))})  // only where the page itself is not https`,
        },
      ],
    }
  },

  reproduce: null,
})

const upstreamSays = ({ record }: At<NoticeRecord>): Sentence =>
  sentence`The proxy meets no TLS at its backend: “${excerpt(record.text)}”`
