import {
  isDropped,
  lossOf,
  missed,
  opens,
  outlives,
  pending,
  seen,
  sinceEnd,
} from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Setup, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { js } from '#lib/text/languages.ts'

const dyingAfterSeconds = 5

const backend = (fixed: 'no' | 'yes'): Setup => ({
  via: 'lab',
  fault: 'crash',
  knobs: { after_seconds: dyingAfterSeconds, fixed },
  query: { ping_interval: '1' },
})

export default defineScenario({
  id: 'random-drops',
  symptom: 'random',
  title: '1006 at random during use',
  story:
    'Now and then, in the middle of a conversation, every user loses the connection. The network is fine and the heartbeat came until the last second. The process behind it dies: an uncaught exception, or the kernel, which was out of memory.',

  reproduce: {
    says: 'Connect to a server in a process of its own. It is killed while messages travel.',
    label: 'the process dies',
    setup: () => backend('no'),
    expectations: () => [opens],
  },

  observe: {
    says: 'The kernel hangs up for the dead process: TCP ends in order, and a browser cannot tell that from a proxy that gave up.',
    expectations: () => [
      isDropped,
      {
        expects: 'The heartbeat came until shortly before',
        look: ({ connection: { state, beats } }) => {
          const closed = lossOf(state)
          if (closed === null) return isOver(state) ? missed('it was not lost') : pending
          if (beats.lastAt === null) return missed('page: no beat came')
          const silenceMs = closed.at - beats.lastAt
          const says = `page: the last of ${beats.received} beats ${describeDuration(silenceMs)} before`
          return silenceMs < 2_500 ? seen(says) : missed(says)
        },
      },
      {
        expects: 'The server logs no close event: its process was gone',
        look: (scene) => {
          const { disconnected, accepted } = scene.connection.server
          if (disconnected !== null) return missed(`server: closed with ${disconnected.close_code}`)
          if (sinceEnd(scene) < 1_000) return pending
          return accepted === null
            ? missed('server: it was never accepted')
            : seen('server: accepted, and no end')
        },
      },
    ],
    commands: ['out-of-memory', 'docker-ends', 'log-search'],
  },

  diagnose: {
    says: 'One connection cannot tell a crash from a reload or a timer. The report puts the crash first, and says what decides it: the end of the process.',
    outcome: 'undetermined',
    cause: 'backend-dropped',
    probes: false,
    commands: ['out-of-memory', 'docker-ends'],
  },

  fix: {
    says: 'Find out why the process exits. On SIGTERM, close all connections with 1001 so that clients know to reconnect.',
    label: 'the process lives',
    setup: () => backend('yes'),
    diffs: () => [
      {
        where: 'Node server (ws)',
        text: js` const server = new WebSocketServer({ port: 9000 })\n+process.on('SIGTERM', () => { for (const socket of server.clients) socket.close(1001) })`,
      },
    ],
    commands: ['health', 'out-of-memory'],
  },

  verify: {
    says: 'The same use, past the age at which the process died.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [
      outlives(dyingAfterSeconds * 1.5, `the ${dyingAfterSeconds} s of the process before`),
    ],
  },
})
