/**
 * What programs said of the connection, sentence by sentence: a browser's console, a client's log, the lines of
 * servers and proxies, and the body of a refusal. The phrasebook gives each its meaning; nothing here knows words.
 */
import { signsOf } from '#lib/applications/signs.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { toldByShape } from '#lib/facts/answer-shape.ts'
import { bodyText, reasonHeaders, reasonPhrase } from '#lib/facts/answer-text.ts'
import type { ApplicationView } from '#lib/facts/application.ts'
import { readSpoken } from '#lib/facts/spoken.ts'
import type { Line, Told } from '#lib/facts/told-line.ts'
import { excerptAround, sentence } from '#lib/text/foreign.ts'
import type { Meaning, Side } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

export type ToldView = {
  /** What the server said in the messages, the close code and the bare bytes of a protocol that was recognized. */
  application: readonly Told[]
  /** Somebody looked at the browser's console, and there was nothing about a WebSocket. */
  silent: boolean
  /** The client's own words: a browser's console, then another client's lines. */
  client: readonly Told[]
  /** The backend's: its log, and the body of a refusal. */
  server: readonly Told[]
  proxy: readonly Told[]
}

const MOST_LINES = 500

/**
 * @param ofProxy lines of a proxy that no log format takes
 * @param byLines what its access lines say by their flags and statuses
 */
export function readTold(
  evidence: Evidence,
  ofProxy: readonly Line[],
  byLines: readonly Told[],
  sameTarget: (uri: string) => boolean,
  application: ApplicationView | undefined,
): ToldView {
  const { browser, client } = evidence
  const console = linesOf(browser?.console, 'browser.console').filter(({ text }) => !ABOUT_ELSE.test(text))
  const log = linesOf(
    client?.lines?.map(({ text }) => text),
    'client.lines',
  )
  const own = [
    ...console.flatMap((line) => tell(line, 'client')),
    ...log.flatMap((line) => tell(line, 'client', client?.program)),
  ].filter(({ told, text }) => isOfTarget(told, text, sameTarget))
  const others = [...bodies(evidence), ...serverLines(evidence)].flatMap((line) => tell(line, 'server'))
  const proxies = ofProxy.slice(0, MOST_LINES).flatMap((line) => tell(line, 'proxy'))
  // What a server or proxy says of connections that it opens itself is not about this one.
  const all = [...own, ...[...others, ...proxies].filter(({ told }) => told.side !== 'client')]
  const of = (side: Side) => all.filter(({ told }) => told.side === side).map(({ told }) => told)
  return {
    application: application === undefined ? [] : readSpoken(evidence, application),
    silent: browser?.console !== undefined && own.length === 0,
    client: knownAnswer(evidence, inPhases(stopped(of('client')))),
    server: [...of('server'), ...toldByShape(evidence, application?.signs ?? signsOf(evidence))],
    proxy: [...of('proxy'), ...byLines],
  }
}

/** A page that runs hears of an end at once, however slow its timers: one that hears of it as it comes back did not run. */
function stopped(client: Told[]): Told[] {
  if (!client.some(({ isBeside }) => isBeside === 'back')) return client
  return client.map((told) =>
    told.means === 'stalled' && told.isBeside === 'away' ? { ...told, means: 'suspended' } : told,
  )
}

/** A program that refuses its configuration exits: what its container or service says of that is no end of a server. */
export function besideRefusal(told: ToldView, refusesToStart: boolean): ToldView {
  if (!refusesToStart && !told.proxy.some(({ means }) => means === 'config-refused')) return told
  return { ...told, server: told.server.filter(({ means, unsure }) => means !== 'process-ended' || !unsure) }
}

/** A client that writes down what it sends writes down, too, that it opened: what ends between the two had no answer. */
function inPhases(client: readonly Told[]): Told[] {
  let isAsked = false
  return client.map((told) => {
    const { means } = told
    if (means === 'reached') isAsked = true
    else if (isAsked && told.phase === undefined && means === 'lost')
      return { ...told, means: 'closed-before-answer', unsure: true }
    else if (isAsked && told.phase === undefined && ENDS_OF_BOTH.has(means))
      return { ...told, phase: 'handshake' }
    else if (means !== 'nothing-said') isAsked = false
    return told
  })
}

/** “No WebSocket response” of a client whose answer is there, and is a 101: it did not accept that. */
function knownAnswer({ probe }: Evidence, client: Told[]): Told[] {
  if (probe?.http?.status !== 101 || probe.end !== undefined) return client
  return client.map((told) =>
    told.means === 'bad-answer' && told.status === undefined ? { ...told, means: 'bad-101' } : told,
  )
}

// Lines about pages, images and scripts carry the same net errors, and a policy that only reports blocks nothing.
const ABOUT_ELSE = /report[ -]only|Failed to load resource|\b(GET|POST|PUT|HEAD) https?:\/\/|favicon\.ico/i

const linesOf = (texts: readonly string[] | undefined, path: string): Line[] =>
  (texts ?? []).slice(0, MOST_LINES).map((text, at) => ({ text, from: `${path}[${at}]` }))

function bodies({ probe }: Evidence): Line[] {
  const http = probe?.http
  if (!http || outcomeOfProbe(probe).stage !== 'answer') return []
  const body = bodyText(http)
  const headers = reasonHeaders(http).map((text) => ({ text, from: 'probe.http.headers' }))
  const phrase = reasonPhrase(http)
  return [
    ...headers,
    ...(phrase === '' ? [] : [{ text: phrase, from: 'probe.http.status_text' }]),
    ...(body === '' ? [] : [{ text: body, from: 'probe.http.body_start' }]),
  ]
}

function serverLines({ server = [] }: Evidence): Line[] {
  return server.slice(0, MOST_LINES).flatMap(({ type, text, code, message }, at) => {
    const said = type === 'log' ? text : type === 'error' ? `${code ?? ''} ${message ?? ''}` : undefined
    return said === undefined ? [] : [{ text: said, from: `server[${at}]` }]
  })
}

/** What comes after the address in Chromium's and Safari's own words. */
const FAILURE = /WebSocket connection to '[^']*' failed: ?(.*)$/is

function tell({ text, from }: Line, speaker: Side, program?: string): { told: Told; text: string }[] {
  const read = readSentence(text, { side: speaker, ...(program !== undefined && { program }) })
  // A page that repeats its status says nothing of whose it is.
  if (read === undefined || (from === 'probe.http.body_start' && read.said.means === 'status')) return []
  const words = FAILURE.exec(text)?.[1]?.trim() || text
  const told = {
    ...read.said,
    // Of a program that runs at both ends the place tells which it was.
    side: read.side ?? speaker,
    ...(read.side === undefined && from.startsWith('client.') && { isOfEither: true as const }),
    program: read.program?.id,
    from,
    detail: sentence`“${excerptAround(words, read.text)}”`,
    ...(read.phrase?.fix !== undefined && { fix: sentence`${read.phrase.fix}` }),
  }
  return [{ told, text }]
}

/** Another socket of the same page: its failure is not this one's. */
function isOfTarget({ url }: Told, text: string, sameTarget: (uri: string) => boolean): boolean {
  const named = [...(url === undefined ? [] : [url]), ...addressesIn(text)].filter((uri) => SOCKET.test(uri))
  return named.length === 0 || named.some(sameTarget)
}

const SOCKET = /^wss?:/i

/** Addresses of sockets in a line; the full stop at the end of Firefox's is the sentence's. */
const addressesIn = (text: string): string[] =>
  [...text.matchAll(/\bwss?:\/\/[^\s'"<>“”‘’]{1,2048}/gi)].map(([uri]) =>
    uri.replace(/(?<![.,;:!?)])[.,;:!?)]+$/, ''),
  )

/** Bytes that break the protocol, as the end that read them names them. */
export const VIOLATIONS: readonly Meaning[] = ['frame', 'invalid-utf8', 'compression']

/** Said of no failure, or of one without its reason. */
const VAGUE: readonly Meaning[] = [
  'connecting',
  'reached',
  'opened',
  'ended',
  'used-too-early',
  'not-built-in',
  'nothing-said',
  'lost',
  'timed-out',
  'never-opened',
  'dropped',
  'close',
]

/** Said of a connection that was open. */
const AFTERWARDS: readonly Meaning[] = [
  ...VIOLATIONS,
  'too-big',
  'interrupted',
  'ping-timeout',
  'idle-timeout',
  'lifetime',
  'shutting-down',
  'not-reading',
  'closed-by-server',
  'closed-by-client',
]

/** Said alike of a connection that was not answered and of one that was open. */
export const ENDS_OF_BOTH: ReadonlySet<Meaning> = new Set(['reset', 'hung-up'])

/**
 * The client's own reason why its connection did not open: it excludes every other. A page that closes its socket
 * itself often opens the next one, which may fail for another reason.
 */
export function whyNotOpened({ client }: ToldView): Told | undefined {
  const reasons = client.filter(({ means }) => !VAGUE.includes(means) && !AFTERWARDS.includes(means))
  const others = reasons.filter(({ means }) => means !== 'closed-by-page')
  // The line below “handshake failed” has the status.
  const sure = others.filter(({ unsure }) => !unsure)
  // Whoever hangs up has a reason for it, and another line may give it.
  const named =
    sure.find(({ means }) => means !== 'bad-answer' && means !== 'closed-before-answer') ??
    sure.find(({ means }) => means !== 'bad-answer')
  const status = others.find((each) => each.means !== 'bad-answer' && each.status !== undefined)
  return named ?? status ?? sure[0] ?? others[0] ?? reasons[0]
}

/** The first that anybody says of these: those nearer to the cause come first. */
export const toldByAny = (
  { application, server, proxy, client }: ToldView,
  ...meanings: Meaning[]
): Told | undefined =>
  [...application, ...server, ...proxy, ...client].find(({ means }) => meanings.includes(means))

/** The first that the server says of these in its protocol's own words. */
export const toldInProtocol = ({ application }: ToldView, ...meanings: Meaning[]): Told | undefined =>
  application.find(({ means }) => meanings.includes(means))

/** The first that the client itself says of these. */
export const toldByClient = ({ client }: ToldView, ...meanings: Meaning[]): Told | undefined =>
  client.find(({ means }) => meanings.includes(means))
