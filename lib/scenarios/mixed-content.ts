import { howItEnded, missed, opens, pending, seen } from '#lib/scenarios/run/sights.ts'
import { defineScenario, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { js } from '#lib/text/languages.ts'

/** Loopback would be allowed; the browser refuses before it asks for the name. */
const insecure = 'ws://socket.example/ws/health'

const recordedMessage =
  "Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS."

export default defineScenario({
  id: 'mixed-content',
  symptom: 'mixed-content',
  title: 'Mixed content',
  story:
    'The site moved to https. The socket’s URL stayed `ws://`, because it is in a constant. On the developer’s machine all is well, since browsers make an exception for `localhost`.',
  secure: {
    recording: {
      says: 'recorded with Chromium 156, on https://page.example.test',
      evidence: {
        target: {
          url: 'ws://api.example.test:19200/ws',
          subprotocols: [],
          page_origin: 'https://page.example.test:19103',
        },
        browser: {
          events: [{ ms: 2, type: 'exception', name: 'SecurityError', message: recordedMessage }],
          console: [
            "Mixed Content: The page at 'https://page.example.test:19103/' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://api.example.test:19200/ws'. This request has been blocked; this endpoint must be available over WSS.",
          ],
          online: true,
        },
      },
      saw: {
        reproduce: ['page: SecurityError from new WebSocket, after 2 ms'],
        observe: [`page: ${recordedMessage}`, 'server: no attempt'],
      },
    },
  },

  reproduce: {
    says: 'From a page that came over https, open a ws:// URL of a host that is not this machine.',
    label: 'ws://',
    setup: () => ({ via: 'url', url: () => insecure }),
    expectations: () => [
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
    says: 'There is no close event, so code that waits for 1006 never runs.',
    expectations: () => [
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
    says: 'The exception proves it.',
    outcome: 'fault',
    cause: 'mixed-content',
    probes: false,
    commands: ['console'],
  },

  fix: {
    says: 'Use the page’s scheme: wss:// on HTTPS pages. Whatever terminates TLS for the page then also does it for the WebSocket.',
    label: 'the page’s own scheme',
    setup: () => ({
      via: 'url',
      url: ({ origin }) => `${origin.replace(/^http/, 'ws')}/ws/health?ping_interval=1`,
    }),
    diffs: () => [
      {
        where: 'In the page',
        text: js`-const socket = new WebSocket('ws://app.example/ws')\n+const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'\n+const socket = new WebSocket(scheme + '//' + location.host + '/ws')`,
      },
    ],
    commands: ['certificate', 'wscat'],
  },

  verify: {
    says: 'From the same https page, now over TLS.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [opens],
  },
})
