import type { EventOf } from '#lib/protocol/events.ts'
import {
  type Criterion,
  FROM_OUTSIDE,
  type Judgement,
  met,
  pending,
  unknown,
  unmet,
} from '#lib/record/criteria/criterion.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'

export const rightHeaders: Criterion = {
  id: 'right-headers',
  title: () => 'Right headers at the server',
  judge(connection, { isFeedLive }) {
    const { target, server, state } = connection
    if (!target.isOwn) return judgeFromOutside(connection)
    if (server.attempt !== null) return judgeAttempt(connection, server.attempt)
    if (state.phase === 'connecting') return pending('no handshake has arrived yet')
    if (!isFeedLive) return unknown('server events are off')
    if (openedAt(state) !== null) return pending('the server’s event has not arrived yet')
    return unmet('no handshake arrived at the server')
  },
}

function judgeAttempt({ target, server }: Connection, attempt: EventOf<'attempt'>): Judgement {
  const wrong: string[] = []
  if (attempt.upgrade?.toLowerCase() !== 'websocket') wrong.push(`Upgrade ${attempt.upgrade ?? 'none'}`)
  const connection = (attempt.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((token) => token.trim())
  if (!connection.includes('upgrade')) wrong.push(`Connection ${attempt.connection ?? 'none'}`)
  if (server.rejected?.cause === 'origin') wrong.push(`Origin ${attempt.origin ?? 'none'}, not allowed`)
  // Whoever ends TLS in front has to say so, or the server takes the page for insecure.
  if (target.url.startsWith('wss:') && attempt.scheme !== 'wss') {
    wrong.push(`X-Forwarded-Proto ${attempt.forwarded_proto ?? 'none'}`)
  }
  if (wrong.length > 0) return unmet(wrong.join(', '))
  const { forwarded_for: client, forwarded_proto: scheme, forwarded_host: host } = attempt
  const forwarded = [
    ...(client === undefined ? [] : [`X-Forwarded-For ${client}`]),
    ...(scheme === undefined ? [] : [`X-Forwarded-Proto ${scheme}`]),
    ...(host === undefined ? [] : [`X-Forwarded-Host ${host}`]),
  ]
  const proxy = forwarded.length === 0 ? 'no proxy headers seen' : forwarded.join(', ')
  return met(`Origin ${attempt.origin ?? 'none'}, Upgrade ${attempt.upgrade}, ${proxy}`)
}

function judgeFromOutside({ state }: Connection): Judgement {
  if (state.phase === 'connecting') return pending('not open yet')
  return openedAt(state) === null
    ? unknown(`${FROM_OUTSIDE}: what arrived cannot be seen`)
    : met(
        `${FROM_OUTSIDE}: it opened, so Upgrade and Connection arrived; Origin and X-Forwarded-* cannot be seen`,
      )
}
