import { envoyFlagOf } from '#lib/facts/envoy-flags.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, type Finding, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { versionRefused } from '#lib/playbook/weighing/refusal-words.ts'
import { nginx, yaml } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** What backends answer to an upgrade in the wrong version of HTTP. */
const FITTING = [400, 405, 426, 464, 500, 501, 505]
/** What they answer to HTTP/2, over which no Upgrade reaches them: what they answer to any plain request. */
const FITTING_HTTP2 = [...FITTING, 200, 404]
/** Of those, the ones that have many other reasons. */
const COMMON = [405, 500, 501]

/** Envoy speaks HTTP/2 to this backend, which ended the request without an answer, or answered as it does to a plain one. */
function overHttp2(facts: Facts): Finding | undefined {
  const { http2 } = facts.settings
  const { answer, proxy } = facts
  if (http2 === undefined || answer === undefined) return undefined
  const flag = envoyFlagOf(proxy)
  if (!flag && !FITTING_HTTP2.includes(answer.status)) return undefined
  const setting = say(
    sentence`The cluster speaks HTTP/2 to the backend (${http2.setting}), and there an upgrade works only where the backend allows extended CONNECT`,
    http2.from,
  )
  const ended = flag ? [say(sentence`Envoy’s line has ${flag.flag}`, flag.from)] : []
  return http2.allowsConnect
    ? weighed(possible(setting, ...ended), 0.4)
    : weighed(likely(setting, ...ended), flag ? 0.85 : 0.7)
}

const passesUpgrade = ({ settings, backend }: Facts): boolean =>
  (settings.passing?.upgrade && settings.passing.connection) ||
  (backend.request?.upgrade === true && backend.request.connection)

export default defineCause({
  id: 'upstream-http-version',
  stage: 'handshake',
  side: 'proxy',
  title: 'Wrong HTTP version to the backend',
  symptom: 'The handshake is refused with 400, 426 or 505 behind a proxy and works without it.',
  endings: ['answered', 'unopened'],
  needs: ['server', 'proxy.config'],

  test: (facts) => {
    const { answer, backend, settings, ending } = facts
    const extended = overHttp2(facts)
    if (extended) return extended
    const isHttp2 = settings.passing?.httpVersion === '2'
    if (answer && !(isHttp2 ? FITTING_HTTP2 : FITTING).includes(answer.status)) {
      return ruledOut(...ending.because)
    }
    const version = backend.request?.httpVersion
    const reached = backend.request?.headers
      ? backend.request.upgrade && backend.request.connection
      : undefined
    if (version !== undefined && version !== '1.1') {
      const because = say(
        sentence`The request reached the backend as HTTP/${version}`,
        `server[${backend.request?.at ?? 0}].http_version`,
      )
      const weak = reached === false || (answer !== undefined && COMMON.includes(answer.status))
      return weak ? weighed(possible(because), 0.4) : likely(because)
    }
    if (version === '1.1')
      return ruledOut(
        say(
          'The request reached the backend as HTTP/1.1',
          `server[${backend.request?.at ?? 0}].http_version`,
        ),
      )
    if (answer?.status === 464)
      return weighed(
        likely(
          say(
            'A load balancer of AWS answers 464 where the version of HTTP does not fit its target group: a WebSocket needs one of HTTP1',
            answer.from,
          ),
        ),
        0.9,
      )
    const words = versionRefused(facts)
    // Whoever minds the version does not come to mind the headers, which the same proxy may have dropped.
    if (words) return weighed(likely(words), 0.8)
    const named = facts.told.proxy.find(({ means }) => means === 'http-version')
    if (named) return weighed(likely(say(named.detail, named.from)), 0.7)
    if (answer?.by === 'proxy') return ruledOut(...answer.because)
    if (answer && isHttp2 && settings.passing) {
      const says = 'The location speaks HTTP/2 to the backend, which has no Upgrade header'
      return weighed(likely(say(says, settings.passing.from.httpVersion)), 0.9)
    }
    if (answer?.status === 505) return likely(...ending.because)
    const { upgrade, connection, httpVersion: used, from } = settings.passing ?? {}
    if (answer && from && upgrade && connection && used !== undefined && used !== '1.1') {
      return likely(say(sentence`The location passes the upgrade on as HTTP/${used}`, from.httpVersion))
    }
    if (from && used === '1.1')
      return ruledOut(say('The proxy speaks HTTP/1.1 to the backend', from.httpVersion))
    const body = answer?.body ?? ''
    if (/valid HTTP request|HTTP version|HTTP\/1\.1/i.test(body))
      return weighed(possible(say('The refusal speaks of the HTTP version', 'probe.http.body_start')), 0.8)
    return weighed(possible(...ending.because), answer?.status === 400 ? 0.5 : 0.2)
  },

  explain: {
    wire: 'The `Upgrade` header exists in HTTP/1.1 only. nginx before 1.29.7 speaks HTTP/1.0 to backends unless told otherwise. Node `ws` and aiohttp accept that; Python `websockets` and Cowboy refuse.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Print the HTTP version of the request at the backend.',
    sources: [
      {
        title: 'nginx, proxy_http_version',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
      },
    ],
  },

  fix: (facts) =>
    facts.settings.http2
      ? {
          summary: sentence`Let Envoy speak HTTP/1.1 to this backend, or allow extended CONNECT there: in a second Envoy that is allow_connect of its listener.`,
          changes: [
            {
              program: 'envoy',
              where: sentence`Envoy, typed_extension_protocol_options of the cluster, in place of http2_protocol_options`,
              text: yaml`explicit_http_config:\n  http_protocol_options: {}`,
            },
            {
              program: 'envoy',
              where: sentence`Or, in the Envoy behind it: http_connection_manager`,
              text: yaml`http2_protocol_options:\n  allow_connect: true`,
            },
          ],
        }
      : {
          summary: sentence`Make the proxy use HTTP/1.1 to the backend.`,
          changes: [
            {
              program: 'nginx',
              context: 'location',
              where: sentence`nginx, location ${pathOf(facts)}`,
              // Who set nothing at all lacks these two as well.
              text: passesUpgrade(facts)
                ? nginx`proxy_http_version 1.1;`
                : nginx`proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";`,
            },
          ],
        },

  reproduce: 'http10-upstream',
})
