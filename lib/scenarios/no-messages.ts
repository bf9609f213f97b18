import { isReadable, lateEvent, messagesIn, missed, opens, pending, seen } from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Setup, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { js } from '#lib/text/languages.ts'

const enough = 3

const speaking = (fixed: 'no' | 'yes'): Setup => ({
  via: 'lab',
  fault: 'serialization-mismatch',
  knobs: { form: 'binary', fixed },
  query: { ping_interval: '1' },
})

export default defineScenario({
  id: 'no-messages',
  symptom: 'no-messages',
  title: 'Connects, but no messages',
  story:
    'The socket is open, the server logs what it sends, and the page shows nothing. Since the last deployment the server serializes with another library, which returns bytes. `ws` sends bytes as binary frames, and the page waits for JSON in text frames.',

  reproduce: {
    says: 'Connect to a server that sends its JSON in binary frames.',
    label: 'JSON in binary frames',
    setup: () => speaking('no'),
    expectations: () => [opens],
  },

  observe: {
    says: 'The connection works: frames arrive and pings are answered. Only the message handler fails, usually without an error.',
    expectations: () => [
      {
        expects: `${enough} messages arrive, and the page can read none of them`,
        look: ({ connection }) => {
          const messages = messagesIn(connection)
          const readable = messages.filter((message) =>
            isReadable(connection.target.endpoint, message),
          ).length
          if (readable > 0) return missed(`page: ${readable} of ${messages.length} could be read`)
          if (messages.length >= enough) return seen(`page: ${messages.length} messages, none is JSON text`)
          return isOver(connection.state) ? missed('page: it is closed') : pending
        },
      },
      {
        expects: 'The server’s pings are answered: the connection is alive',
        look: (scene) => {
          const { heartbeats } = scene.connection.server
          return heartbeats > 0
            ? seen(`server: ${heartbeats} ${heartbeats === 1 ? 'ping' : 'pings'} answered`)
            : lateEvent(scene, 'server: no pong')
        },
      },
    ],
    commands: ['wscat', 'websocat'],
  },

  diagnose: {
    says: 'An open connection whose messages cannot be parsed: page and server disagree on their form.',
    outcome: 'fault',
    cause: 'serialization-mismatch',
    probes: false,
    commands: ['wscat', 'python'],
  },

  fix: {
    says: 'Agree on JSON in text frames: send a string, not bytes, and answer what cannot be parsed.',
    label: 'JSON in text frames',
    setup: () => speaking('yes'),
    diffs: () => [
      {
        where: 'Server',
        text: js`-socket.send(encode(message))  // bytes: a binary frame\n+socket.send(JSON.stringify(message))  // a string: a text frame`,
      },
    ],
    commands: ['wscat', 'console'],
  },

  verify: {
    says: 'The same server, the same messages.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [
      {
        expects: `${enough} messages that the page can read`,
        look: ({ connection }) => {
          const messages = messagesIn(connection)
          const readable = messages.filter((message) =>
            isReadable(connection.target.endpoint, message),
          ).length
          if (readable < messages.length)
            return missed(`page: only ${readable} of ${messages.length} could be read`)
          if (readable >= enough) return seen(`page: ${readable} messages, all JSON`)
          return isOver(connection.state) ? missed('page: it is closed') : pending
        },
      },
    ],
  },
})
