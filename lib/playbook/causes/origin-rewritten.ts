import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { configSays } from '#lib/playbook/weighing/config-findings.ts'
import {
  hostArrived,
  hostLost,
  isOwnOrigin,
  originArrived,
  refusalNamesOther,
  sameOriginRefused,
} from '#lib/playbook/weighing/origin-finding.ts'
import { hostNamed } from '#lib/playbook/weighing/refusal-words.ts'
import { apache, nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineCause({
  id: 'origin-rewritten',
  stage: 'handshake',
  side: 'proxy',
  title: 'A proxy changed Origin or Host',
  symptom: '403 behind a proxy, although the origin is allowed.',
  endings: ['answered', 'unopened', 'closed'],
  needs: ['server', 'proxy.config', 'retries.url'],

  opensWith: ['origin'],

  test: (facts) => {
    const { answer, ending, settings, retries, lastWords } = facts
    if (ending.kind === 'closed') {
      const isOfOrigin = lastWords?.isLogged && /^(?:origin|host)-refused$/.test(lastWords.means)
      if (!isOfOrigin) return ruledOut(...ending.because)
      const said = configSays(facts, 'origin-rewritten')
      return said.length > 0
        ? weighed(likely(...ending.because, lastWords.because), 0.8)
        : weighed(possible(...ending.because, lastWords.because), 0.5)
    }
    if (answer && ![400, 401, 403].includes(answer.status)) return ruledOut(...ending.because)
    const origin = originArrived(facts)
    if (origin?.changed && facts.backend.upgradedMs === undefined)
      return answer?.status === 403 && answer.by === 'backend' && facts.backend.request?.isHandshake
        ? proven(origin.because)
        : likely(origin.because)
    const accepted = retries.origin.filter((retry) => retry.opened)
    if (accepted.some(({ vary }) => typeof vary.origin === 'string'))
      return ruledOut(say('Another Origin is accepted on the same way', 'retries'))
    // Without an Origin there is nothing to compare: that such a handshake is accepted speaks for neither.
    const words = refusalNamesOther(facts)
    if (words && (answer?.status ?? 403) === 403) return weighed(likely(words), 0.8)
    const lost = hostLost(facts)
    if (lost) return weighed(likely(...lost), 0.95)
    const same = sameOriginRefused(facts)
    const isSaid = toldByAny(facts.told, 'origin-refused') !== undefined
    if (same && (accepted.length > 0 || isSaid)) return weighed(likely(same), 0.9)
    // Many servers list the origins of their pages and not their own address, so this alone weighs little.
    if (accepted.length > 0)
      return isOwnOrigin(facts)
        ? weighed(
            possible(say('The server refuses the origin of its own address', 'target.page_origin')),
            0.6,
          )
        : possible(say('No other Origin was seen to be accepted', 'retries'))
    if (answer?.by === 'proxy') return ruledOut(...answer.because)
    const host = hostArrived(facts)
    if (answer?.status === 403 && host?.changed && answer.by === 'backend')
      return weighed(likely(host.because), 0.6)
    if (origin && host) return ruledOut(origin.because, host.because)
    if (answer?.status !== 403 && answer) return ruledOut(...ending.because)
    if (settings.origin !== undefined && answer?.status === 403)
      return weighed(
        likely(say(sentence`The proxy sets Origin to “${settings.origin.value}”`, settings.origin.from)),
        0.7,
      )
    const configured = configSays(facts, 'origin-rewritten')
    const [found] = configured
    const minded = hostNamed(facts)
    if (minded && found) return weighed(likely(minded, found), 0.8)
    return weighed(possible(...ending.because), configured.length > 0 ? 0.6 : 0.4)
  },

  explain: {
    wire: 'A proxy removes or replaces `Origin`, or tells the backend its own name in `Host`. A server that compares the two, or looks the origin up in a list, refuses. nginx names the upstream in `Host` unless told otherwise. HAProxy and Caddy pass both on as they came.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Compare `Origin` and `Host` at the backend with what the page sent. A handshake straight to the backend opens.',
    sources: [
      { title: 'RFC 6455 §10.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-10.2' },
      {
        title: 'nginx, proxy_set_header',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Forward Host and Origin unchanged.`,
    changes: [
      {
        program: 'nginx',
        context: 'location',
        where: sentence`nginx, location ${pathOf(facts)}`,
        text: nginx`proxy_set_header Host $http_host;\n# and no proxy_set_header Origin`,
      },
      {
        program: 'apache',
        where: sentence`Apache httpd, virtual host`,
        text: apache`ProxyPreserveHost On`,
      },
    ],
  }),

  reproduce: 'foreign-host',
})
