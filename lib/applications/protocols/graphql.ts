import {
  conversation,
  defineApplication,
  first,
  type Reading,
  type Site,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Fix } from '#lib/text/fix.ts'
import { excerpt, sentence, sentences } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** What the two libraries call their subprotocols: the newer one's name is the older one's library. */
const MODERN = 'graphql-transport-ws'
const LEGACY = 'graphql-ws'

const INIT = '{"type":"connection_init"}'
/** Its client never leaves the payload out, and servers read members of it. */
const LEGACY_INIT = '{"type":"connection_init","payload":{}}'

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
  closes: privateCodes.graphql.codes,
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
      opening: [
        first(
          picked === LEGACY
            ? text(LEGACY_INIT, 'sent connection_init with an empty payload')
            : text(INIT, 'sent connection_init without a payload'),
        ),
      ],
      // The older protocol has no pings.
      ...(picked === LEGACY ? {} : { hear }),
    }),

  fixes: {
    'subprotocol-mismatch': subprotocolFix,
    'application-protocol-mismatch': (site) =>
      site.signs.close?.code === BAD_REQUEST ? messagesFix() : subprotocolFix(site),
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
    'application-close': (site) => {
      const { code, reason = '' } = site.signs.close ?? {}
      if (code === 4401) return credentials(site, unacknowledged)
      if (code === 4403) return credentials(site)
      return code === 4500 ? serverFix(reason) : undefined
    },
    'authentication-required': credentials,
  },

  source: 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md',
})

/** @param opened the subprotocol with which a retry opened, where one did */
function subprotocolFix({ address, signs, opened }: Site): Fix {
  const wanted = opened === LEGACY || (opened === undefined && signs.close?.code === 1002) ? LEGACY : MODERN
  const why =
    signs.close?.code === 4406
      ? sentence`4406 is graphql-ws for “Subprotocol not acceptable”.`
      : wanted === LEGACY
        ? sentence`The server runs subscriptions-transport-ws, which speaks the older protocol.`
        : sentence`The server runs graphql-ws, which speaks the newer protocol.`
  return {
    summary: sentences(
      why,
      sentence`Pass '${wanted}' alone as the second argument of new WebSocket, or use the client of the same library.`,
    ),
    changes: [
      {
        program: 'browser',
        of: 'graphql',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(address)}, ${js.string(wanted)})`,
      },
    ],
  }
}

const wherever = sentence`Send the credentials in the payload of connection_init, where this server looks for them: headers cannot be set in a page.`

const unacknowledged = sentence`graphql-ws closes with 4401 when a client subscribes before connection_ack: wait for it. Your own server may mean credentials by it. They belong into the payload of connection_init.`

function credentials({ address, signs }: Site, summary = wherever): Fix {
  const isLegacy = signs.picked === LEGACY
  return {
    summary,
    changes: [
      {
        program: 'browser',
        of: 'graphql',
        where: isLegacy
          ? sentence`In the page (subscriptions-transport-ws), read again for each connection`
          : sentence`In the page (graphql-ws), read again for each connection`,
        text: isLegacy
          ? js`new SubscriptionClient(${js.string(address)}, { connectionParams: async () => ({ token: await freshToken() }) })`
          : js`createClient({ url: ${js.string(address)}, connectionParams: async () => ({ token: await freshToken() }) })`,
      },
    ],
  }
}

/** 4400 and 1002 tell of a message, 4406 of the subprotocol. */
const BAD_REQUEST = 4400

const messagesFix = (): Fix => ({
  summary: sentence`Each message must be JSON with a type of this protocol, connection_init first: 4400 is graphql-ws for a message that is not. Use the client of graphql-ws, which writes them.`,
  changes: [
    {
      program: 'browser',
      of: 'graphql',
      where: sentence`In the page (a plain WebSocket)`,
      text: js`socket.onopen = () => socket.send('{"type":"connection_init"}')`,
    },
  ],
})

const serverFix = (reason: string): Fix => ({
  summary:
    reason === ''
      ? sentence`graphql-ws closes with 4500 when a function that you gave it fails (onConnect, onSubscribe, context …). Read the server’s log and fix that function.`
      : sentence`graphql-ws closes with 4500 when a function that you gave it fails (onConnect, onSubscribe, context …), and with its words as the reason: “${excerpt(reason)}”. Mend that, or return false to refuse a client (4403).`,
  changes: [
    {
      program: 'node',
      of: 'graphql',
      where: sentence`Node server (graphql-ws): a refusal that does not throw`,
      text: js`useServer({ schema, onConnect: (context) => isAllowed(context.connectionParams) }, server)`,
    },
  ],
})
