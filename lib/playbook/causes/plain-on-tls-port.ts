import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import type { Retry } from '#lib/facts/retries.ts'
import { toldByAny, toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { secureAddressOf } from '#lib/playbook/weighing/advice.ts'
import { isTlsAlert, tlsFaultOf } from '#lib/playbook/weighing/tls-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** nginx, Apache, Go, and Java’s Tomcat and Jetty, in their own words. */
const SAYS_SO =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|plain HTTP to an SSL-enabled|combination of host and port requires TLS/i

/** Whatever came of it behind TLS, and even where only the certificate was wrong. */
function speaksTls({ outcome }: Retry): boolean {
  switch (outcome.stage) {
    case 'unmade':
    case 'unfinished':
    case 'dns':
    case 'tcp':
      return false
    case 'tls': {
      const fault = tlsFaultOf(outcome.code)
      return fault !== undefined && fault !== 'plain'
    }
    case 'handshake':
    case 'answer':
    case 'checks':
    case 'open':
      return true
  }
}

/** Who speaks plain HTTP is a proxy, and no client. */
const isBehindProxy = ({ proxy, target, told }: Facts): boolean =>
  noticeOf(proxy, 'upstream-is-tls') !== undefined ||
  (told.server.some(({ means }) => means === 'plain-on-tls') && (target.secure || proxy.kind !== undefined))

export default defineCause({
  id: 'plain-on-tls-port',
  stage: 'tls',
  side: 'proxy',
  title: 'ws:// on a TLS port',
  symptom: 'The handshake is answered with 400, or with bytes that are not HTTP.',
  endings: ['answered', 'unanswered', 'unopened'],
  needs: ['probe', 'retries.scheme'],

  test: (facts) => {
    const { answer, probe, target, ending, retries } = facts
    const upstream = noticeOf(facts.proxy, 'upstream-is-tls')
    if (upstream && answer) {
      const says = sentence`The proxy met TLS at its backend: “${excerpt(upstream.record.text)}”`
      return weighed(likely(say(says, upstream.from)), 0.85)
    }
    // The proxy ends TLS of the page, and speaks without to what wants TLS as well.
    const behind = target.secure ? facts.told.server.find(({ means }) => means === 'plain-on-tls') : undefined
    if (behind && (answer?.status === 400 || answer?.status === 502))
      return weighed(likely(say(behind.detail, behind.from)), 0.8)
    if (target.secure) return ruledOut(say('The address is wss://', 'target.url'))
    const body = probe?.evidence.http?.body_start ?? ''
    if (SAYS_SO.test(body))
      return proven(say('The answer says that the port speaks TLS', 'probe.http.body_start'))
    // The line names no request: scanners leave it on every public port.
    const notice = noticeOf(facts.proxy, 'plain-http-to-tls-port')
    if (notice && body === '' && (!answer || (answer.status === 400 && answer.by !== 'backend')))
      return likely(say('The proxy logged plain HTTP on its TLS port', notice.from))
    const said = toldByAny(facts.told, 'plain-on-tls')
    if (said && body === '') return weighed(likely(say(said.detail, said.from)), 0.8)
    if (isTlsAlert(body)) return proven(say('The first bytes are a TLS alert', 'probe.http.body_start'))
    if (body.startsWith('HTTP/'))
      return ruledOut(say('It began to answer in plain HTTP', 'probe.http.body_start'))
    const secure = retries.scheme.find((retry) => retry.vary.scheme?.replace(':', '') === 'wss')
    if (secure?.opened) return likely(say('The same address opens with wss://', secure.from))
    if (secure && speaksTls(secure))
      return weighed(likely(say('TLS is spoken on this port', secure.from)), 0.8)
    if (secure) return ruledOut(say('It fails with wss:// too', secure.from))
    if (answer && answer.status !== 400) return ruledOut(...ending.because)
    if (answer?.by === 'backend' || facts.backend.arrived)
      return ruledOut(say('The backend answered', 'server'))
    if (answer && probe?.failure?.stage === 'answer' && body !== '')
      return ruledOut(say('The answer does not speak of TLS', 'probe.http.body_start'))
    const spoken = facts.settings.tls
    const says = sentence`nginx speaks TLS on port ${target.port}, and the address is ws://`
    if (target.url && spoken?.isSpoken) return weighed(likely(say(says, spoken.from)), 0.8)
    if (target.port === 443 && spoken === undefined)
      return weighed(possible(say('Port 443 is the port of TLS', 'target.url')), 0.7)
    if (toldByClient(facts.told, 'not-http')) return weighed(possible(...ending.because), 0.3)
    return weighed(possible(...ending.because), 0.35)
  },

  explain: {
    wire: 'A TLS server reads `GET` where it expects a ClientHello. nginx, Apache and Go notice and answer 400 in plain HTTP. Others send an alert or close.',
    browser: 'The page sees an error event and 1006, the console `Unexpected response code: 400`.',
    sure: 'Open the same address with wss://.',
    sources: [
      {
        title: 'nginx, error_page 497',
        url: 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#errors',
      },
    ],
  },

  fix: (facts) =>
    isBehindProxy(facts)
      ? {
          summary: sentence`The backend wants TLS, and the proxy speaks plain HTTP to it. Give the proxy the address of the backend with https, or switch TLS off there.`,
          changes: [
            {
              program: 'nginx',
              context: 'location',
              where: sentence`nginx, the location of the WebSocket`,
              text: nginx`proxy_pass https://YOUR_BACKEND;`,
            },
          ],
        }
      : {
          summary: sentence`Use wss:// for this port.`,
          changes: [
            {
              program: 'browser',
              where: sentence`In the page`,
              text: js`new WebSocket(${js.string(secureAddressOf(facts))})`,
            },
          ],
        },

  reproduce: null,
})
