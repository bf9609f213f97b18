import { lateEvent, missed, neverOpens, opens, pending, seen } from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Setup, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { env } from '#lib/text/configurations.ts'

const before = (fixed: 'no' | 'yes'): Setup => ({
  via: 'lab',
  fault: 'origin-rejected',
  knobs: { fixed },
  query: { ping_interval: '1' },
})

export default defineScenario({
  id: 'origin',
  symptom: 'forbidden',
  title: 'Origin not allowed',
  story:
    'The new domain went live. The connection fails from it, but works from the old one and from `wscat`. The server keeps a list of the origins whose pages may connect, and the new one is not on it.',

  reproduce: {
    says: 'Connect to a server whose ALLOWED_ORIGINS does not name this page.',
    label: 'origin not on the list',
    setup: () => before('no'),
    expectations: () => [
      {
        expects: 'The attempt is refused',
        look: ({ connection: { state } }) => {
          if (state.phase === 'connecting') return pending
          return state.phase === 'never-opened'
            ? seen('page: never opened')
            : missed(`page: it is ${state.phase}`)
        },
      },
    ],
  },

  observe: {
    says: 'A refused handshake is 1006 in the page, whatever the server meant by it: 1008 needs a connection that was accepted first.',
    expectations: () => [
      neverOpens('The page gets an error event and 1006, not 1008'),
      {
        expects: 'The server writes 403 FORBIDDEN: Origin not in allowed list',
        look: (scene) => {
          const { rejected, attempt } = scene.connection.server
          if (rejected === null) return lateEvent(scene, 'server: it was not refused')
          const says = `server: ${rejected.status ?? rejected.close_code ?? ''} ${rejected.reason}, Origin ${attempt?.origin ?? 'none'}`
          return rejected.cause === 'origin' ? seen(says) : missed(says)
        },
      },
    ],
    commands: ['console', 'log-search'],
  },

  diagnose: {
    says: 'The probe tries the same handshake with other origins. If one succeeds, the origin is the cause.',
    outcome: 'fault',
    cause: 'origin-rejected',
    probes: true,
    commands: ['curl', 'wscat'],
  },

  fix: {
    says: 'Add the page’s origin exactly as the browser sends it: scheme, host and port, no trailing slash.',
    label: 'origin on the list',
    setup: () => before('yes'),
    diffs: () => [
      {
        where: 'Environment of the server',
        text: env`-ALLOWED_ORIGINS=https://old.example\n+ALLOWED_ORIGINS=https://old.example,https://app.example`,
      },
    ],
    commands: ['curl', 'log-search'],
  },

  verify: {
    says: 'The same page, the same address.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [opens],
  },
})
