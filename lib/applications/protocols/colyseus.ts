import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

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
  closes: privateCodes.colyseus.codes,
  first: {
    name: 'a seat',
    patience: [],
    needs: sentence`It is reserved by a request of its own (/matchmake/…) and named in the address as sessionId.`,
  },

  fixes: {
    'sticky-session-missing': () => ({
      summary: sentence`The process that answered holds no seat for this session. Join again with the client (a seat expires after 15 s), and send a room’s traffic to the process in the path.`,
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
