import type { Facts } from '#lib/facts/facts.ts'
import { type At, noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { toldByAny } from '#lib/facts/told.ts'
import type { NoticeRecord } from '#lib/logs/record.ts'
import {
  defineCause,
  type Finding,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { configRefused } from '#lib/playbook/weighing/config-findings.ts'
import { edgeFix, edgeSays } from '#lib/playbook/weighing/edge-status.ts'
import { fixOfSetting, fullProxy, OWN_SETTINGS } from '#lib/playbook/weighing/own-settings.ts'
import { apache, caddy, nginx, yaml } from '#lib/text/configurations.ts'
import type { Change } from '#lib/text/fix.ts'
import { excerpt, type Sentence, sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'proxy-misconfigured',
  stage: 'handshake',
  side: 'proxy',
  title: 'Proxy misconfigured for WebSockets',
  symptom: 'The handshake is answered with 500 or 502 by the proxy itself.',
  endings: ['answered', 'unopened', 'tcp', 'lost'],
  needs: ['proxy.error_log', 'proxy.config'],

  test: (facts) => {
    const { answer, ending } = facts
    const unallowed = toldByAny(facts.told, 'upgrade-not-allowed')
    if (unallowed) return weighed(likely(say(unallowed.detail, unallowed.from)), 0.8)
    const full = fullProxy(facts)
    if (full && ending.kind === 'answered') return weighed(likely(say(full.detail, full.from)), 0.8)
    const end = terminationOf(facts.proxy)
    if (end?.by === 'resource' && answer)
      return likely(say(sentence`HAProxy had no memory, socket or port left for it (${end.flags})`, end.from))
    const refusal = configRefused(facts)
    // What does not start, nobody can connect to.
    if (refusal && !answer) return weighed(likely(refusal, ...ending.because), 0.95)
    const missed = missedByMatcher(facts)
    if (missed) return missed
    if (ending.kind === 'tcp' || ending.kind === 'lost') return ruledOut(...ending.because)
    const setting = noticeOf(facts.proxy, ...OWN_SETTINGS)
    if (setting && answer && answer.status >= 500) return logged(setting)
    // Envoy refuses an upgrade that no upgrade_configs of the route or listener allows.
    const denied = facts.proxy.access.find(({ record }) => record.detail === 'upgrade_failed')
    if (denied && answer?.status === 403)
      return proven(say('Envoy answered by itself: upgrade_failed, the route allows no upgrade', denied.from))
    const closed = facts.settings.findings.find(
      ({ rule, severity }) => rule === 'kubernetes-contour-websockets' && severity === 'error',
    )
    if (closed && answer?.status === 403)
      return weighed(likely(...ending.because, say(closed.says, closed.from)), 0.85)
    const { own } = facts.settings
    if (own && own.status === 403 && answer?.status === 403 && facts.proxy.kind === 'envoy')
      return weighed(likely(...ending.because, say(own.says, own.from)), 0.85)
    if (answer && ![421, 500, 501, 502, 525, 526].includes(answer.status)) {
      const { passing } = facts.settings
      return passing && (passing.upgrade === false || passing.connection === false)
        ? weighed(possible(say('The location does not pass the upgrade on', passing.from.place)), 0.4)
        : ruledOut(...ending.because)
    }
    const notice = noticeOf(facts.proxy, 'response-header-too-big')
    if (notice && answer) return logged(notice)
    const plain = noticeOf(facts.proxy, 'upstream-not-tls', 'upstream-is-tls')
    if (plain && answer)
      return weighed(possible(say('The proxy and the backend do not agree on TLS', plain.from)), 0.6)
    const tls = noticeOf(facts.proxy, 'upstream-tls-failed')
    if (tls && answer) {
      const says = sentence`TLS between the proxy and the backend failed: “${excerpt(tls.record.text)}”`
      return likely(say(says, tls.from))
    }
    if (
      noticeOf(
        facts.proxy,
        'connect-refused',
        'connect-failed',
        'connect-timed-out',
        'closed-before-response',
        'reset-before-response',
        'response-timed-out',
      )
    ) {
      return ruledOut(say('The proxy logged another reason', 'proxy.error_log'))
    }
    if (answer?.by === 'backend') return ruledOut(...answer.because)
    if (answer?.status === 525 || answer?.status === 526)
      return weighed(possible(...ending.because, ...edgeSays(facts)), 0.6)
    return weighed(
      possible(...ending.because),
      answer === undefined ? 0.1 : answer.status === 502 ? 0.4 : 0.3,
    )
  },

  explain: {
    wire: 'The proxy itself cannot carry the upgrade. Apache has no handler for `ws://`, a response header is larger than nginx’s buffer, or it speaks TLS to a plain HTTP backend.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'The proxy’s error log says which: `AH01144`, `upstream sent too big header`.',
    sources: [
      {
        title: 'nginx, proxy_buffer_size',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size',
      },
    ],
  },

  fix: (facts) => {
    const own = ownChanges(facts)
    const edge = edgeFix(facts)
    if (edge) return { summary: edge, changes: own }
    if (configRefused(facts)) return { summary: summaryOfRefused(facts), changes: own }
    const setting = fixOfSetting(facts)
    if (setting) return { ...setting, changes: [...own, ...setting.changes] }
    if (noticeOf(facts.proxy, 'upstream-tls-failed')) return { summary: OF_TLS, changes: ofTls(facts) }
    return {
      summary: facts.settings.findings.some(({ rule }) => rule === 'caddy-exact-connection')
        ? sentence`Let the matcher find Upgrade anywhere in the Connection header, or match the path alone: Caddy passes upgrades on by itself.`
        : facts.settings.findings.some(({ rule }) => rule === 'kubernetes-contour-websockets')
          ? sentence`Set enableWebsockets: true on the route of the HTTPProxy that takes the WebSocket.`
          : sentence`Correct the setting that the proxy’s error log names.`,
      changes: own.length > 0 ? own : CHANGES(facts),
    }
  },

  reproduce: null,
})

const logged = ({ record, from }: At<NoticeRecord>): Finding =>
  proven(say(sentence`The proxy logged “${excerpt(record.text)}”`, from))

/** nginx resolves the names of its configuration once, when it starts. */
const UNRESOLVED_AT_START = /\bhost not found in upstream "([^"]{1,253})"/

function summaryOfRefused({ proxy }: Facts): Sentence {
  const text = noticeOf(proxy, 'refuses-to-start')?.record.text ?? ''
  const name = UNRESOLVED_AT_START.exec(text)?.[1]
  return name === undefined
    ? sentence`Correct the line that the proxy names, test the configuration, and start the proxy again.`
    : sentence`nginx does not start while “${name}” has no address where it runs. Start what has this name first, on a network that nginx shares, or correct the name. With resolver and a variable in proxy_pass nginx looks it up at each request, and starts without it.`
}

/** What a plain request is answered with: the page that is there, or none. */
const OF_PAGES: readonly number[] = [200, 400, 404, 405, 426]

/** Caddy's matcher leaves out what Firefox sends: whoever uses it gets what pages get. */
function missedByMatcher(facts: Facts): Finding | undefined {
  const { answer, ending, settings, stack } = facts
  const found = settings.findings.find(({ rule }) => rule === 'caddy-exact-connection')
  if (found === undefined || (answer !== undefined && !OF_PAGES.includes(answer.status))) return undefined
  const because = say(found.says, found.from)
  return stack.client.includes('firefox')
    ? weighed(likely(...ending.because, because), 0.9)
    : weighed(possible(because), 0.5)
}

/** What the person's own configuration, or the proxy's own words, ask for. */
function ownChanges({ settings, proxy }: Facts): Change[] {
  const found = settings.findings.flatMap(({ cause, fix, diff, from }): Change[] =>
    fix && diff === undefined && cause === 'proxy-misconfigured'
      ? [{ program: 'nginx', context: 'http', where: sentence`nginx, for ${from}`, text: fix }]
      : [],
  )
  const hasDiff = settings.findings.some(({ cause, diff }) => cause === 'proxy-misconfigured' && diff)
  const unknown = /unknown "(\w{1,60})" variable/.exec(noticeOf(proxy, 'refuses-to-start')?.record.text ?? '')
  if (hasDiff || found.length > 0 || !/upgrade/i.test(unknown?.[1] ?? '')) return found
  return [
    {
      program: 'nginx',
      context: 'http',
      where: sentence`nginx, in http {}`,
      text: nginx`map $http_upgrade ${nginx.argument(`$${unknown?.[1]}`)} {\n    default upgrade;\n    '' close;\n}`,
    },
  ]
}

const OF_TLS = sentence`Give the backend a certificate for the name that the proxy connects to, from a CA that the proxy trusts. Or tell the proxy which name and which CA to expect.`

const ofTls = (facts: Facts): Change[] => [
  {
    program: 'caddy',
    where: sentence`Caddy, in reverse_proxy with an https:// backend`,
    text: caddy`transport http {\n    tls_server_name YOUR_CERTIFICATE_NAME\n    tls_trust_pool file YOUR_CA_FILE\n}`,
  },
  {
    program: 'nginx',
    context: 'location',
    where: sentence`nginx, location ${pathOf(facts)}`,
    text: nginx`proxy_ssl_server_name on;\nproxy_ssl_name YOUR_CERTIFICATE_NAME;\nproxy_ssl_trusted_certificate YOUR_CA_FILE;`,
  },
  {
    program: 'apache',
    where: sentence`Apache httpd, the virtual host that has this ProxyPass`,
    text: apache`SSLProxyCACertificateFile YOUR_CA_FILE`,
  },
]

const CHANGES = (facts: Facts): Change[] => [
  {
    program: 'nginx',
    context: 'location',
    where: sentence`nginx, location ${pathOf(facts)}`,
    text: nginx`proxy_buffer_size 16k;\nproxy_buffers 4 16k;`,
  },
  {
    program: 'envoy',
    where: sentence`Envoy, http_connection_manager`,
    text: yaml`upgrade_configs:\n- upgrade_type: websocket`,
  },
  {
    program: 'a2enmod',
    of: 'apache',
    where: sentence`Debian or Ubuntu`,
    text: shell`a2enmod proxy_http proxy_wstunnel && systemctl reload apache2`,
  },
]
