import { defineScenario, shortenedIdleSeconds } from '#lib/playbook/scenario.ts'
import { howItEnded, missed, opens, pending, seen } from '#lib/playbook/sights.ts'
import { isOver } from '#lib/store/connection-state.ts'

/** Loopback would be allowed; the browser refuses before it asks for the name. */
const insecure = 'ws://socket.example/ws/health'

export default defineScenario({
  id: 'mixed-content',
  symptom: 'mixed-content',
  title: 'Mixed content',
  story:
    'The site moved to https. The socket’s URL stayed `ws://`, because it stands in a constant. On the developer’s machine all is well, since browsers make an exception for `localhost`.',
  needsSecurePage: true,

  reproduce: {
    says: 'From a page that came over https, open a ws:// URL of a host that is not this machine.',
    label: 'ws://',
    setup: () => ({ via: 'url', url: () => insecure }),
    checks: () => [
      {
        expects: 'The constructor throws, before any packet is sent',
        look: ({ connection: { state } }) => {
          if (state.phase === 'refused') return seen(`page: ${state.name} from new WebSocket`)
          return isOver(state) ? missed(howItEnded(state)) : pending
        },
      },
    ],
  },

  observe: {
    says: 'There is no close event and no code, so whoever waits for 1006 waits in vain.',
    checks: () => [
      {
        expects: 'A SecurityError that names the insecure connection',
        look: ({ connection: { state } }) => {
          if (state.phase !== 'refused') return missed(howItEnded(state))
          return state.cause === 'mixed-content'
            ? seen(`page: ${state.message}`)
            : missed(`page: ${state.message}`)
        },
      },
      {
        expects: 'No attempt at any server',
        look: ({ connection: { server } }) =>
          server.attempt === null ? seen('server: no attempt') : missed('server: the handshake arrived'),
      },
    ],
    commands: ['console'],
  },

  diagnose: {
    says: 'The exception alone is proof.',
    outcome: 'fault',
    cause: 'mixed-content',
    probes: false,
    commands: ['console'],
  },

  fix: {
    says: 'Take the scheme from the page: wss:// where it came over https. Whatever ends TLS for the page then does it for the socket.',
    label: 'wss://',
    setup: () => ({
      via: 'url',
      url: ({ origin }) => `${origin.replace(/^http/, 'ws')}/ws/health?ping_interval=1`,
    }),
    diffs: () => [
      {
        where: 'In the page',
        text: "-const socket = new WebSocket('ws://app.example/ws')\n+const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'\n+const socket = new WebSocket(scheme + '//' + location.host + '/ws')",
      },
    ],
    commands: ['certificate', 'wscat'],
  },

  verify: {
    says: 'From the same https page, now over TLS.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    checks: () => [opens],
  },
})
