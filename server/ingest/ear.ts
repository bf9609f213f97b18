/**
 * What an own server tells of a connection that was made from here, while it is made. Joined is by the address and port of its
 * TCP connection; where a proxy is in between, only where no other connection can be meant. None is better than a wrong one.
 */
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import type { ConnectionEvent, EventOf } from '#lib/protocol/events.ts'
import { isOfConnection } from '#lib/protocol/events.ts'
import type { Journal } from '#server/journal/journal.ts'
import { plainAddress } from '#server/wire/plain-address.ts'

/** This end of the TCP connection that was made. */
export interface OwnEnd {
  readonly address: string
  readonly port: number
}

/** The connection that is asked about. */
export interface Made {
  readonly end: OwnEnd
  readonly url: URL
}

/** What came of it here. */
export interface Outcome {
  readonly http: ProbeEvidence['http']
  /** No other connection was made to the same address meanwhile. */
  readonly isOnly: boolean
}

export interface Ear {
  /** What its server told, with how it ended where that comes within `patienceMs`. */
  toldOf(outcome: Outcome, patienceMs: number): Promise<readonly ConnectionEvent[] | undefined>
  stop(): void
}

/** Of other clients too, which open connections at the same path meanwhile. */
const MOST_CONNECTIONS = 500
const MOST_EVENTS = 1000

/** Listens from now on, before anything is asked of the server. */
export function listenFor(journal: Pick<Journal, 'subscribe'>, { end, url }: Made): Ear {
  const connections = new Map<string, ConnectionEvent[]>()
  let isWhole = true
  let heard = () => {}

  const stop = journal.subscribe((records) => {
    for (const { event } of records) {
      if (!isOfConnection(event) || event.service === undefined || event.endpoint !== url.pathname) continue
      const name = `${event.instance} ${event.client_id}`
      const events = connections.get(name)
      if (events !== undefined && events.length < MOST_EVENTS) events.push(event)
      // What began earlier is none that is made now.
      if (events !== undefined || event.kind !== 'attempt' || event.role === 'client') continue
      if (connections.size < MOST_CONNECTIONS) connections.set(name, [event])
      else isWhole = false
    }
    heard()
  })

  const joined = ({ http, isOnly }: Outcome): ConnectionEvent[] | undefined => {
    const all = [...connections.values()]
    const [own, ...twins] = all.filter(([attempt]) => isAttempt(attempt) && isFrom(attempt, end))
    if (own !== undefined) return twins.length === 0 ? own : undefined
    const [candidate, ...others] = all.filter(([attempt]) => isAttempt(attempt) && isTo(attempt, url.host))
    if (candidate === undefined || others.length > 0 || !isWhole || !isOnly) return undefined
    return isAnsweredSo(candidate, http?.status) ? candidate : undefined
  }

  return {
    stop,
    async toldOf(outcome, patienceMs) {
      const isOver = () =>
        joined(outcome)?.some(({ kind }) => kind === 'disconnected' || kind === 'rejected') === true
      if (!isOver() && patienceMs > 0) {
        const done = Promise.withResolvers<void>()
        const timer = setTimeout(done.resolve, patienceMs)
        heard = () => {
          if (isOver()) done.resolve()
        }
        await done.promise
        clearTimeout(timer)
      }
      return joined(outcome)
    },
  }
}

type Attempt = EventOf<'attempt'>

const isAttempt = (event: ConnectionEvent | undefined): event is Attempt => event?.kind === 'attempt'

const isFrom = (attempt: Attempt, end: OwnEnd): boolean =>
  attempt.port === end.port && plainAddress(attempt.address) === plainAddress(end.address)

const isTo = ({ host, forwarded_host }: Attempt, wanted: string): boolean =>
  (forwarded_host ?? host)?.toLowerCase() === wanted.toLowerCase()

/** A proxy may answer in place of its backend: then the connection that the backend tells of is not known to be this one. */
const isAnsweredSo = (events: readonly ConnectionEvent[], status: number | undefined): boolean =>
  events.some(
    (event) =>
      (event.kind === 'accepted' && status === 101) ||
      (event.kind === 'rejected' && event.status !== undefined && event.status === status),
  )
