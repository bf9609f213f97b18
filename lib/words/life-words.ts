/**
 * The life of a connection in an application's own words: `[WS] open`, `socket connected id=…`, `onclose fired`,
 * `client 7 disconnected`, `>> {"op":1}`. No program prints these, everybody writes them, so the words alone say no more
 * than that it opened, moved, or ended.
 */
import { meaningOfReason } from '#lib/words/close-reasons.ts'
import type { Meaning, Side } from '#lib/words/meaning.ts'

export type LifeWords = { readonly means: Meaning; readonly side: Side | undefined }

/** Longer lines are sentences about something, or data. */
const LONGEST = 300
/** What is sent stands in the line. */
const LONGEST_MESSAGE = 4000

/** What a connection of this kind is called. */
const SUBJECT =
  '(?:web ?sockets?|wss?|sockets?(?:\\.io)?|sockjs|stomp|connection|conn|ws ?conn(?:ection)?|channel)'
/** Those whom a server talks to. */
const PEOPLE = '(?:clients?|users?|peers?|players?|subscribers?|visitors?|members?|devices?|agents?)'
/** An id, a number, a name or an address between the two. */
const WHO = '(?:[ :#=([]{1,4}[^\\s,;:#=([]{1,64}){0,5}'
const LINK = '(?:[ :\\])|=>-]{1,3}|[.:] ?|\\]: ?| (?:is|was|has|has been|is now|got|now|successfully|event) )'

const OPENED = '(?:open(?:ed)?|(?:re-?)?connected|established|accepted|joined)'
const ENDED =
  '(?:clos(?:ed|e|ing)|disconnected|disconnect|lost|dropped|terminated|ended|gone|left|down|died|destroyed)'

const OPENINGS: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w/])${SUBJECT}${LINK}{1,2}${OPENED}(?![\\w-]| (?:to the )?(?:files?|database|db)\\b)`,
    'i',
  ),
  new RegExp(`(?<![\\w/])${OPENED} (?:a |the |new |my ){0,2}${SUBJECT}\\b(?! (?:server|handler|pool))`, 'i'),
  /(?<![\w/])(?:re)?connected to (?:the )?(?:wss?:\/\/|web ?socket)/i,
  /(?<![\w/])on[ _-]?open(?:ed)?\b(?! ?=)/i,
  /^(?:\W{0,8}|[\w :.,\][()-]{0,40}[\]:>-] ?)(?:open(?:ed)?|(?:re-?)?connected)[!.]{0,3}$/i,
  // open a1 (3): an id, and how many there are.
  /^(?:open(?:ed)?|connected) {1,4}#?(?=[\w-]{0,40}\d)[\w-]{1,40}(?: \(\d{1,7}\))?$/i,
]
const SERVERS_OPENINGS: readonly RegExp[] = [
  /(?<![\w/])after_?connection_?established\b(?! ?[({])/i,
  new RegExp(`(?<![\\w/])${PEOPLE}${WHO} (?:has |is now |is )?(?:re-?)?connected\\b`, 'i'),
  /(?<![\w/])(?:new|accepted|got a?) (?:ws |web ?socket |socket(?:\.io)? )?(?:client|connection)\b/i,
]
const ENDINGS: readonly RegExp[] = [
  new RegExp(`(?<![\\w/])${SUBJECT}${LINK}{1,2}${ENDED}(?![\\w-])`, 'i'),
  new RegExp(`(?<![\\w/])${ENDED} (?:a |the |my ){0,2}${SUBJECT}\\b`, 'i'),
  /(?<![\w/])(?:disconnected|lost connection) (?:from|to) (?:the )?(?:wss?:\/\/|web ?socket|server)/i,
  /(?<![\w/])on[ _-]?(?:close[d]?|disconnect(?:ed)?)\b(?! ?=)/i,
  /^(?:\W{0,8}|[\w :.,\][()-]{0,40}[\]:>-] ?)(?:closed?|disconnected?|connection (?:closed|lost))[!.]{0,3}$/i,
]
const SERVERS_ENDINGS: readonly RegExp[] = [
  /(?<![\w/])after_?connection_?closed\b(?! ?[({])/i,
  new RegExp(`(?<![\\w/])${PEOPLE}${WHO} (?:has |was |is )?(?:disconnected|gone|dropped)\\b`, 'i'),
]
const MESSAGES: readonly RegExp[] = [
  /^(?:\W{0,8}|[\w :.,\][()-]{0,40}[\]:>-] ?|[\d:.,TZ\][() -]{0,40})(?:[<>]{1,3}|→|←|-{1,2}>|<-{1,2})\s\S/,
  new RegExp(
    `(?<![\\w/])${SUBJECT}${LINK}(?:message|msg|data|frame|ping|pong|heart-?beat|recv|received|sent|send)s?\\b`,
    'i',
  ),
  /(?<![\w/])on[ _-]?message\b(?! ?=)/i,
  /\b(?:received|recv|got|sent|sending|send|receiving)\b[^\n]{0,20}\b(?:message|msg|frame|ping|pong|heart-?beat|data|event|packet|bytes)\b/i,
  /\b(?:message|msg|ping|pong|heart-?beat)s?\b[^\n]{0,20}\b(?:received|recv|sent|ok|→|←)/i,
  /^(?:\W{0,8}|[\w :.,\][()-]{0,40}[\]:>-] ?)(?:ping|pong|heart-?beat|message|msg|recv|receive|received|send|sent)\b/i,
  // Frames of STOMP, as its clients print them.
  /^(?:accept-version|heart-beat|version|server|session|user-name|destination|id|subscription|content-length|content-type|message-id|receipt|receipt-id|ack|login|passcode|host):\S/,
]

/** Said of what did not happen, may happen, or happened to something else. */
const NOT_SAID =
  /\b(?:not|never|cannot|can't|won't|couldn't|isn't|wasn't|fail(?:ed|s|ure|ing)?|unable|error|exception|refused|reject(?:ed)?|denied|before|until|while|when|whether|if|try(?:ing)?|attempt(?:ing|s)?|retry(?:ing)?|wait(?:ing)?|connecting|reconnecting|opening|should|would|could|may|might|must|no longer|without|disabled?)\b|n’t\b/i
/** Other things that open and close connections, as their drivers write. */
const OTHERS =
  /mongo|redis|postgres|mysql|maria|sqlite|\bsql\b|database|\bdb\b|kafka|rabbit|amqp|smtp|imap|mailer|ldap|bluetooth|serial|\busb\b|\bvpn\b|\bssh\b|\bftp\b|keep-alive|file|\bpool\b|server (?:is )?(?:listening|started|running)|browserstack|selenium|docker|\bport \d/i

/** An error event, and nothing behind it: scripts and programs print it as it comes. */
const BARE_ERROR = new RegExp(
  `^(?:[^\\n]{0,80}[\\]:>)| -] ?)?(?:on[ _-]?(?:error|failure)|transport error|${SUBJECT}(?: connection)?[ :\\].-]{1,3}(?:on[ _-]?)?error)(?: (?:event|occurred|fired|happened))?[ :=>-]{0,4}(?:\\[object [A-Za-z]{1,20}\\]|(?:Error)?Event ?\\{[^\\n]{0,200}|\\{\\}|undefined|null|\\(no message\\))?[.!]{0,3}$`,
  'i',
)

const SOCKET = '(?:web ?sockets?|wss?|sockets?(?:\\.io)?|sockjs|stomp)'
/** It did not open, and the words do not say why. */
const UNOPENED: readonly RegExp[] = [
  new RegExp(
    `\\b(?:could(?:n[’']t| not)|can(?:n?[’']t|not)|failed to|unable to|error) (?:[a-z]{2,12} ){0,3}?(?:open|connect|establish|upgrade|create|initiali[sz]e|start|opening|connecting|establishing)(?: [a-z]{2,12}){0,4}? (?:(?:a|the|to|new|via|over|by|with|using|secure) ){0,3}${SOCKET}\\b`,
    'i',
  ),
  new RegExp(
    `(?<![\\w/])${SOCKET} connection (?:failed|failure):? {1,3}wss?://\\S{1,2000}(?: \\w{1,12}){0,2}[.!]{0,3}$`,
    'i',
  ),
  new RegExp(
    `(?<![\\w/])${SOCKET}(?: (?:connection|connect|handshake|upgrade|connect attempt))? (?:attempt )?(?:failed|failure|could(?:n[’']t| not) be (?:established|opened)|not established|refused|error:? (?:connection )?failed)(?: to (?:connect|open|establish))?[.!]{0,3}$`,
    'i',
  ),
]

/** What Chrome’s message is where its colon was not copied. */
const FAILED = /\bweb ?socket connection to ['"]?wss?:\/\/\S{1,2000}['"]? failed[.:]?\s{0,4}$/i

/** An attempt begins. */
const CONNECTING = /(?<![\w/])(?:re)?connecting\b[^\n]{0,120}(?:\bwss?:\/\/|\bweb ?socket\b)/i

/** The time beside a line, in front of it: the words behind it are the line. */
const STAMP =
  /^[\s[(]{0,3}(?:(?:\d{4}[-/]\d\d[-/]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[A-Z][a-z]{2} \d{1,2},?(?: \d{4})?)[T ,]{1,2})?(?:\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?|1\d{9}(?:\d{3})?|\+\d{1,9}(?:\.\d{1,6})?(?: ?ms| ?s)?|t ?= ?\d{1,9}(?:\.\d{1,6})?(?: ?ms| ?s)?)[\])]?[\s:|,-]{1,4}(?=\S)/i

/** What is done about an end says nothing of it: `socket closed, reconnecting in 1 s`, `reopening because it was closed by the host`. */
const THEN_AGAIN =
  /(?:[,.;:!–—-] ?|\s)(?:\(|(?:will|now|then|trying|attempting|going|and|we|about|scheduling|auto(?:matically)?) (?:to |be )?){0,3}(?:re-?connect|re-?try|re-?open|re-?attempt)(?:ing|s|ed|ion)?\b[^\n]{0,120}$/i
const AGAIN_BECAUSE =
  /\b(?:re-?connect|re-?open)(?:ing|s|ed)?\b[^\n]{0,60}?\b(?:because|since|as) (?:it |the |our ){0,2}(?=(?:was|were|is|has|got|web|ws|socket|conn|server|peer|remote|host)\w{0,20}\b)/i

/** A client connects once more, and nothing else is in the line. */
const AGAIN =
  /(?:^|[\])|:>-] ?|\b(?:INFO|WARN(?:ING)?|DEBUG|TRACE|ERROR) {1,3}(?:[\w.-]{1,60} )?)(?:#{1,4} ?)?(?:(?:web ?socket|ws|socket|client|connection|it)(?:[ :]{1,2}|[’']s ))?(?:(?:will|trying|attempting|going|scheduling|scheduled|now|auto(?:matically)?) (?:to |an? |the )?){0,2}re-?(?:connect|try)(?:ing|ion)?(?: (?:attempt|in|after|now|again|to|the|web ?socket|ws|connection|server|#?\d)[^\n]{0,60}|[ .…!]{0,4}|[:(,] ?[^\n]{0,60})?$/i

export const isAgain = (stamped: string): boolean => {
  const line = stamped.replace(STAMP, '')
  return (
    line.length <= LONGEST_AGAIN &&
    /re-?(?:connect|try)/i.test(line) &&
    !OTHERS.test(line) &&
    AGAIN.test(line)
  )
}

const LONGEST_AGAIN = 160

function withoutAgain(line: string): string {
  const because = AGAIN_BECAUSE.exec(line)?.[0]
  const bare =
    because === undefined ? line : line.replace(because, / it $/.test(because) ? 'connection ' : '')
  const told = bare.replace(THEN_AGAIN, '')
  return ENDS_THERE.test(told) ? told : bare
}

const ENDS_THERE =
  /\b(?:clos(?:ed|e)|disconnect(?:ed|ion)?|lost|dropped|terminated|ended|gone|died)\b[\s)\]\w:]{0,60}$/i

/** Undefined where a line tells of no opening and of no end. */
export function lifeWordsOf(stamped: string): LifeWords | undefined {
  const line = withoutAgain(stamped.replace(STAMP, ''))
  if (line.length <= LONGEST && BARE_ERROR.test(line)) return { means: 'nothing-said', side: undefined }
  if (line.length <= LONGEST_MESSAGE && FAILED.test(line)) return { means: 'never-opened', side: undefined }
  if (line.length <= LONGEST && !OTHERS.test(line) && fits(UNOPENED, line))
    return { means: 'never-opened', side: undefined }
  if (line.length <= LONGEST && CONNECTING.test(line)) return { means: 'connecting', side: undefined }
  if (line.length > LONGEST || !/open|clos|connect|lost|drop|join|left|gone|establish|accept/i.test(line))
    return undefined
  if (OTHERS.test(line)) return undefined
  const ofServer = fits(SERVERS_ENDINGS, line)
  if (ofServer || fits(ENDINGS, line)) {
    if (NOT_SAID.test(line)) return undefined
    return ofServer ? { means: 'ended', side: 'server' } : { means: endOf(line), side: undefined }
  }
  if (NOT_SAID.test(line)) return undefined
  if (fits(SERVERS_OPENINGS, line)) return { means: 'opened', side: 'server' }
  return fits(OPENINGS, line) ? { means: 'opened', side: undefined } : undefined
}

/** Whether a line beside an open connection shows that something moved on it. */
export const isMessageLine = (line: string): boolean =>
  line.length <= LONGEST_MESSAGE && fits(MESSAGES, line.replace(STAMP, ''))

const fits = (patterns: readonly RegExp[], line: string): boolean =>
  patterns.some((pattern) => pattern.test(line))

/** What an end is said to be for, where the words name a mechanism of an open connection. */
const NAMED: ReadonlySet<Meaning> = new Set(['idle-timeout', 'lifetime', 'shutting-down', 'suspended'])

const BY_SERVER =
  /\bby (?:the )?(?:remote|peer|server|other side|host)\b|\b(?:server|remote|peer|other side)(?: (?:party|end|host))? (?:has )?closed\b/i

function endOf(line: string): Meaning {
  const named = meaningOfReason(line)
  if (named !== undefined && NAMED.has(named)) return named
  // With a Close frame or without one: the words do not say.
  if (BY_SERVER.test(line)) return 'lost'
  if (/\b(?:by (?:the )?(?:client|user|us|page)|intentional(?:ly)?|on purpose|manual(?:ly)?)\b/i.test(line))
    return 'closed-by-client'
  return 'lost'
}
