import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { heldFor, wasCut } from '#lib/facts/retries.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  type Because,
  decisive,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { candidatesFor } from '#lib/playbook/intermediaries/candidates.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { crowdTimer } from '#lib/playbook/weighing/crowd.ts'
import { isInstant, outlivedItsSilence, secondsOf, tooSoon } from '#lib/playbook/weighing/cut-times.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { endedItself } from '#lib/playbook/weighing/ended-itself.ts'
import { fingerprint } from '#lib/playbook/weighing/fingerprint.ts'
import {
  beatSeconds,
  limitThatFits,
  longLimit,
  observedSeconds,
  sparedLimit,
} from '#lib/playbook/weighing/observed-timer.ts'
import { tunnelTimeout } from '#lib/playbook/weighing/tunnel-timeout.ts'
import { apache, haproxy, nginx, yaml } from '#lib/text/configurations.ts'
import type { Change } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { csharp, java, js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

function signals(facts: Facts): Signal[] {
  const { cuts, retries, settings } = facts
  const found: Signal[] = []
  const said = toldByAny(facts.told, 'idle-timeout')
  if (said) {
    const silence = said.limitMs === undefined ? 'silence' : `${secondsOf(said.limitMs)} of silence`
    const is = said.unsure ? strong : decisive
    found.push(is(say(sentence`It was ended over ${silence}: ${said.detail}`, said.from)))
  }
  // Silence before the cut fits a limit that the configuration sets.
  const cut = cuts.any
  const limit = limitThatFits(facts, 'idle')
  const timeout = tunnelTimeout(facts)
  if (timeout.over === 'silence') {
    // Other connections to the same path may have timed out; this one only if its silence fits.
    // Where nobody measured the silence, no limit can be compared with it.
    const isUnlimited = settings.idle.length === 0 || cut === undefined
    const fits = limit !== undefined || (isUnlimited && isOnlyLine(facts))
    if (timeout.notice) found.push((fits ? decisive : strong)(timeout.notice))
    if (timeout.flags) found.push(decisive(timeout.flags))
  }
  if (limit && cut) {
    const says = sentence`${secondsOf(cut.silenceMs)} of silence came before the cut, and ${limit.setting} allows no more`
    found.push(strong(say(says, limit.from)))
  }
  const usual = limit ? undefined : usualOfNamed(facts)
  if (usual) found.push(strong(usual))
  const first = cuts.probe ?? cut
  for (const retry of retries.heartbeat) {
    if (!first || !heldFor(retry, first.ageMs * 1.1 + 500)) continue
    const says = sentence`With a heartbeat every ${retry.vary.heartbeat_seconds ?? '?'} s the connection outlived the cut`
    found.push(strong(say(says, retry.from)))
  }
  const crowd = crowdTimer(facts, 'idle')
  if (crowd) found.push(strong(crowd))
  // Beside a client that gave up over its own ping it may tell of the same silence, and decides nothing.
  return facts.ending.kind === 'given-up' ? found.map(({ because }) => strong(because)) : found
}

/** The person names a proxy, and the silence before the cut is its default limit. */
function usualOfNamed(facts: Facts): Because | undefined {
  const { cuts, settings, evidence } = facts
  // One whose configuration is there is judged by that.
  const configured = settings.idle.length > 0 ? facts.proxy.kind : undefined
  const hops = (evidence.stack?.proxy ?? []).filter((id) => id !== configured)
  if (cuts.any === undefined || outlivedItsSilence(facts)) return undefined
  const candidates = candidatesFor({ kind: 'idle', seconds: cuts.any.silenceMs / 1000, hops })
  const named = candidates.find(({ isKnownHop }) => isKnownHop)
  if (named === undefined) return undefined
  const says = sentence`${secondsOf(cuts.any.silenceMs)} of silence came before the cut, which is the default limit of ${named.who}`
  return say(says, cuts.any.from)
}

/** The server says that it closed over silence, or its Close frame does: no proxy’s timer sends one. */
const isServersOwn = ({ told, ending }: Facts): boolean =>
  told.server.some(({ means }) => means === 'idle-timeout') || namesSilence(ending)

const namesSilence = (ending: Facts['ending']): boolean =>
  ending.kind === 'closed' && ending.by === 'peer' && meaningOfReason(ending.reason) === 'idle-timeout'

/** The log has this one connection, or several as long as this one. */
function isOnlyLine({ proxy: { access }, cuts: { any: cut } }: Facts): boolean {
  const [first] = access
  const ageMs = cut?.ageMs ?? first?.record.durationMs
  return access.every(({ record: { durationMs } }) =>
    durationMs === undefined || ageMs === undefined ? access.length === 1 : closeTo(durationMs, ageMs),
  )
}

/** No timer that anybody sets is shorter. */
const SHORTEST_MS = 1000

/** Its place among the causes of a silent loss, where nothing speaks for any. */
function likelihood(facts: Facts): number {
  const { cuts } = facts
  if ((cuts.any?.silenceMs ?? SHORTEST_MS) < SHORTEST_MS) return 0.1
  // No timer of a proxy, then: at most one of the server’s own.
  if (endedItself(facts)) return 0.1
  // A timer that had let a longer silence pass before does not strike after a shorter one.
  if (outlivedItsSilence(facts)) return 0.1
  // Proxies end an idle tunnel with FIN; a reset has other makers first.
  return cuts.tcp === 'rst' ? 0.4 : 0.6
}

export default defineCause({
  id: 'idle-timeout',
  stage: 'lost',
  side: 'proxy',
  title: 'Idle timeout at a proxy or load balancer',
  symptom: 'The connection works, then drops with 1006 whenever it has been idle for a fixed time.',
  endings: ['dropped', 'closed', 'lost', 'given-up'],
  needs: ['proxy.access_log', 'proxy.error_log', 'retries.heartbeat_seconds', 'peers'],

  signals,

  test: (facts, signals) => {
    const { ending } = facts
    if (ending.kind === 'closed') {
      const said = toldByAny(facts.told, 'idle-timeout')
      const told = said ? [say(said.detail, said.from)] : []
      if (namesSilence(ending) || (said && ending.by === 'peer')) return proven(...ending.because, ...told)
      const crowd = facts.peers?.sentAway && crowdTimer(facts, 'idle')
      return crowd ? weighed(likely(...ending.because, crowd), 0.8) : ruledOut(...ending.because)
    }
    if (ending.kind === 'given-up') {
      const because = signals.own.map((signal) => signal.because)
      return because.length > 0 ? weighed(likely(...because), 0.6) : ruledOut(...ending.because)
    }
    const silenceMs = facts.cuts.any?.silenceMs ?? 0
    const beaten = facts.retries.heartbeat.find(
      (retry) => wasCut(retry) && (retry.vary.heartbeat_seconds ?? 0) * 1000 < silenceMs,
    )
    const finding = dropFinding(facts, signals, likelihood(facts))
    if (finding.is !== 'possible') return finding
    if (isInstant(facts)) return ruledOut(tooSoon(facts))
    if (beaten) return ruledOut(say('A heartbeat did not keep the connection', beaten.from))
    const known = outlivedItsSilence(facts) ? undefined : fingerprint(facts)
    return known ? possible(...finding.because, known) : finding
  },

  explain: {
    wire: 'No data passed for a while, so a proxy or load balancer closed the connection: nginx after `proxy_read_timeout` (60 s), HAProxy after `timeout tunnel`, Apache after `Timeout` (60 s), Envoy after 5 min, an AWS load balancer after 60 s. It ends TCP with FIN and sends no Close frame. Bytes in either direction restart these timers. `proxy_send_timeout` and `proxy_buffering` have no part in it; Caddy has no such timer for upgraded connections.',
    browser:
      'Without a Close frame there is no code to report: the browser makes up 1006. No error event fires and the console stays empty, exactly as after a crash of the server.',
    sure: 'Repeat with a heartbeat shorter than the limit. If the connection survives, it is an idle timeout. nginx logs it only at level `info`. At the default level, look for access lines with status 101 and the same `$request_time`.',
    sources: [
      {
        title: 'nginx, proxy_read_timeout',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
      },
      { title: 'nginx, WebSocket proxying', url: 'https://nginx.org/en/docs/http/websocket.html' },
      {
        title: 'HAProxy, timeout tunnel',
        url: 'https://docs.haproxy.org/2.6/configuration.html#4.2-timeout%20tunnel',
      },
      { title: 'Apache httpd, Timeout', url: 'https://httpd.apache.org/docs/2.4/mod/core.html#timeout' },
      {
        title: 'Caddy, reverse_proxy',
        url: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#streaming',
      },
      {
        title: 'AWS, ALB attributes',
        url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
      },
      {
        title: 'Envoy, timeouts',
        url: 'https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts',
      },
    ],
  },

  fix: (facts) => {
    const beat = beatSeconds(facts)
    return {
      summary: summaryOf(facts, beat),
      changes: [
        {
          program: 'node',
          where: sentence`Node server (ws)`,
          text: js`setInterval(() => { for (const socket of server.clients) socket.ping() }, ${milliseconds(beat)})`,
        },
        {
          program: 'python',
          where: sentence`Python server (websockets)`,
          text: python`serve(handler, YOUR_HOST, YOUR_PORT, ping_interval=${beat ?? python`YOUR_SECONDS`})`,
        },
        {
          program: 'java',
          of: 'jetty',
          where: sentence`Jetty server: its own idle timeout, longer than your longest silence`,
          text: java`container.setIdleTimeout(Duration.ofSeconds(YOUR_SECONDS));`,
        },
        {
          program: 'java',
          of: 'jsr356',
          where: sentence`Jakarta WebSocket session: longer than your longest silence, in milliseconds`,
          text: java`session.setMaxIdleTimeout(YOUR_MILLISECONDS);`,
        },
        {
          program: 'dotnet',
          where: sentence`ASP.NET Core`,
          text: csharp`app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(${beat ?? csharp`YOUR_SECONDS`}) });`,
        },
        {
          program: 'browser',
          where: sentence`In the page, where the server sends no pings`,
          text: js`setInterval(() => socket.send('{"type":"ping"}'), ${milliseconds(beat)})`,
        },
        ...(isServersOwn(facts) || sparedLimit(facts) || longLimit(facts) ? [] : proxyChanges(facts)),
      ],
    }
  },

  reproduce: 'idle-timeout',
})

const milliseconds = (seconds: number | undefined) =>
  seconds === undefined ? js`YOUR_SECONDS * 1000` : seconds * 1000

function summaryOf(facts: Facts, beat: number | undefined): Sentence {
  const seconds = observedSeconds(facts, 'idle')
  const every =
    beat === undefined ? sentence`more often than the shortest timer on the way` : sentence`every ${beat} s`
  const spared = sparedLimit(facts)
  if (isServersOwn(facts)) {
    const limit = seconds === undefined ? '' : ` of ${Math.round(seconds)} s`
    return sentence`The server itself closed the silent connection. Send a heartbeat ${every}, or raise the server’s own idle timeout${limit}.`
  }
  if (spared) {
    return sentence`Send a heartbeat ${every}. The proxy’s ${spared.setting} allows more silence than there was, so another hop ended it: look at the load balancer in front of it.`
  }
  const long = longLimit(facts)
  if (long) {
    return sentence`Send a heartbeat ${every}, so that the connection is never silent for long. The proxy’s ${long.setting} is long already: give it a higher value only where longer silences are meant to be.`
  }
  return sentence`Send a heartbeat ${every}, so that the connection is never silent for long. Or raise the timer that ends silent connections.`
}

/** Longer than any silence that an application of one’s own should have; the heartbeat is what keeps a connection. */
function proxyChanges(facts: Facts): Change[] {
  const hours = usualHours(facts)
  const longer = sentence`longer than your longest silence, such as ${hours} h`
  return [
    {
      program: 'nginx',
      context: 'location',
      where: sentence`nginx, location ${pathOf(facts)}: ${longer}`,
      text: nginx`proxy_read_timeout ${hours}h;`,
    },
    {
      program: 'haproxy',
      context: 'defaults',
      where: sentence`HAProxy, defaults or backend: ${longer}`,
      text: haproxy`timeout tunnel ${hours}h`,
    },
    {
      program: 'apache',
      where: sentence`Apache httpd, virtual host: ${longer}`,
      text: apache`ProxyTimeout ${hours * HOUR_S}`,
    },
    {
      program: 'envoy',
      where: sentence`Envoy, http_connection_manager`,
      text: yaml`stream_idle_timeout: ${hours * HOUR_S}s`,
    },
    {
      program: 'aws-alb',
      where: sentence`AWS load balancer (4000 s at most)`,
      text: shell`aws elbv2 modify-load-balancer-attributes --load-balancer-arn YOUR_LOAD_BALANCER_ARN --attributes Key=idle_timeout.timeout_seconds,Value=3600`,
    },
  ]
}

const HOUR_S = 3600

/** A connection that was cut over an hour old may have had a limit of an hour already. */
function usualHours({ cuts, proxy: { access } }: Facts): number {
  const ages = [cuts.any?.ageMs, ...access.map(({ record }) => record.durationMs)]
  return ages.some((ms = 0) => ms >= HOUR_S * 1000) ? 24 : 1
}
