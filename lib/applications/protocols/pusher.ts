import { withoutQuery } from '#lib/applications/address.ts'
import {
  type Conversation,
  conversation,
  defineApplication,
  type Reading,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import { objectOf, positive } from '#lib/applications/json.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

const closes = privateCodes.pusher.codes

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
