import {
  isDropped,
  lossOf,
  missed,
  opens,
  outlives,
  pending,
  seen,
  serverSawLoss,
} from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Scene, type Setup, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { isOver, openedAt } from '#lib/store/connection/connection-state.ts'
import { nginx } from '#lib/text/configurations.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { js } from '#lib/text/languages.ts'

const reloadAfterSeconds = 6
/** Between the first end and the last one of connections that were cut at once. */
const instantMs = 500

/** The reload comes all the same: what the fix changes is how long old workers may live on. */
const behindReload = (graceSeconds: number): Setup => ({
  via: 'lab',
  fault: 'reload',
  knobs: { after_seconds: reloadAfterSeconds, grace_seconds: graceSeconds },
  query: { ping_interval: '1' },
})

const allOf = ({ connection, companions }: Scene) => [connection, ...companions]

export default defineScenario({
  id: 'intermittent',
  symptom: 'behind-a-proxy',
  title: 'Intermittent 1006 behind a proxy',
  story:
    'A few times a day some users lose their connection, without a pattern. Some had been there for hours, others for seconds. Each time nginx had been reloaded, and its old workers end after `worker_shutdown_timeout`.',

  reproduce: {
    says: 'Open four connections, one after the other, through a proxy that is reloaded meanwhile.',
    label: 'reload cuts old workers',
    setup: () => behindReload(0),
    expectations: () => [
      opens,
      {
        expects: 'Four connections of different ages',
        look: (scene) => {
          const times = allOf(scene).flatMap(({ state }) => openedAt(state) ?? [])
          if (allOf(scene).some(({ state }) => isOver(state)))
            return missed('page: one ended before all were open')
          if (times.length < 4) return pending
          return seen(
            `page: ${times.length} open, ${describeDuration(Math.max(...times) - Math.min(...times))} apart`,
          )
        },
      },
    ],
  },

  observe: {
    says: 'One connection alone shows nothing but 1006. Side by side they show the pattern.',
    expectations: () => [
      isDropped,
      {
        expects: 'All of them end in the same instant, regardless of age',
        look: (scene) => {
          const losses = allOf(scene).flatMap(({ state }) => lossOf(state) ?? [])
          if (losses.length < allOf(scene).length)
            return allOf(scene).every(({ state }) => isOver(state))
              ? missed('page: not all were lost')
              : pending
          const ends = losses.map(({ at }) => at)
          const apart = Math.max(...ends) - Math.min(...ends)
          const says = `page: ${losses.length} ended within ${describeDuration(apart)}`
          return apart <= instantMs ? seen(says) : missed(says)
        },
      },
      serverSawLoss,
    ],
    commands: ['nginx-errors', 'nginx-handshakes'],
  },

  diagnose: {
    says: 'The connections had different ages but dropped at the same moment. That points to a reload.',
    outcome: 'fault',
    cause: 'proxy-restart',
    probes: false,
    commands: ['nginx-errors', 'nginx-effective'],
  },

  fix: {
    says: 'Give old workers as long as their connections need. Let clients come back after a random delay, so that they do not all return at once.',
    label: 'old workers live on',
    setup: () => behindReload(3600),
    diffs: () => [
      { where: 'nginx, main', text: nginx`-worker_shutdown_timeout 10s;\n+worker_shutdown_timeout 1h;` },
      {
        where: 'In the page',
        text: js`-socket.onclose = () => connect()\n+socket.onclose = () => setTimeout(connect, Math.random() * 30_000)`,
      },
    ],
    commands: ['nginx-effective'],
  },

  verify: {
    says: 'The same number of connections through the same proxy, which is reloaded once more: they outlive it.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [outlives(reloadAfterSeconds * 1.5, `the reload at ${reloadAfterSeconds} s`)],
  },
})
