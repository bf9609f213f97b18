/**
 * Two evidence documents about one connection → one: the probe's and the browser's, or a report's and what a person
 * pasted afterwards. Pure; neither document is changed.
 *
 * Lists that grow (console, logs, peers) are joined without repeating what stands there already. What tells one
 * story in order (events, frames, the backend's view) is replaced as a whole, since two halves of different
 * connections are no connection.
 */
import type { BrowserEvidence, ClientEvidence, Evidence, ProxyEvidence } from '#lib/evidence/schema.ts'

const MOST_CONSOLE = 500
const MOST_LOG_LINES = 2000
const MOST_PEERS = 5000
const MOST_PROGRAMS = 50

/** @param added what came later; it wins where both speak of the same thing */
export function mergeEvidence(base: Evidence, added: Evidence): Evidence {
  const merged: Evidence = { ...base, ...defined(added) }
  const target = mergeTarget(base, added)
  const browser = mergeBrowser(base.browser, added.browser)
  const client = mergeClient(base.client, added.client)
  const proxy = mergeProxy(base.proxy, added.proxy)
  const elsewhere = joined(base.elsewhere, added.elsewhere, MOST_CONSOLE)
  const masked = joined(base.masked, added.masked, MOST_PEERS)
  const unread = joined(base.unread, added.unread, MOST_CONSOLE)
  const stack = mergeStack(base.stack, added.stack)
  const peers = joined(base.peers, added.peers, MOST_PEERS)
  // Retries belong to the attempt that called for them; alone they add to those that were made.
  const retries = added.probe ? added.retries : joined(base.retries, added.retries, MOST_PEERS)
  if (added.probe && !added.retries) delete merged.retries
  return {
    ...merged,
    ...(target && { target }),
    ...(browser && { browser }),
    ...(client && { client }),
    ...(elsewhere && { elsewhere }),
    ...(proxy && { proxy }),
    ...(retries && { retries }),
    ...(peers && { peers }),
    ...(stack && { stack }),
    ...(unread && { unread }),
    ...(masked && { masked }),
  }
}

/** The address stays the one that the report is about; the page's origin is the page's own to tell. */
function mergeTarget(base: Evidence, added: Evidence): Evidence['target'] {
  if (!base.target || !added.target) return base.target ?? added.target
  const merged = { ...base.target, ...defined(added.target) }
  const url = base.target.url ?? added.target.url
  const pageSpoke = base.browser?.events !== undefined && added.browser?.events === undefined
  const origin = pageSpoke ? base.target.page_origin : undefined
  return {
    ...merged,
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { page_origin: origin }),
  }
}

function mergeBrowser(
  base: BrowserEvidence | undefined,
  added: BrowserEvidence | undefined,
): BrowserEvidence | undefined {
  if (!base || !added) return base ?? added
  const merged = { ...base, ...defined(added) }
  const console = joined(base.console, added.console, MOST_CONSOLE)
  const events = isImplied(added) && base.events?.length ? base.events : merged.events
  return { ...merged, ...(console && { console }), ...(events && { events }) }
}

/** Events without a clock were concluded from console text: a recording knows better. */
const isImplied = ({ console, events = [] }: BrowserEvidence): boolean =>
  console !== undefined && events.every(({ ms = 0 }) => ms === 0)

/** Lines add up; events tell one connection's story and are replaced as a whole. */
function mergeClient(
  base: ClientEvidence | undefined,
  added: ClientEvidence | undefined,
): ClientEvidence | undefined {
  if (!base || !added) return base ?? added
  const lines = joined(base.lines, added.lines, MOST_CONSOLE)
  return { ...base, ...defined(added), ...(lines && { lines }) }
}

function mergeProxy(
  base: ProxyEvidence | undefined,
  added: ProxyEvidence | undefined,
): ProxyEvidence | undefined {
  if (!base || !added) return base ?? added
  const accessLog = joined(base.access_log, added.access_log, MOST_LOG_LINES)
  const errorLog = joined(base.error_log, added.error_log, MOST_LOG_LINES)
  return {
    ...base,
    ...defined(added),
    ...(accessLog && { access_log: accessLog }),
    ...(errorLog && { error_log: errorLog }),
  }
}

function mergeStack(base: Evidence['stack'], added: Evidence['stack']): Evidence['stack'] {
  if (!base || !added) return base ?? added
  const of = (side: 'client' | 'server' | 'proxy') => {
    const ids = joined(base[side], added[side], MOST_PROGRAMS)
    return ids && { [side]: ids }
  }
  return { ...base, ...of('client'), ...of('server'), ...of('proxy') }
}

/** Both lists, each thing once; of too many the newest are kept. */
function joined<T>(base: T[] | undefined, added: T[] | undefined, most: number): T[] | undefined {
  if (!base || !added) return base ?? added
  const known = new Set(base.map((item) => JSON.stringify(item)))
  return [...base, ...added.filter((item) => !known.has(JSON.stringify(item)))].slice(-most)
}

function defined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>
}
