/** The ending as the page saw it, with the console's help where somebody pasted it. */
import { say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending, type EndingKind } from '#lib/facts/ending/ending.ts'
import { type PageView, pageEventPath } from '#lib/facts/page.ts'
import { browserMaySend } from '#lib/protocol/close-codes.ts'
import { foreign, sentence } from '#lib/text/foreign.ts'
import type { ConsoleView } from '#lib/words/console.ts'
import type { ConsoleFact, ConsoleMeaning } from '#lib/words/console-fact.ts'

const KIND_OF = {
  'dns-failure': 'dns',
  refused: 'tcp',
  'no-connection': 'tcp',
  unreachable: 'tcp',
  'connect-timeout': 'tcp',
  'handshake-timeout': 'unanswered',
  'closed-before-answer': 'unanswered',
  reset: 'unanswered',
  'not-http': 'unanswered',
  'forward-proxy': 'unanswered',
  'cert-untrusted': 'tls',
  'cert-expired': 'tls',
  'cert-name': 'tls',
  'tls-version': 'tls',
  'tls-client-certificate': 'tls',
  'tls-garbled': 'tls',
  status: 'answered',
  authentication: 'answered',
  'proxy-authentication': 'answered',
  redirect: 'answered',
  'bad-answer': 'answered',
  'bad-101': 'refused-101',
  subprotocol: 'refused-101',
  extension: 'refused-101',
  frame: 'violated',
  csp: 'blocked',
  'mixed-content': 'blocked',
  'blocked-port': 'blocked',
  'local-network': 'blocked',
  'socket-limit': 'blocked',
  offline: 'blocked',
  'blocked-by-client': 'blocked',
  'closed-by-page': 'pending',
  interrupted: 'broken',
} satisfies Record<ConsoleMeaning, EndingKind>

const IMPLIED_STATUS: Partial<Record<ConsoleMeaning, number>> = {
  authentication: 401,
  'proxy-authentication': 407,
}

export function endingOfPage(page: PageView, console: ConsoleView): Ending | undefined {
  if (!page.watched && console.facts.length === 0) return undefined
  if (page.exception) return plain('blocked', `browser.events[${page.exception.at}]`)
  if (page.csp) return plain('blocked', `browser.events[${page.csp.at}]`)
  return page.openedMs === undefined ? unopened(page, console) : opened(page, console)
}

function unopened(page: PageView, console: ConsoleView): Ending {
  const told = console.facts.find((fact) => fact.means !== 'frame' && fact.means !== 'interrupted')
  if (told) return fromConsole(told)
  if (page.close?.code === 1015) return plain('tls', pageEventPath(page.close.at))
  if (page.stillOpen?.state === 0) return plain('pending', pageEventPath(page.stillOpen.at))
  // Only a block by Content Security Policy leaves a socket closed that never fires a close event.
  if (page.error && !page.close && page.stillOpen?.state === 3) {
    return plain('blocked', pageEventPath(page.stillOpen.at))
  }
  if (page.error || page.close) return plain('unopened', pageEventPath(page.close?.at ?? page.errorAt))
  return plain('pending', 'browser.events')
}

function fromConsole(fact: ConsoleFact): Ending {
  const kind = KIND_OF[fact.means]
  const status = fact.status ?? IMPLIED_STATUS[fact.means]
  const from = `browser.console[${fact.at}]`
  if (kind !== 'answered') return { ...plain(kind, from), because: [say(fact.detail, from)] }
  if (status === undefined) return plain('unopened', from)
  return {
    kind,
    status,
    seenBy: 'browser',
    because: [say(sentence`The handshake was answered with HTTP ${status}`, from)],
  }
}

function opened(page: PageView, console: ConsoleView): Ending {
  const { close, stillOpen } = page
  const said = (means: ConsoleMeaning) => console.facts.some((fact) => fact.means === means)
  const closeCalled = page.closeCalledMs !== undefined && (!close || page.closeCalledMs <= close.ms)
  // Firefox reports a 1006 that came in a Close frame, and only then calls the end clean.
  if (close && (close.code !== 1006 || close.clean)) {
    const { code, reason, clean } = close
    const by = closeCalled && isPagesOwn(code) && (clean || code === 1000) ? 'page' : 'peer'
    const says = sentence`The page received close code ${code}${reason && ` with the reason “${foreign(reason, 160)}”`}`
    const because = [say(says, pageEventPath(close.at))]
    return { kind: 'closed', code, reason, clean, by, seenBy: 'browser', because }
  }
  const frame = console.facts.find((fact) => fact.means === 'frame')
  if (frame) return fromConsole(frame)
  if (close) {
    if (closeCalled) return plain('closing', pageEventPath(close.at))
    if (page.error !== 'after-open' || said('reset')) return plain('dropped', pageEventPath(close.at))
    // Chromium names every violation in the console; Firefox has one error and one sentence for a reset as well.
    const isFirefox = page.isFirefox || said('interrupted')
    return plain(isFirefox || console.silent ? 'broken' : 'violated', pageEventPath(page.errorAt))
  }
  if (stillOpen?.state === 2 || (closeCalled && stillOpen))
    return plain('closing', pageEventPath(stillOpen.at))
  if (stillOpen?.state === 3) return plain('dropped', pageEventPath(stillOpen.at))
  if (page.error === 'after-open') return plain('violated', pageEventPath(page.errorAt))
  return stillOpen ? plain('open', pageEventPath(stillOpen.at)) : plain('opened', pageEventPath(page.openAt))
}

/** What close() may send (WHATWG WebSockets, close steps), or its answer to an empty frame; every other code is the peer's. */
const isPagesOwn = (code: number): boolean => browserMaySend(code) || code === 1005

type PlainKind = Exclude<EndingKind, 'answered' | 'closed'>

function plain(kind: EndingKind, from: string): Ending {
  return { kind: kind as PlainKind, seenBy: 'browser', because: [say(ENDING_SAYS[kind], from)] }
}
