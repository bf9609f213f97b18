import {
  conversation,
  defineApplication,
  first,
  type Reading,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const CONNECT = '{"msg":"connect","version":"1","support":["1"]}'

function hear(message: Payload): readonly Utterance[] {
  if (message.opcode !== 'text') return []
  const { msg, server_id: serverId } = objectOf(message.text) ?? {}
  if (serverId !== undefined && msg === undefined) return [first(text(CONNECT, 'sent connect'))]
  return msg === 'ping' ? [text('{"msg":"pong"}', 'answered a ping message with a pong')] : []
}

function reads(message: string): Reading | undefined {
  const { msg, reason = '' } = objectOf(message) ?? {}
  if (msg === 'failed')
    return { means: 'application-protocol', says: sentence`the server speaks another version` }
  if (msg !== 'error') return undefined
  return {
    means: 'application-protocol',
    says: sentence`the server could not read a message: ${String(reason)}`,
  }
}

export default defineApplication({
  id: 'ddp',
  name: 'DDP (Meteor, Rocket.Chat)',
  marks: { message: /^\{"server_id":"/ },
  words: [],
  reads,
  first: {
    name: 'connect',
    patience: [],
    example: {
      payload: { opcode: 'text', text: CONNECT },
      says: sentence`The server answers connected and a session.`,
    },
  },
  converse: () => conversation({ hear }),

  fixes: {
    'application-protocol-mismatch': () => ({
      summary: sentence`Send connect first, and one JSON object a message, as DDP asks.`,
      changes: [
        {
          program: 'browser',
          of: 'ddp',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`socket.send('{"msg":"connect","version":"1","support":["1"]}')`,
        },
      ],
    }),
  },

  source: 'https://github.com/meteor/meteor/blob/devel/packages/ddp/DDP.md',
})
