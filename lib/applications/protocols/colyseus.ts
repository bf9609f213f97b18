import { type CloseMeaning, defineApplication, type Reading } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const code = (value: number, says: string): CloseMeaning => ({
  from: value,
  to: value,
  says,
  source: 'https://github.com/colyseus/colyseus/blob/master/packages/core/src/Protocol.ts',
  certain: true,
})

/** ERROR (11), a code in MessagePack, and words. */
function reads(message: string): Reading | undefined {
  if (message.charCodeAt(0) !== 11) return undefined
  if (message.includes('seat reservation expired'))
    return {
      means: 'session-unknown',
      says: sentence`the seat of this session was never reserved here, or is gone`,
    }
  return /auth/i.test(message.slice(0, 300))
    ? { means: 'unauthorized', says: sentence`onAuth of the room refused the client` }
    : { means: 'handler-failed', says: sentence`joining the room failed` }
}

export default defineApplication({
  id: 'colyseus',
  name: 'Colyseus',
  marks: {
    address: /^\/(?:[\w-]{9}\/)?[\w-]{9}\?(?:[^?&]{0,200}&){0,20}sessionId=/,
    message: (message) => message.charCodeAt(0) === 11 && message.includes('seat reservation expired'),
  },
  words: [],
  reads,
  closes: [
    code(4000, 'The client left on purpose'),
    code(4001, 'The server shuts down'),
    code(4002, 'Joining the room failed'),
    code(4010, 'The server restarts in development mode'),
    code(4201, 'The server disconnected the client'),
    code(4202, 'Too many clients'),
  ],
  first: {
    name: 'a seat',
    patience: [],
    needs: sentence`It is reserved by a request of its own (/matchmake/…) and named in the address as sessionId.`,
  },

  fixes: {
    'sticky-session-missing': () => ({
      summary: sentence`The process that answered holds no seat for this session. Join anew with the client (a seat expires after 15 s), and send a room’s traffic to the process in the path.`,
      changes: [
        {
          program: 'browser',
          of: 'colyseus',
          where: sentence`In the page: the client reserves a seat and opens the room`,
          text: js`const room = await new Client(location.origin).joinOrCreate('YOUR_ROOM')`,
        },
      ],
    }),
  },

  source: 'https://docs.colyseus.io/',
})
