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
    'The chat works while people type. After a minute without messages the connection drops: 1006, and nothing in the console. nginx is in front of the server, and its `proxy_read_timeout` was never set: it is 60 s.',
  clock,

  reproduce: {
    says: 'Connect through a proxy with an idle timeout, using a heartbeat that is too slow.',
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
    says: 'No traffic. The proxy closes the connection without telling either side why.',
    expectations: (speed) => [isDropped, silenceFits(limit(speed)), serverSawLoss],
    commands: ['wscat', 'nginx-handshakes'],
  },

  diagnose: {
    says: 'The probe stays idle again, then repeats with a heartbeat. If that survives, it was an idle timeout.',
    outcome: 'fault',
    cause: 'idle-timeout',
    probes: true,
    commands: ['nginx-effective', 'nginx-errors'],
  },

  fix: {
    says: 'Ping more often than the proxy’s timeout. Traffic in either direction resets nginx’s timer, so a client heartbeat works too.',
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
    says: 'Same proxy, longer idle time.',
    idleSeconds: (speed) => shortenedIdleSeconds(clock, speed),
    expectations: (speed) => [outlives(limit(speed) * 1.5, `the ${limit(speed)} s of the proxy`)],
  },
})
