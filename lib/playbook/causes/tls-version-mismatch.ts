import type { Facts } from '#lib/facts/facts.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import { whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, possible, weighed } from '#lib/playbook/cause.ts'
import { type PinnedTls, pinnedTls } from '#lib/playbook/weighing/pinned-tls.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { haproxy, nginx } from '#lib/text/configurations.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Alert 120 (RFC 7301 §3.2): the client offered nothing that the server speaks. */
const refusesHttp1 = (probe: ProbeView | undefined): boolean =>
  probe?.failure?.stage === 'tls' && /NO_APPLICATION_PROTOCOL/.test(probe.failure.code)

/** The end that terminates TLS refused what a client offered, and no client says more. */
const isToldByServer = ({ told }: Facts): boolean =>
  whyNotOpened(told) === undefined &&
  [...told.server, ...told.proxy].some(({ means }) => means === 'tls-version')

/** Nothing has to be written in its place: every library agrees on the newest version of both ends by itself. */
const unpinned = ({ name, isOutdated }: PinnedTls): Fix => ({
  summary: isOutdated
    ? sentence`Take ${name} out of your code, or allow TLS 1.2 and 1.3 there.`
    : sentence`Allow TLS 1.2 beside 1.3 in your code, in place of ${name}. Or enable TLS 1.3 at the other end.`,
  changes: [],
})

export default defineCause({
  id: 'tls-version-mismatch',
  stage: 'tls',
  side: 'proxy',
  title: 'TLS version or cipher mismatch',
  symptom: 'The socket fails at once; TLS never completes.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const finding = tlsFinding(facts, 'version')
    const pinned = pinnedTls(facts)
    if (pinned === undefined) return finding
    if (finding.is === 'proven' || finding.is === 'likely')
      return { ...finding, because: [...finding.because, pinned.because] }
    if (finding.is !== 'possible') return finding
    const because = [...finding.because, pinned.because]
    return pinned.isOutdated ? weighed(likely(...because), 0.7) : weighed(possible(...because), 0.6)
  },

  explain: {
    wire: 'Browsers speak TLS 1.2 and 1.3. The server offers only older versions or no cipher that both know. Or it offers no HTTP/1.1 by ALPN, which a WebSocket needs unless it goes over HTTP/2. An alert ends the handshake.',
    browser:
      'Your page sees an error event and 1006 (Firefox: 1015). Only the console names the reason. A page opened at the same address fails too, with an error page that says more.',
    sure: '`openssl s_client -tls1_2` and `-tls1_3` show which versions work.',
    sources: [{ title: 'RFC 8446 §6, alerts', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-6' }],
  },

  fix: (facts) => {
    const pinned = pinnedTls(facts)
    if (pinned) return unpinned(pinned)
    return refusesHttp1(facts.probe)
      ? {
          summary: sentence`Offer http/1.1 in ALPN beside h2 at whatever terminates TLS.`,
          changes: [
            {
              program: 'node',
              where: sentence`Node server`,
              text: js`http2.createSecureServer({ allowHTTP1: true, key, cert })`,
            },
            {
              program: 'haproxy',
              context: 'bind',
              where: sentence`HAProxy, bind`,
              text: haproxy`alpn h2,http/1.1`,
            },
          ],
        }
      : {
          summary: isToldByServer(facts)
            ? sentence`Let the client offer TLS 1.2 or 1.3: your server refused what it offers. If it does, enable both at whatever terminates TLS.`
            : sentence`Enable TLS 1.2 and 1.3 at whatever terminates TLS.`,
          changes: [
            {
              program: 'nginx',
              context: 'server',
              where: sentence`nginx, server`,
              text: nginx`ssl_protocols TLSv1.2 TLSv1.3;`,
            },
          ],
        }
  },

  reproduce: null,
})
