import { isDropped, opens, outlives, serverSawLoss, silenceFits } from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Speed, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { env } from '#lib/text/configurations.ts'

const clock = { what: 'proxy_read_timeout', realSeconds: 60, shortSeconds: 6 }
const limit = (speed: Speed) => (speed === 'real' ? clock.realSeconds : clock.shortSeconds)
/** A third of what the proxy allows. */
const beat = (speed: Speed) => limit(speed) / 3

export default defineScenario({
  id: 'idle-timeout',
  symptom: 'idle',
  title: '1006 after 60 seconds idle',
  story:
    'The chat works while people type. After a minute without a message the socket is gone, with 1006 and an empty console. In front of the server stands nginx, and its `proxy_read_timeout` was never set: it is 60 s.',
  clock,

  reproduce: {
    says: 'Connect through a proxy that gives up after the silence, with a heartbeat too slow to matter.',
    label: 'heartbeat off',
    setup: (speed) => ({
      via: 'lab',
      fault: 'idle-timeout',
      knobs: { after_seconds: limit(speed) },
      query: { ping_interval: '300', ping_timeout: '10' },
    }),
    expectations: () => [opens],
  },

  observe: {
    says: 'Nobody says anything. The proxy hangs up, and neither side is told why.',
    expectations: (speed) => [isDropped, silenceFits(limit(speed)), serverSawLoss],
    commands: ['wscat', 'nginx-handshakes'],
  },

  diagnose: {
    says: 'The probe repeats the silence, then tries again with a heartbeat. If that survives, idleness was it.',
    outcome: 'fault',
    cause: 'idle-timeout',
    probes: true,
    commands: ['nginx-effective', 'nginx-errors'],
  },

  fix: {
    says: 'Let the server ping more often than the proxy gives up. Traffic in either direction starts nginx’s timer anew, so a heartbeat of the client would do as well.',
    label: 'heartbeat on',
    setup: (speed) => ({
      via: 'lab',
      fault: 'idle-timeout',
      knobs: { after_seconds: limit(speed) },
      query: { ping_interval: String(beat(speed)), ping_timeout: '1' },
    }),
    diffs: (speed) => [
      {
        where: 'Environment of this server',
        text: env`-WS_PING_INTERVAL=300\n+WS_PING_INTERVAL=${beat(speed)}`,
      },
    ],
    commands: ['nginx-effective'],
  },

  verify: {
    says: 'The same proxy, the same silence, only longer.',
    idleSeconds: (speed) => shortenedIdleSeconds(clock, speed),
    expectations: (speed) => [outlives(limit(speed) * 1.5, `the ${limit(speed)} s of the proxy`)],
  },
})
