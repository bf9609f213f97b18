import { missed, neverOpens, opens, pending, seen, serverSawNothing } from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Setup, type Speed, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { js } from '#lib/text/languages.ts'

const clock = { what: 'the proxy’s patience', realSeconds: 60, shortSeconds: 6 }
const patience = (speed: Speed) => (speed === 'real' ? clock.realSeconds : clock.shortSeconds)

const hung = (speed: Speed, fixed: 'no' | 'yes'): Setup => ({
  via: 'lab',
  fault: 'gateway-timeout',
  knobs: { after_seconds: patience(speed), fixed },
  query: { ping_interval: '1' },
})

export default defineScenario({
  id: 'never-establishes',
  symptom: 'never',
  title: 'The connection never establishes',
  story:
    'The page shows “connecting…” and nothing else happens, for a whole minute. The port is open and the certificate is valid. Behind the proxy, the server accepts the request but loads something before it answers the handshake.',
  clock,

  reproduce: {
    says: 'Connect through a proxy whose backend takes the request and says nothing.',
    label: 'the backend hangs',
    setup: (speed) => hung(speed, 'no'),
    expectations: () => [
      {
        expects: 'CONNECTING for longer than a second',
        look: ({ connection: { state }, now }) => {
          if (state.phase !== 'connecting') return missed(`page: it is ${state.phase}`)
          const ms = now - state.since
          return ms > 1_000 ? seen(`page: connecting for ${describeDuration(ms)}`) : pending
        },
      },
    ],
  },

  observe: {
    says: 'The proxy times out first and returns 504 (Apache: 502), which JavaScript never sees. Without a proxy Chromium would wait for 240 s.',
    expectations: (speed) => [neverOpens(`Error and 1006 after ${patience(speed)} s`), serverSawNothing],
    commands: ['curl', 'port-nc'],
  },

  diagnose: {
    says: 'The probe sees what your page cannot: TCP connects at once, then 504 (Apache: 502) after the proxy’s time.',
    outcome: 'fault',
    cause: 'gateway-timeout',
    probes: true,
    commands: ['nginx-errors', 'port-nc'],
  },

  fix: {
    says: 'Answer the upgrade at once, and do the slow work after it. A longer proxy timeout only makes users wait longer.',
    label: 'the backend answers',
    setup: (speed) => hung(speed, 'yes'),
    diffs: () => [
      {
        where: 'Node server',
        text: js`-const user = await loadUser(request)\n server.handleUpgrade(request, socket, head, (client) => {\n+  const user = loadUser(request)  // a promise: messages wait for it, the handshake does not\n   client.on('message', async (data) => receive(await user, data))\n })`,
      },
    ],
    commands: ['curl', 'health'],
  },

  verify: {
    says: 'The same address: it opens at once.',
    idleSeconds: (speed) => shortenedIdleSeconds(clock, speed),
    expectations: () => [opens],
  },
})
