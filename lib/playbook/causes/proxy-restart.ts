import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import {
  decisive,
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { crowdMoment } from '#lib/playbook/weighing/crowd.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { endedItself } from '#lib/playbook/weighing/ended-itself.ts'
import { caddy, haproxy, nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

function signals(facts: Facts): Signal[] {
  const { proxy, cuts } = facts
  const found: Signal[] = []
  const end = terminationOf(proxy, cuts.any?.ageMs)
  if (end?.by === 'killed') {
    const because = say(sentence`HAProxy killed the session itself (${end.flags})`, end.from)
    // An operator may kill a single session; with a stop beside it there is no other reading.
    found.push((noticeOf(proxy, 'stop') ? decisive : strong)(because))
  }
  if (end?.by === 'server-up') {
    const says = sentence`HAProxy ended the sessions of its backup server, because an active server was up again (${end.flags})`
    found.push(strong(say(says, end.from)))
  }
  const crash = noticeOf(proxy, 'worker-crashed')
  if (crash) found.push(strong(say('The proxy’s worker process died', crash.from)))
  found.push(...changeSignals(proxy))
  const stops = facts.told.proxy.find(({ means }) => means === 'shutting-down')
  if (stops) {
    const what = stops.unsure ? 'was changed' : 'was told to stop'
    found.push(strong(say(sentence`The proxy ${what}: ${stops.detail}`, stops.from)))
  }
  const moment = crowdMoment(facts)
  if (moment && moment.by !== 'backend') found.push(strong(moment.because))
  return found
}

function changeSignals(proxy: Facts['proxy']): Signal[] {
  const change = noticeOf(proxy, 'stop', 'reload')
  if (!change) return []
  const how = change.record.sign === 'stop' ? 'stopped' : 'reloaded'
  const because = say(`The proxy was ${how} while the connection was open`, change.from)
  const unfinished = proxy.access.find(({ record }) => record.complete === false)
  if (!unfinished) return [strong(because)]
  const says = 'The proxy itself did not count the request as complete'
  return [decisive(because), decisive(say(says, unfinished.from))]
}

export default defineCause({
  id: 'proxy-restart',
  stage: 'lost',
  side: 'proxy',
  title: 'Proxy reloaded or restarted',
  symptom: 'Many connections drop at the same moment, regardless of age.',
  endings: ['dropped', 'broken', 'closed'],
  needs: ['proxy.error_log', 'proxy.access_log', 'peers'],

  signals,

  test: (facts, signals) => {
    const { ending, backend } = facts
    const itself = signals.own.length === 0 && endedItself(facts)
    if (itself) return ruledOut(itself)
    if (facts.clientGone && signals.own.length === 0) return ruledOut(facts.clientGone)
    if (ending.kind === 'dropped' || ending.kind === 'broken') return dropFinding(facts, signals, 0.4)
    if (ending.kind !== 'closed' || ending.by === 'page' || ![1001, 1012].includes(ending.code))
      return ruledOut(...ending.because)
    const change = noticeOf(facts.proxy, 'reload', 'stop')
    if (change) return weighed(likely(say('The proxy was reloaded or stopped', change.from)), 0.8)
    // The page got a Close frame, and the backend never sent one: somebody between them did.
    const cutThere = backend.close?.code === 1006 || backend.errors.length > 0
    if (backend.upgradedMs !== undefined && cutThere) {
      const at = backend.errors[0]?.at ?? backend.close?.at
      return weighed(
        likely(
          say(
            sentence`The page got close code ${ending.code}, and the backend’s connection broke without one`,
            serverPath(at),
          ),
        ),
        0.85,
      )
    }
    return weighed(possible(...ending.because), 0.3)
  },

  explain: {
    wire: 'On reload nginx starts new workers and ends the old ones after `worker_shutdown_timeout`; HAProxy after `hard-stop-after`. Caddy closes all sockets with 1001 at once.',
    browser:
      'Without a Close frame, the browser reports 1006. There is no error event and nothing in the console, so at least six causes look the same.',
    sure: 'Compare the time of the cut with the proxy’s log. Connections of different ages that die together are the sign.',
    sources: [
      {
        title: 'nginx, worker_shutdown_timeout',
        url: 'https://nginx.org/en/docs/ngx_core_module.html#worker_shutdown_timeout',
      },
    ],
  },

  fix: (facts) => ({
    summary: isOfBackup(facts)
      ? sentence`Reconnect with a random pause. Or take on-marked-up shutdown-backup-sessions off the servers of HAProxy: then a backup server keeps its connections until they end.`
      : sentence`Reconnect with a random pause, and let old workers live as long as the connections need.`,
    changes: [
      {
        program: 'nginx',
        context: 'main',
        where: sentence`nginx, main: as long as your connections live, such as 1 h`,
        text: nginx`worker_shutdown_timeout 1h;`,
      },
      {
        program: 'haproxy',
        context: 'global',
        where: sentence`HAProxy, global: as long as your connections live, such as 1 h`,
        text: haproxy`hard-stop-after 1h`,
      },
      {
        program: 'caddy',
        where: sentence`Caddy 2.7 or later, reverse_proxy`,
        text: caddy`stream_close_delay 1h`,
      },
    ],
  }),

  reproduce: 'reload',
})

const isOfBackup = ({ proxy, cuts }: Facts): boolean =>
  terminationOf(proxy, cuts.any?.ageMs)?.by === 'server-up'
