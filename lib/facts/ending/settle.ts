/** One ending out of three: what each observer saw is weighed by how near it stands to the page's connection. */

import type { BackendView } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending, type EndingKind, isUnopened } from '#lib/facts/ending/ending.ts'
import { isApplicationCode, isOrderlyEnd } from '#lib/protocol/close-codes.ts'

export type Endings = {
  page: Ending | undefined
  probe: Ending | undefined
  server: Ending | undefined
}

/** Endings that a backend can be sure of. */
const SPEAKING: readonly EndingKind[] = ['violated', 'dropped', 'answered', 'refused']

const UNCERTAIN: readonly EndingKind[] = ['unopened', 'pending', 'refused', 'lost']

/**
 * Whether an ending needs no explanation: it was watched to its end and stayed open, or whoever watched closed it
 * in order and was answered. A backend alone can't tell its client's own close from an echo.
 */
export const isFine = (ending: Ending): boolean =>
  ending.kind === 'open' ||
  (ending.kind === 'closed' &&
    ending.by === 'page' &&
    ending.seenBy !== 'server' &&
    (isOrderlyEnd(ending.code) || isApplicationCode(ending.code)))

/** @param isFromText nobody recorded the page's connection: all that is known of it are lines that somebody pasted */
export function settleEnding(
  { page, probe, server }: Endings,
  backend: BackendView,
  isFromText: boolean,
): Ending {
  if (page?.kind === 'broken') return toldApart(page, probe, server)
  if (page && isFromText && probe === undefined && server && saysMore(server, page))
    return { ...server, because: [...server.because, ...page.because] }
  if (page && UNCERTAIN.includes(page.kind)) return refined(page, probe, server, backend)
  if (page && !isFine(page) && page.kind !== 'opened') return page
  if (page && probe && contradicts(page, probe)) return page
  if (probe && !isFine(probe) && probe.kind !== 'opened') return probe
  // That it opened is all that a client told: the server tells how it went on.
  const isUnwatched = page === undefined || (page.kind === 'opened' && probe === undefined)
  if (isUnwatched && server && SPEAKING.includes(server.kind)) return server
  // So where the exchange of the handshake is all that the others have.
  const opened = page ?? probe
  if (opened?.kind === 'opened' && server?.kind === 'closed') return server
  return [page, probe, server].find((ending) => ending && isFine(ending)) ?? page ?? probe ?? server ?? unseen
}

const unseen: Ending = {
  kind: 'unseen',
  seenBy: 'browser',
  because: [say('No observer saw the connection', 'browser.events')],
}

// A page that opened the socket trusts the certificate and passed the handshake, whatever the probe's
// own trust store or second connection says.
function contradicts(page: Ending, probe: Ending): boolean {
  return page.kind !== 'unseen' && (probe.kind === 'tls' || probe.kind === 'dns')
}

/** Lines that say that it failed, and not why: the socket never opened, or nothing answered. */
const WITHOUT_REASON: readonly EndingKind[] = ['unopened', 'unanswered']

/**
 * What a server or a proxy says beside a line without a reason. One that gives a reason to refuse is what the client
 * saw, whether it answered or hung up. One that tells how an open connection ended speaks of the connection before:
 * what the client saw then was its next attempt.
 */
export function saysMore(other: Ending, { kind }: Ending): boolean {
  if (!WITHOUT_REASON.includes(kind)) return false
  if (other.kind === 'answered' || other.kind === 'refused') return true
  if (other.kind === 'closed') return other.by === 'peer' && !isOrderlyEnd(other.code)
  return other.kind === 'violated' || other.kind === 'dropped'
}

/** Firefox does not tell a reset from a broken frame; whoever read the bytes does. */
function toldApart(page: Ending, probe: Ending | undefined, server: Ending | undefined): Ending {
  const reader = [server, probe].find((ending) => ending?.kind === 'violated') ?? probe
  const isTold =
    reader && (reader.kind === 'violated' || reader.kind === 'dropped' || reader.kind === 'closed')
  return isTold ? { ...reader, because: [...page.because, ...reader.because] } : page
}

/** Script saw that the socket did not open; the others may have seen where it failed. */
function refined(
  page: Ending,
  probe: Ending | undefined,
  server: Ending | undefined,
  backend: BackendView,
): Ending {
  // Who saw more speaks first.
  if (probe && isUnopened(probe)) return { ...probe, because: [...probe.because, ...page.because] }
  if (server?.kind === 'answered' || server?.kind === 'refused')
    return { ...server, because: [...server.because, ...page.because] }
  if (page.kind === 'unopened' && backend.upgradedMs !== undefined) {
    const because: Because[] = [...page.because, say('The backend had sent its 101', 'server')]
    return { kind: 'refused-101', seenBy: 'server', because }
  }
  return { ...page, because: [say(ENDING_SAYS[page.kind], page.because[0]?.from ?? 'browser.events')] }
}
