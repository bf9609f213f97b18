import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { hopOfHost } from '#lib/playbook/intermediaries/hops.ts'
import { newsOf, passingChanges } from '#lib/playbook/intermediaries/upgrades.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { hopsSeen, lostUpgrade, missedHeader, newsOfHops } from '#lib/playbook/weighing/lost-upgrade.ts'
import { upgradeMissed } from '#lib/playbook/weighing/refusal-words.ts'
import { type Sentence, sentence, sentences } from '#lib/text/foreign.ts'

/**
 * Answers to a plain GET of what was meant as an upgrade: the backend's choice. 505 where it minds the version first,
 * because nginx's defaults lose both the headers and HTTP/1.1.
 */
const PLAIN_ANSWERS = [200, 400, 404, 405, 426, 505]

/**
 * A line of the proxy’s configuration sends this very handshake past its rule for WebSockets: every one, or that of
 * Firefox, which says `keep-alive` beside Upgrade.
 */
function barredByCondition({ answer, ending, settings, told }: Facts): Because | undefined {
  const isFirefox = told.client.some(({ program }) => program === 'firefox')
  const found = settings.findings.find(
    ({ rule, cause, severity, other }) =>
      other !== undefined &&
      cause === 'upgrade-headers-stripped' &&
      ((severity === 'error' && answer !== undefined) ||
        (rule === 'apache-connection-anchored' && isFirefox)),
  )
  const isFitting = answer !== undefined || ending.kind === 'unopened'
  return found && isFitting ? say(found.says, found.from) : undefined
}

export default defineCause({
  id: 'upgrade-headers-stripped',
  stage: 'handshake',
  side: 'proxy',
  title: 'Upgrade header dropped by a proxy',
  symptom: 'The server treats the handshake as a normal GET: 426, 400, 404, or an HTML page with 200.',
  endings: ['answered', 'unopened'],
  needs: ['server', 'proxy.config', 'retries.url'],

  test: (facts) => {
    const { backend, answer, settings, retries, ending } = facts
    const request = backend.request
    if (request?.headers) {
      const from = `server[${request.at}].headers`
      if (request.upgrade && request.connection) {
        return ruledOut(say('Upgrade and Connection reached the backend', from))
      }
      const lost = request.upgrade ? 'Connection: Upgrade' : 'Upgrade: websocket'
      const because = say(`The backend received no ${lost}`, from)
      const fits = request.isHandshake && backend.upgradedMs === undefined
      return fits && (!answer || PLAIN_ANSWERS.includes(answer.status)) ? proven(because) : likely(because)
    }
    const seen = hopsSeen(facts)
    const words = upgradeMissed(facts)
    if (words) return weighed(likely(words, ...seen.because), seen.because.length > 0 ? 0.7 : 0.5)
    const plain = toldByAny(facts.told, 'plain-request')
    if (plain && answer) {
      const because = say(plain.detail, plain.from)
      return seen.because.length > 0
        ? weighed(likely(because, ...seen.because), 0.65)
        : weighed(possible(because), 0.5)
    }
    if (backend.watched && !backend.arrived) {
      return ruledOut(say('The request never reached the backend', 'server'))
    }
    if (answer && !PLAIN_ANSWERS.includes(answer.status)) {
      return ruledOut(say(sentence`${answer.status} does not answer a plain request`, answer.from))
    }
    if (answer?.by === 'proxy') return ruledOut(...answer.because)
    const barred = barredByCondition(facts)
    if (barred) return weighed(likely(...ending.because, barred), 0.75)
    if (settings.passing) {
      const { upgrade, connection, from, who = 'The location' } = settings.passing
      if (upgrade === false || connection === false) {
        const lost = upgrade ? 'Connection' : connection ? 'Upgrade' : 'Upgrade and Connection'
        return likely(say(sentence`${who} does not pass ${lost} on`, from.place))
      }
      if (upgrade && connection) {
        return ruledOut(say(sentence`${who} passes Upgrade and Connection on`, from.place))
      }
    }
    if (settings.own && answer) return weighed(possible(...ending.because), 0.2)
    if (retries.path.some((retry) => retry.opened)) {
      return ruledOut(say('Another path of the same address is upgraded', 'retries'))
    }
    const direct = retries.direct[0]
    if (direct?.opened && answer) {
      return likely(...facts.ending.because, say('The same handshake succeeds past the proxy', direct.from))
    }
    if (direct && !direct.opened) return ruledOut(say('It fails without the proxy too', direct.from))
    // Where a configuration leaves it open, its missing part decides, and one that is refused is not in force.
    const isOpen = settings.passing === undefined && !settings.findings.some(({ rule }) => rule === 'refused')
    const lost = isOpen ? lostUpgrade(facts) : undefined
    if (lost && answer) {
      const because = [...ending.because, lost, ...seen.because]
      if (answer.status === 426) return weighed(likely(...because), seen.because.length > 0 ? 0.8 : 0.6)
      // Whatever was on the way: the server had the request in hand.
      if (seen.because.length > 0 || missedHeader(facts)) return weighed(likely(...because), 0.65)
    }
    // A backend says 426 to whoever did not ask for an upgrade, and this log says that the client did.
    const asked = facts.proxy.access.find(
      ({ record }) => record.upgrade === true && record.status === 426 && record.upstreamStatus === 426,
    )
    if (asked)
      return likely(say('The client asked for an upgrade, and the backend did not hear of it', asked.from))
    const news = newsOf(hopOfHost(facts.target.host)?.id ?? '')
    if (news && ending.kind === 'unopened')
      return weighed(possible(...ending.because, say(news, 'target.url')), 0.65)
    return weighed(
      possible(...facts.ending.because),
      answer?.status === 426 ? 0.7 : answer?.status === 505 ? 0.5 : 0.4,
    )
  },

  explain: {
    wire: '`Upgrade` and `Connection` are hop-by-hop headers: a proxy must not forward them unless told to. The backend then sees an ordinary GET and answers it its own way: 426, 400, 404, or a page. HAProxy, Caddy and Traefik pass upgrades by themselves. nginx, Apache, Envoy, Varnish, Squid, lighttpd and H2O have to be told.',
    browser:
      'Anything but 101 fails the handshake. Your page gets an error event and 1006. Only the console shows the status.',
    sure: 'Print the headers of the request at the backend. Or repeat the handshake straight to the backend: if that opens, the proxy is at fault. In nginx, a location with its own `proxy_set_header` does not inherit any from outer levels.',
    sources: [
      { title: 'RFC 9110 §7.6.1, Connection', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1' },
      {
        title: 'Caddy, reverse_proxy',
        url: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy',
      },
      { title: 'nginx, WebSocket proxying', url: 'https://nginx.org/en/docs/http/websocket.html' },
      {
        title: 'Apache httpd, mod_proxy_http',
        url: 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#wsupgrade',
      },
      {
        title: 'HAProxy’s author on WebSockets',
        url: 'https://mail-archive.com/haproxy@formilux.org/msg07209.html',
      },
      { title: 'Traefik, WebSocket', url: 'https://doc.traefik.io/user-guides/websocket' },
      {
        title: 'Envoy, HTTP upgrades',
        url: 'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentences(summaryOf(facts), ...newsOfHops(facts)),
    changes: passingChanges(pathOf(facts)),
  }),

  reproduce: 'strip-upgrade-headers',
})

function summaryOf(facts: Facts): Sentence {
  const [hop, ...others] = hopsSeen(facts).hops
  if (hop === undefined || others.length > 0)
    return sentence`Configure the proxy to forward the Upgrade and Connection headers.`
  return sentence`Configure ${hop.who} to forward the Upgrade and Connection headers.`
}
