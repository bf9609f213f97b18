/** The ending as the client saw it: a page, with the console's help where somebody pasted it, or another program. */
import { say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending, type EndingKind, UNOPENED } from '#lib/facts/ending/ending.ts'
import { endingOfWords, mostTelling } from '#lib/facts/ending/of-words.ts'
import { type PageView, pageEventPath } from '#lib/facts/page.ts'
import { type ToldView, toldByClient, VIOLATIONS, whyNotOpened } from '#lib/facts/told.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { browserMaySend, isOfEither } from '#lib/protocol/close-codes.ts'
import { foreign, sentence } from '#lib/text/foreign.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

export function endingOfClient(page: PageView, told: ToldView): Ending | undefined {
  if (!page.watched) return fromWords(told)
  if (page.exception) return plain('blocked', page, page.exception.at)
  if (page.csp) return plain('blocked', page, page.csp.at)
  return page.openedMs === undefined ? unopened(page, told) : opened(page, told)
}

/** Nobody recorded events: what the client printed is all there is. */
function fromWords(told: ToldView): Ending | undefined {
  const why = whyNotOpened(told)
  return (why && endOf(why)) ?? mostTelling(told.client.flatMap((each) => endOf(each) ?? []))
}

/** Firefox prints that it was interrupted of a socket that never opened, too. */
const SAYS_LITTLE: readonly EndingKind[] = ['opened', 'lost', 'unopened', 'broken']

/** Of two lines of one paste, that which tells how an open connection ended says more than that the next did not open. */
function ofOpen({ client }: ToldView): Ending | undefined {
  const ends = client.flatMap((each) => endOf(each) ?? [])
  return ends.find(({ kind }) => !SAYS_LITTLE.includes(kind) && !UNOPENED.includes(kind))
}

const endOf = (told: Told): Ending | undefined =>
  endingOfWords(told, told.from.startsWith('client') ? 'client' : 'browser')

function unopened(page: PageView, told: ToldView): Ending {
  const { close, error, errorAt, stillOpen } = page
  const why = whyNotOpened(told)
  const reason = why && endOf(why)
  const words = page.timed ? undefined : ofOpen(told)
  if (words && why?.means === 'closed-before-answer') return words
  // A reset is told alike before and after the opening; here it was before.
  if (why && reason?.kind === 'lost') return { ...reason, kind: error ? 'unanswered' : 'lost' }
  if (reason) return reason
  if (close?.code === 1015) return plain('tls', page, close.at)
  if (stillOpen?.state === 0) return plain('pending', page, stillOpen.at)
  // Only a block by Content Security Policy leaves a socket closed that never fires a close event.
  if (error && !close && stillOpen?.state === 3) return plain('blocked', page, stillOpen.at)
  if (words) return words
  if (error) return plain('unopened', page, close?.at ?? errorAt)
  const said = fromWords(told)
  if (said) return said
  // Neither an opening nor an error was written down: the code alone does not say which of them there was.
  if (close) return close.code === 1006 ? plain('lost', page, close.at) : closed(page, told, close)
  return plain('pending', page, undefined)
}

function opened(page: PageView, told: ToldView): Ending {
  const { close, stillOpen, error, errorAt } = page
  const closeCalled = page.closeCalledMs !== undefined && (!close || page.closeCalledMs <= close.ms)
  // Firefox reports a 1006 that came in a Close frame, and only then calls the end clean.
  if (close && (close.code !== 1006 || close.clean))
    return whyGivenUp(page, told) ?? closed(page, told, close)
  const words = toldByClient(told, ...VIOLATIONS, ...ENDED_OPEN)
  const end = words && endOf(words)
  if (end) return end
  if (close) {
    if (closeCalled) return plain('closing', page, close.at)
    if (error !== 'after-open' || toldByClient(told, 'reset')) return plain('dropped', page, close.at)
    // Chromium names every violation in the console; Firefox has one error and one sentence for a reset as well.
    const isFirefox = page.isFirefox || toldByClient(told, 'interrupted') !== undefined
    return plain(isFirefox || told.silent ? 'broken' : 'violated', page, errorAt)
  }
  if (page.leftMs !== undefined) return leftOpen(page)
  if (stillOpen?.state === 2 || (closeCalled && stillOpen)) return plain('closing', page, stillOpen.at)
  if (stillOpen?.state === 3) return plain('dropped', page, stillOpen.at)
  if (error === 'after-open') return plain('violated', page, errorAt)
  if (!stillOpen) return plain('opened', page, page.openAt)
  return plain(fellSilent(page) ? 'silent' : 'open', page, stillOpen.at)
}

/** Whoever leaves a page makes its browser close with 1001 (WHATWG WebSockets, "make disappear"); the page sees nothing of it. */
function leftOpen(page: PageView): Ending {
  const because = [say('The page was left while the connection was open', pageEventPath(page, undefined))]
  return { kind: 'closed', code: 1001, reason: '', clean: true, by: 'page', seenBy: page.by, because }
}

/** Fewer messages have no rhythm. */
const FEWEST_MESSAGES = 4
const SILENT = { times: 4, leastMs: 10_000 }

/** A rhythm that stopped: what came regularly came no more, long before the watch ended. */
function fellSilent({ stillOpen, lastReceivedMs, longestGapMs, messages }: PageView): boolean {
  if (!stillOpen || lastReceivedMs === undefined || messages < FEWEST_MESSAGES) return false
  return stillOpen.ms - lastReceivedMs > Math.max(SILENT.leastMs, longestGapMs * SILENT.times)
}

/** Why a connection that was open ended, in the client's own words. */
const ENDED_OPEN = ['ping-timeout', 'suspended', 'stalled', 'network-changed'] as const

/** Codes that a client gives where nothing was wrong with what it received, or that stand for a frame without one. */
const ORDERLY: readonly number[] = [1000, 1005]

/** Its own Close frame is in order, whatever the reason that it had to send one; few clients say whose the frame was. */
function whyGivenUp(page: PageView, told: ToldView): Ending | undefined {
  const { close } = page
  if (close === undefined || !(isOwnClose(page, close) || ORDERLY.includes(close.code))) return undefined
  const words = toldByClient(told, ...ENDED_OPEN)
  const end = words && endOf(words)
  return end?.kind === 'given-up' ? end : undefined
}

const isOwnClose = (page: PageView, { code, clean, ms }: NonNullable<PageView['close']>): boolean => {
  const closeCalled = page.closeCalledMs !== undefined && page.closeCalledMs <= ms
  return page.by === 'client' ? closeCalled : closeCalled && isPagesOwn(code) && (clean || code === 1000)
}

function closed(page: PageView, told: ToldView, close: NonNullable<PageView['close']>): Ending {
  const { code, reason, clean, at } = close
  const isOwn = isOwnClose(page, close)
  const isUntold = !isOwn && isOfEither(code) && !isRecorded(page) && !isToldOfPeer(told, code)
  const because = [say(closedSays(page, code, reason, isOwn, isUntold), pageEventPath(page, at))]
  if (isOwn && meaningOfReason(reason) === 'ping-timeout') {
    return { kind: 'given-up', seenBy: page.by, because }
  }
  const by = isOwn ? 'page' : 'peer'
  return { kind: 'closed', code, reason, clean, by, seenBy: page.by, because, ...(isUntold && { isUntold }) }
}

/** Who recorded the events of a page, with their times, recorded its calls of close() as well. */
const isRecorded = ({ by, timed }: PageView): boolean => by === 'browser' && timed

const isToldOfPeer = ({ client }: ToldView, code: number): boolean =>
  client.some(
    ({ means, close, isLeftUnsaid }) =>
      means === 'closed-by-server' || (close?.code === code && close.way === 'received') || isLeftUnsaid,
  )

function closedSays({ by }: PageView, code: number, reason: string, isOwn: boolean, isUntold: boolean) {
  const end = reason && ` with the reason “${foreign(reason, 160)}”`
  if (isUntold) return sentence`It ended with close code ${code}${end}, and nothing tells which end closed`
  if (by === 'browser') return sentence`The page received close code ${code}${end}`
  return isOwn
    ? sentence`The client closed with code ${code}${end}`
    : sentence`The client received close code ${code}${end}`
}

/** What close() may send (WHATWG WebSockets, close steps), or its answer to an empty frame; every other code is the peer's. */
const isPagesOwn = (code: number): boolean => browserMaySend(code) || code === 1005

type PlainKind = Exclude<EndingKind, 'answered' | 'closed'>

function plain(kind: PlainKind, page: PageView, at: number | undefined): Ending {
  return { kind, seenBy: page.by, because: [say(ENDING_SAYS[kind], pageEventPath(page, at))] }
}
