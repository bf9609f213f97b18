/**
 * A session that a client library opens by HTTP before its WebSocket (Socket.IO's polling, SignalR's negotiation):
 * asked for as the library does, cookies included, since a balancer may keep to an instance by one.
 */
import type { Session } from '#lib/applications/application.ts'
import { type AttemptOptions, type AttemptTools, reach } from '#server/probe/attempt.ts'
import { shakeHands } from '#server/probe/handshake/handshake.ts'
import { writePlainRequest } from '#server/probe/handshake/handshake-request.ts'
import type { HeaderLine } from '#server/wire/http-head.ts'

export type Opened = Pick<AttemptOptions, 'url' | 'headers'>

/** Undefined where no session came about. @throws ProbeRefusal when the address is out of bounds */
export async function openSession(
  session: Session,
  options: AttemptOptions,
  tools: AttemptTools,
): Promise<Opened | undefined> {
  const { method, url } = session.request(options.url)
  const wire = await reach(options, tools)
  if (wire === undefined) return undefined
  const request = writePlainRequest({ ...options, method, url })
  const answer = await shakeHands(wire, { text: request }, tools.clock, tools.signal)
  wire.destroy()
  if (answer.outcome !== 'refused') return undefined
  const { head, body } = answer
  const opened = session.opened({ status: head.status, body }, options.url)
  return opened && { url: opened, headers: withCookies(options.headers, head.headers) }
}

function withCookies(
  headers: AttemptOptions['headers'],
  answered: readonly HeaderLine[],
): AttemptOptions['headers'] {
  const set = answered
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => (value.split(';', 1)[0] ?? '').trim())
    .filter((pair) => /^[^=\s]+=/.test(pair))
  if (set.length === 0) return headers
  const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'cookie'
  const given = headers.filter(isCookie).map(([, value]) => value)
  return [...headers.filter((header) => !isCookie(header)), ['Cookie', [...given, ...set].join('; ')]]
}
