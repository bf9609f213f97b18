import {
  type CloseMeaning,
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
import type { Meaning } from '#lib/words/meaning.ts'

/** What the two libraries call their subprotocols: the newer one's name is the older one's library. */
const MODERN = 'graphql-transport-ws'
const LEGACY = 'graphql-ws'

const INIT = '{"type":"connection_init"}'

const code = (value: number, says: string, means?: Meaning): CloseMeaning => ({
  from: value,
  to: value,
  says,
  ...(means !== undefined && { means }),
  source: 'https://the-guild.dev/graphql/ws/docs/enumerations/common.CloseCode',
  certain: true,
})

const typeOf = (message: string): unknown => objectOf(message)?.type

/** The newer protocol's ping wants a pong; the older one's `ka` wants nothing. */
function hear(message: Payload): readonly Utterance[] {
  return message.opcode === 'text' && typeOf(message.text) === 'ping'
    ? [text('{"type":"pong"}', 'answered a ping message with a pong')]
    : []
}

/** The older protocol says in a message why it refuses, and closes then. */
function reads(message: string): Reading | undefined {
  if (typeOf(message) !== 'connection_error') return undefined
  const isAboutWho = /auth|token|credential|log-?in|permission|forbidden/i.test(message.slice(0, 500))
  return {
    means: isAboutWho ? 'unauthorized' : 'forbidden',
    says: sentence`the server refused connection_init`,
  }
}

export default defineApplication({
  id: 'graphql',
  name: 'GraphQL over WebSocket',
  marks: {
    subprotocols: [MODERN, LEGACY],
    usual: /\/(?:graphql|subscriptions?)\b/i,
    message: /^\{"type":"(?:connection_ack|connection_error|ka)"/,
    close:
      /^(?:4406 Subprotocol not acceptable|4408 Connection initialisation timeout|4400 Invalid message received)$/,
  },
  words: ['graphql-ws', 'subscriptions-transport-ws'],
  versionOf: ({ picked }) => picked,
  reads,
  closes: [
    code(4004, 'Bad response'),
    code(4005, 'Internal client error'),
    code(4400, 'Bad request: a message did not fit the protocol', 'application-protocol'),
    code(4401, 'Unauthorized: subscribed before connection_ack', 'unauthorized'),
    code(4403, 'Forbidden: the server refused connection_init', 'unauthorized'),
    code(4406, 'Subprotocol not acceptable', 'application-protocol'),
    code(4408, 'Connection initialisation timed out', 'first-message-missing'),
    code(4409, 'A subscription with this id already exists'),
    code(4429, 'Too many initialisation requests'),
    code(4500, 'Internal server error', 'handler-failed'),
    code(4504, 'Connection acknowledgement timed out'),
  ],
  first: {
    name: 'connection_init',
    patience: [{ seconds: 3, who: 'graphql-ws (connectionInitWaitTimeout)' }],
    example: {
      payload: { opcode: 'text', text: INIT },
      says: sentence`The server answers connection_ack. One that wants a token takes it in the payload of this message.`,
    },
  },
  converse: ({ picked }) =>
    conversation({
      opening: [first(text(INIT, 'sent connection_init without a payload'))],
      // The older protocol has no pings.
      ...(picked === LEGACY ? {} : { hear }),
    }),

  fixes: {
    'subprotocol-mismatch': ({ address, signs }) => subprotocolFix(address, signs.close?.code),
    'application-protocol-mismatch': ({ address, signs }) => subprotocolFix(address, signs.close?.code),
    'first-message-missing': () => ({
      summary: sentence`Send connection_init as soon as the socket is open. graphql-ws waits 3 s for it (connectionInitWaitTimeout).`,
      changes: [
        {
          program: 'browser',
          of: 'graphql',
          where: sentence`In the page: graphql-ws’s own client, which sends it`,
          text: js`const client = createClient({ url: 'YOUR_URL', connectionParams: { token: 'YOUR_TOKEN' } })`,
        },
        {
          program: 'browser',
          of: 'graphql',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`socket.onopen = () => socket.send('{"type":"connection_init"}')`,
        },
      ],
    }),
    'authentication-required': () => ({
      summary: sentence`Send the credentials in the payload of connection_init, where this server looks for them: headers cannot be set in a page.`,
      changes: [
        {
          program: 'browser',
          of: 'graphql',
          where: sentence`In the page (graphql-ws): read anew at each connection`,
          text: js`createClient({ url: 'YOUR_URL', connectionParams: async () => ({ token: await freshToken() }) })`,
        },
      ],
    }),
  },

  source: 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md',
})

/** 4406 is the newer library's; the older one closes with 1002 on whoever does not ask for its own name. */
function subprotocolFix(address: string, closeCode: number | undefined) {
  const isLegacy = closeCode === 1002
  const says = isLegacy
    ? sentence`The server runs subscriptions-transport-ws, which speaks the older protocol. Ask for its subprotocol alone: graphql-ws.`
    : sentence`4406 is graphql-ws for “Subprotocol not acceptable”. Pass 'graphql-transport-ws' as the second argument of new WebSocket, or use the client of the graphql-ws package.`
  return {
    summary: says,
    changes: [
      {
        program: 'browser',
        of: 'graphql',
        where: sentence`In the page`,
        text: isLegacy
          ? js`new WebSocket(${js.string(address)}, 'graphql-ws')`
          : js`new WebSocket(${js.string(address)}, 'graphql-transport-ws')`,
      } as const,
    ],
  }
}
