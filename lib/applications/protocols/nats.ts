import {
  bytes,
  conversation,
  defineApplication,
  first,
  type Reading,
  type Utterance,
} from '#lib/applications/application.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

const line = (text: string, means: string): Utterance =>
  bytes(
    Array.from(`${text}\r\n`, (character) => character.charCodeAt(0)),
    means,
  )

const CONNECT = 'CONNECT {"verbose":false,"pedantic":false,"lang":"why1006","version":"0","protocol":1}'

function textOf(message: Payload): string {
  return message.opcode === 'text' ? message.text : String.fromCharCode(...message.bytes.subarray(0, 1024))
}

/** Where INFO asks for credentials a CONNECT without them would only be refused: nothing is said. */
function hear(message: Payload): readonly Utterance[] {
  const said = textOf(message)
  if (said.startsWith('INFO ') && !said.includes('"auth_required":true'))
    return [
      first(line(CONNECT, 'sent CONNECT without credentials')),
      first(line('PING', 'sent PING, as a client does after CONNECT')),
    ]
  return said.startsWith('PING') ? [line('PONG', 'answered PING with PONG')] : []
}

const ERRORS: readonly [RegExp, Reading][] = [
  [
    /authenticat|authorization|user authentication/i,
    { means: 'unauthorized', says: sentence`the server wants credentials in CONNECT` },
  ],
  [/stale connection/i, { means: 'ping-timeout', says: sentence`the client answered no PING` }],
  [
    /maximum (?:connections|account active connections)/i,
    { means: 'too-many-connections', says: sentence`the server has as many connections as it may have` },
  ],
  [
    /unknown protocol|parser error|protocol violation|invalid client protocol/i,
    { means: 'application-protocol', says: sentence`what the client sent is not NATS` },
  ],
  [
    /maximum payload|maximum control line/i,
    { means: 'too-big', says: sentence`a message is larger than the server takes` },
  ],
  [/permissions violation/i, { means: 'forbidden', says: sentence`the client may not use this subject` }],
]

function reads(message: string): Reading | undefined {
  if (!message.startsWith("-ERR '")) return undefined
  return ERRORS.find(([pattern]) => pattern.test(message.slice(0, 200)))?.[1]
}

export default defineApplication({
  id: 'nats',
  name: 'NATS',
  marks: { message: /^INFO \{"server_id":/, usual: /\/nats\b/i },
  words: [],
  greets: sentence`INFO, with what it is and what it wants`,
  reads,
  first: {
    name: 'CONNECT',
    patience: [{ seconds: 2, who: 'NATS (authorization timeout)' }],
    needs: sentence`It holds the token or the user where INFO says auth_required.`,
  },
  converse: () => conversation({ hear }),

  fixes: {
    'origin-rejected': ({ origin }) => ({
      summary: sentence`Add ${origin} to allowed_origins in the websocket block of the NATS configuration. Where same_origin is true there, only pages of the server’s own host and port are let in.`,
      changes: [
        {
          program: 'command',
          of: 'nats',
          at: 'server',
          where: sentence`On the server: what the block allows now`,
          text: shell`grep -n -A 9 websocket YOUR_NATS_CONF`,
        },
      ],
    }),
    'authentication-required': ({ address }) => credentials(address),
    'first-message-missing': ({ address }) => credentials(address),
    'application-protocol-mismatch': ({ address }) => ({
      summary: sentence`Use a NATS client: this server speaks its own text protocol in binary frames.`,
      changes: [
        {
          program: 'browser',
          of: 'nats',
          where: sentence`In the page (@nats-io/nats-core)`,
          text: js`const connection = await wsconnect({ servers: ${js.string(address)} })`,
        },
      ],
    }),
  },

  source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol',
})

const credentials = (address: string): Fix => ({
  summary: sentence`Give the server’s token or user in CONNECT: INFO says auth_required, and NATS closes 2 s later without one.`,
  changes: [
    {
      program: 'browser',
      of: 'nats',
      where: sentence`In the page (@nats-io/nats-core)`,
      text: js`await wsconnect({ servers: ${js.string(address)}, token: 'YOUR_TOKEN' })`,
    },
  ],
})
