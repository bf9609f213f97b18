import { withoutQuery } from '#lib/applications/address.ts'
import {
  type CloseMeaning,
  type Conversation,
  conversation,
  defineApplication,
  type Reading,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import { objectOf, positive } from '#lib/applications/json.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import type { Meaning } from '#lib/words/meaning.ts'

const code = (from: number, to: number, says: string, means?: Meaning, reason?: RegExp): CloseMeaning => ({
  from,
  to,
  says,
  ...(means !== undefined && { means }),
  ...(reason !== undefined && { reason }),
  source: 'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/',
  certain: false,
})

// The first that fits a code is its meaning.
const closes: readonly CloseMeaning[] = [
  code(4000, 4000, 'The application takes TLS only'),
  code(4001, 4001, 'The application does not exist: a wrong key, or another cluster', 'no-route'),
  code(4003, 4003, 'The application is disabled', 'forbidden'),
  code(4004, 4004, 'The application is over its connection quota', 'too-many-connections'),
  code(4005, 4005, 'Path not found', 'no-route'),
  code(4006, 4008, 'The protocol version of the address is missing or not supported', 'application-protocol'),
  code(4009, 4009, 'Reverb does not allow this Origin', 'origin-refused', /origin/i),
  code(4009, 4009, 'The connection is not authorized', 'unauthorized'),
  code(4000, 4099, 'Do not reconnect unchanged'),
  code(4100, 4100, 'Over capacity', 'too-many-connections'),
  code(4100, 4199, 'Reconnect after a pause'),
  code(4201, 4201, 'The client answered no ping', 'ping-timeout'),
  code(4202, 4202, 'Closed after inactivity', 'idle-timeout'),
  code(4200, 4299, 'Reconnect at once'),
  code(4301, 4301, 'Too many client events', 'rate-limited'),
]

/** `data` of its events is JSON within JSON; Reverb and Soketi write it plain in errors. */
function dataOf(message: string): Readonly<Record<string, unknown>> {
  const data = objectOf(message)?.data
  if (typeof data === 'string') return objectOf(data) ?? {}
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
}

function reads(message: string): Reading | undefined {
  if (objectOf(message)?.event !== 'pusher:error') return undefined
  const { code: value, message: words = '' } = dataOf(message)
  const known = closes.find(
    ({ from, to, reason }) =>
      typeof value === 'number' && value >= from && value <= to && (reason?.test(String(words)) ?? true),
  )
  return known?.means && { means: known.means, says: sentence`${known.says}` }
}

function converse(): Conversation {
  let activityMs: number | undefined
  const hear = (message: Payload): readonly Utterance[] => {
    if (message.opcode !== 'text') return []
    const event = objectOf(message.text)?.event
    if (event === 'pusher:connection_established')
      activityMs = (positive(dataOf(message.text).activity_timeout) ?? 120) * 1000
    return event === 'pusher:ping'
      ? [text('{"event":"pusher:pong","data":{}}', 'answered pusher:ping with pusher:pong')]
      : []
  }
  const says = text('{"event":"pusher:ping","data":{}}', 'sent pusher:ping')
  return {
    ...conversation({ hear }),
    beat: () => (activityMs === undefined ? undefined : { everyMs: activityMs, says }),
  }
}

export default defineApplication({
  id: 'pusher',
  name: 'Pusher protocol (Pusher, Reverb, Soketi)',
  marks: {
    address: /\/app\/[\w-]+\/?\?(?:[^?&]{0,200}&){0,20}(?:protocol=\d|client=)/,
    usual: /\/app\/[\w-]+\/?(?:\?|$)/,
    message: /^\{"event":"pusher:(?:connection_established|error)"/,
  },
  words: ['pusher'],
  greets: sentence`pusher:connection_established`,
  reads,
  closes,
  converse,

  fixes: {
    'path-not-found': () => ({
      summary: sentence`Use the key of an application that this server has (REVERB_APP_KEY, PUSHER_APP_KEY), and the cluster it is in: the key is in the path.`,
      changes: [
        {
          program: 'browser',
          of: 'pusher',
          where: sentence`In the page (Laravel Echo)`,
          text: js`new Echo({ broadcaster: 'reverb', key: 'YOUR_APP_KEY', wsHost: 'YOUR_HOST' })`,
        },
        {
          program: 'command',
          of: 'pusher',
          at: 'server',
          where: sentence`Laravel: the key as the server has it`,
          text: shell`php artisan config:show reverb.apps`,
        },
      ],
    }),
    'origin-rejected': ({ pageHost }) => ({
      summary: sentence`Reverb allows the hosts in allowed_origins of its application (config/reverb.php): add ${pageHost}, or * for any.`,
      changes: [
        {
          program: 'command',
          of: 'pusher',
          at: 'server',
          where: sentence`Laravel: what it allows now`,
          text: shell`php artisan config:show reverb.apps.apps`,
        },
      ],
    }),
    'application-protocol-mismatch': ({ address }) => ({
      summary: sentence`Name the protocol version in the address, as Pusher’s clients do: ?protocol=7.`,
      changes: [
        {
          program: 'browser',
          of: 'pusher',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`new WebSocket(${js.string(`${withoutQuery(address)}?protocol=7`)})`,
        },
      ],
    }),
  },

  source: 'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/',
})
