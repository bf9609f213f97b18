import { conversation, defineApplication, text } from '#lib/applications/application.ts'
import { pongFor } from '#lib/protocol/text-pings.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'text-heartbeat',
  name: 'a heartbeat in messages',
  marks: { message: (message) => pongFor(message) !== undefined },
  words: [],
  converse: () =>
    conversation({
      hear: (message) => {
        const pong = message.opcode === 'text' ? pongFor(message.text) : undefined
        return pong === undefined ? [] : [text(pong, 'answered a ping message with a pong')]
      },
    }),

  fixes: {
    'pong-timeout': () => ({
      summary: sentence`Answer each ping message of the server, as its own client does: it ends who does not.`,
      changes: [
        {
          program: 'browser',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`socket.addEventListener('message', ({ data }) => { if (data === 'PING') socket.send('PONG') })`,
        },
      ],
    }),
  },

  source: 'https://github.com/trpc/trpc/blob/main/packages/server/src/adapters/ws.ts',
})
