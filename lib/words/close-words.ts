/**
 * A close code with its reason and direction, whatever the program: `code=1006, reason=`, `(code: 1006, reason: "")`,
 * `close 1001 (going away): bye`, `received 1008 (policy violation) bad token; then sent 1008 …`,
 * `CloseEvent {wasClean: false, code: 1006 …}`, `status=1011`, `closed with code 4401 'Unauthorized'`,
 * `disconnected: bye with code: 1001`, `{:remote, 1000, ""}`, `onClosed: 1000 / bye`, `CloseReason(reason=GOING_AWAY, message=bye)`.
 *
 * A number alone is none: the word close, code or status must be beside it, or its own name, and it must be a code that
 * exists (1000 to 1015, 3000 to 4999; RFC 6455 §7.4). Ports, counts and durations have the same numbers.
 */
import { longestReasonBytes } from '#lib/protocol/close-codes.ts'
import { closeFrameIn } from '#lib/words/close-frame.ts'
import { codeOfName, namedCodeIn } from '#lib/words/close-names.ts'
import { isNoReason } from '#lib/words/closer.ts'
import type { Said, SaidClose } from '#lib/words/meaning.ts'

const CODE = '(1(?:00\\d|01[0-5])|[34]\\d{3})(?![\\w.:]?\\d)'

/** What a number is of, where it is no code: a time, a size, a port, a count of things. */
const NOT_OF =
  '(?! ?(?:ms|msec|s|sec|secs|seconds?|millis\\w*|min|minutes|[kKMG]?i?[bB]|bytes|chars|%)\\b)(?! (?:\\w{3,20}s|out of|of|more|to|\\/ ?\\d)\\b)(?!/\\w)'

/** In order: the first shape that fits a line is the one it has. Each has the code in the first group. */
const SHAPES: readonly { pattern: RegExp; way?: SaidClose['way'] }[] = [
  // Python websockets: both directions in one sentence, the first of them ended it.
  { pattern: new RegExp(`\\breceived ${CODE}\\b(?: \\([^()]{1,60}\\))?${NOT_OF}`, 'i'), way: 'received' },
  { pattern: new RegExp(`\\bsent ${CODE}\\b(?: \\([^()]{1,60}\\))?${NOT_OF}`, 'i'), way: 'sent' },
  // Elixir and Erlang: {:remote, 1000, ""}, {remote,1001,<<>>}
  { pattern: new RegExp(`\\{:?remote, ?${CODE}`), way: 'received' },
  { pattern: new RegExp(`\\{:?local, ?${CODE}`), way: 'sent' },
  // Java: CloseReason[1001,Idle Timeout], CloseReason: code [1009], reason […]
  { pattern: new RegExp(`\\bCloseReason(?:: code ?)?\\[${CODE}\\b`) },
  // Go: gorilla "websocket: close 1001 (going away): …"; "close: 1006"
  {
    pattern: new RegExp(`(?<![a-z])closed?[ :=]{1,3}${CODE}\\b(?: \\([^()]{1,60}\\))?${NOT_OF}`, 'i'),
  },
  // code=1006, code: 1006, "code":1006, close_code 1006, closeCode=1006, status code: 1006, StatusCode(1006)
  {
    pattern: new RegExp(
      `(?:\\b|_|[a-z](?=C))(?:close|closed|closing|disconnect(?:ed)?|ws|websocket)?[ _.-]?(?:status[ _-]?)?code\\b["'\`]{0,2}[ ]{0,2}(?:is|was|of)?[ ]?[:=([<]?[ ]{0,2}["'\`]?${CODE}\\b`,
      'i',
    ),
  },
  { pattern: new RegExp(`\\b(?:close )?status["']?(?: ?[:=(] ?["']?| )${CODE}\\b${NOT_OF}`, 'i') },
  { pattern: new RegExp(`close\\w{0,8}\\b[^\\n]{0,60}\\brawValue: ${CODE}`, 'i') },
  // Failing the WebSocket connection: 1006
  {
    pattern: new RegExp(
      `\\b(?:failing|failed|closing|dropping) (?:the )?(?:web ?socket )?connection(?: with)?(?: code)?[: ]{1,3}${CODE}\\b${NOT_OF}`,
      'i',
    ),
  },
  // closed (1006), disconnected with 1011, onclose 1006, closed abnormally: 1006, [close] 4001
  {
    pattern: new RegExp(
      `(?<![a-z])(?:on_?)?(?:clos(?:e|ed|ing)|disconnect(?:ed|ion)?|terminated|connection lost)\\b[^\\d\\n/@]{0,40}?(?<! (?:after|at|in|port|every|timeout|for))[ ([,=|"']${CODE}\\b${NOT_OF}`,
      'i',
    ),
  },
  // close a1 1006 "", disconnect user-7 1001: whose end it is, with a digit in it, stands before the code, which ends the line or has its reason behind it.
  {
    pattern: new RegExp(
      `(?<![a-z])(?:on_?)?(?:clos(?:e|ed)|disconnect(?:ed)?)(?: (?:client|conn(?:ection)?|socket|ws|user|session))?[ :=#]{1,3}(?=[\\w:-]{0,63}\\d)[\\w:-]{1,64} ${CODE}(?=\\s{0,4}(?:$|["'(]))`,
      'i',
    ),
  },
]

/** `1006 (abnormal closure)`, `1001: Going Away`: the number has its own name beside it. */
const WITH_NAME = new RegExp(
  `(?<![\\w.:-])${CODE}[ :,=([/–-]{1,3}["']?([A-Za-z]{2,12}(?:[ _-][a-z]{2,12}){0,3})`,
  'i',
)

/** `1002 - Unsupported protocol version`, `4401: Unauthorized`: a line that is a code, and words of an end or of a refusal. */
const LEADING = new RegExp(`^\\W{0,3}${CODE}(?: ?[:–-] ?| )["']?([A-Za-z][^\\n"]{2,122}?)["']?$`)
const OF_AN_END =
  /\b(?:clos(?:ed?|ing|ure)|connection|protocol|polic(?:y|ies)|going away|unauthori[sz]ed|forbidden|auth\w{0,16}|token|session|expired|time-?out|timed out|invalid|internal|terminated|kicked|replaced|banned|shut(?:ting)? ?down|restart\w{0,3}|too (?:big|large|many|long)|rate limit\w{0,3}|heart-?beat|ping)\b/i

/**
 * `console.log(event.code, event.reason, event.wasClean)` of a browser or of Node, in this order or with wasClean first,
 * and ws’s `console.log(code, reason)`, whose reason is a Buffer: `1006 '' false`, `1006  false`, `1006 <Buffer >`.
 */
const LOGGED = new RegExp(
  `^\\W{0,6}(?:(true|false) )?${CODE}(?: (?:'([^']{0,123})'|"([^"]{0,123})"|<Buffer ?([\\da-f ]{0,369})>|(?=[ tf])))(?: (true|false))?$`,
)

/** `1006` and nothing else, `// prints 1006`. Numbers of other things are rarely of the kind that only an end has. */
const BARE =
  /^\W{0,6}(?:(?:it|always|prints?|printed|logs?|logged|outputs?|shows?|gives?|returns?|get|got) ){0,3}(10(?:0[2-9]|1[0-5]))\W{0,3}$/i

function loggedIn(line: string): SaidClose | undefined {
  const bare = BARE.exec(line)
  if (bare) return { code: Number(bare[1]) }
  const [, before, code, single, double, bytes, behind] = LOGGED.exec(line.trimEnd()) ?? []
  const clean = before ?? behind
  const text = single ?? double ?? (bytes === undefined ? undefined : textOfHex(bytes))
  if (code === undefined || (text === undefined && clean === undefined)) return undefined
  return {
    code: Number(code),
    ...(text !== undefined && { reason: text }),
    ...(clean !== undefined && { clean: clean === 'true' }),
  }
}

const textOfHex = (bytes: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(bytes.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16)),
  )

const ABOUT_ENDS = /close|closing|\bfailing\b|code|status|sent|receiv|disconnect|terminat|lost|remote|local/i

/** An event object as a console shows it: its code counts, whatever its reason is about. */
const EVENT_OBJECT = /\bCloseEvent\b|\bisTrusted\b/

/** A member that no library’s own callback has: it is a page’s close event, however somebody wrote it down. */
const OF_CLOSE_EVENT = /\bwasClean\b/

export const isOfCloseEvent = (line: string): boolean => isEventObject(line) || OF_CLOSE_EVENT.test(line)

export const isEventObject = (line: string): boolean => EVENT_OBJECT.test(line)

/** Undefined where the line has no close code. */
export function closeOf(line: string): SaidClose | undefined {
  const alone = loggedIn(line) ?? closeFrameIn(line)
  if (alone !== undefined) return alone
  if (ABOUT_ENDS.test(line)) {
    for (const { pattern, way } of SHAPES) {
      const found = pattern.exec(line)
      if (found !== null)
        return saidAt(line, Number(found[1]), found.index, found.index + found[0].length, way)
    }
  }
  const named = WITH_NAME.exec(line)
  const code = Number(named?.[1])
  if (named !== null && isNameOf(named[2] ?? '', code))
    return saidAt(line, code, named.index, named.index + named[0].length)
  const name = namedCodeIn(line)
  if (name) return saidAt(line, name.code, name.end, name.end)
  const leading = LEADING.exec(line)
  return leading !== null && OF_AN_END.test(leading[2] ?? '')
    ? { code: Number(leading[1]), reason: leading[2] ?? '' }
    : undefined
}

/** The words beside a number may go on behind its name: `1001 going away after deploy`. */
function isNameOf(words: string, code: number): boolean {
  const parts = words.split(/[ _-]/)
  return parts.some((_, at) => codeOfName(parts.slice(0, at + 1).join('')) === code)
}

function saidAt(line: string, code: number, from: number, end: number, said?: SaidClose['way']): SaidClose {
  const reason = reasonIn(line, end, code)
  const way = said ?? wayIn(line, from, reason)
  const clean = /\bwas_?clean["']?[ ]?[:=][ ]?(true|false)/i.exec(line)?.[1]
  return {
    code,
    ...(reason !== undefined && { reason }),
    ...(way !== undefined && { way }),
    ...(clean !== undefined && { clean: clean.toLowerCase() === 'true' }),
  }
}

/** A close code is said; 1006 was never in a Close frame (RFC 6455 §7.4.1), so it says that the connection was dropped or never opened. */
export function saidOfClose(close: SaidClose): Said {
  return { means: 'close', close }
}

const NOTHING =
  '(?:no reason(?: (?:given|specified|provided))?|none|null|nil|undefined|true|false|empty|n/a|-|<(?:none|empty|null)>|<<>>|""|\'\')'
const NO_REASON = new RegExp(`^\\(?${NOTHING}(?:[ ,]{1,2}${NOTHING}){0,3}\\)?\\.?$`, 'i')

/** In order: the first that fits is the reason. */
const REASONS: readonly RegExp[] = [
  /\b(?:close[ _-]?)?reason["'`]?[ ]?(?:was|is|of)?[ ]?[:=]{1,2}>?[ ]?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^,;)}\]\n]*?)(?=[,;)}\]\n]| \w+=|$))/i,
  /\breason (?:"([^"]*)"|'([^']*)')/i,
  /\bwith reason[ :]{1,2}(?:"([^"]*)"|'([^']*)'|([^,;)}\]\n]*))/i,
  /\band reason = "([^"]*)"/i,
  // The sample of Java-WebSocket.
  /^ additional info: ?([^\n]{0,123})$/i,
  // JavaScript’s lists, Erlang’s and Elixir’s tuples, and Java’s CloseReason[…].
  /^, ?(?:<<)?["']([^"'\n]{0,123})["'](?:>>)?[\]})]/,
  /^\]?, ?(?:reason \[)?([^\]\n]{0,123})\]/,
  // OkHttp’s sample.
  /^ \/ ?([^\n]{0,123})$/,
  // A quotation, and more behind it: `1006 "" wasClean=false`.
  /^,? ?(?:"([^"\n]{0,123})"|'([^'\n]{0,123})')(?=$|[\s,;)}\]])/,
  // gorilla and websockets: the reason follows the name of the code.
  /^(?:["')\]]{0,2}(?::| -| –)|["'] ) ?"?([^"\n;]{1,123})"?/,
  /^ ([^\n;]{1,123}?)(?=; (?:then|no close)|$)/,
]

/** The sentence of Starscream’s sample and those like it: the reason, then the code. */
const BEFORE =
  /\b(?:disconnected|closed|disconnect|close|closing)(?:,| with reason| because| due to)?:? ["'(]?([^\n:"']{1,123}?)["')]?,? (?:(?:and )?with|and|,|-) (?:status |close |exit )?code:?$/i

/** ktor calls the code the reason, and the reason the message. */
const MESSAGE = /\bmessage["']?[ ]?[:=][ ]?(?:"([^"]*)"|'([^']*)'|([^,;)}\]\n]*))/i

/** What stands behind the code is the next field: `code = 1001 wasClean = true`. */
const IS_FIELD = /^(?:reason\s{0,3})?was_?clean\b/i

/** Where the console of a browser says that it was printed. */
const PRINTED_AT =
  /\s{1,4}(?:\([\w.$@/ -]{1,120}, line \d{1,7}\)|[\w.$@/-]{1,120}\.(?:[cm]?[jt]sx?|html?|vue|svelte)(?::\d{1,7}){1,2})\s{0,4}$/

function reasonIn(line: string, from: number, code: number): string | undefined {
  const rest = line.slice(from, from + 400).replace(PRINTED_AT, '')
  const text = textIn(REASONS, rest) ?? textIn([MESSAGE], rest) ?? reasonBefore(line, from, code)
  if (text === undefined) return undefined
  if (codeOfName(text) === code || IS_FIELD.test(text)) return textIn([MESSAGE], line) ?? ''
  if (text === '' || NO_REASON.test(text) || isNoReason(text)) return ''
  return text.length > longestReasonBytes ? undefined : withoutOuter(text)
}

function reasonBefore(line: string, end: number, code: number): string | undefined {
  const before = line.slice(Math.max(0, end - 220), end - String(code).length).trimEnd()
  return textIn([BEFORE], before)
}

/** `(1008 - bye)`: what closes around the code is not the reason’s. */
const withoutOuter = (text: string): string =>
  text.endsWith(')') && !text.includes('(') ? text.slice(0, -1) : text

function textIn(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    if (found !== null)
      return found
        .slice(1)
        .find((group) => group !== undefined)
        ?.trim()
  }
  return undefined
}

const RECEIVED =
  /\bremote["']?[ ]?[:=][ ]?["']?true|(?<!\b(?:messages?|frames?|bytes|data|events?|pings?|pongs?) )\b(?:received|got|recv|by (?:the )?(?:remote|peer|server|other side)|from (?:the )?(?:server|peer|remote)|(?:remote|peer)(?: (?:party|end|side))? (?:has )?closed|server (?:has )?closed)\b/i
const SENT =
  /\bremote["']?[ ]?[:=][ ]?["']?false|\b(?:sent|sending|send|closing(?! ?:)|by (?:us|client|local|ourselves)|local(?:ly)? closed|we closed|closed (?:it )?ourselves)\b/i

/** @param reason the sender’s own words, whatever they are about: “send buffer full” says nothing of who sent it */
function wayIn(line: string, at: number, reason: string | undefined): SaidClose['way'] {
  const beside = line.slice(Math.max(0, at - 60), at + 80)
  const own = reason ? beside.indexOf(reason.slice(0, 12)) : -1
  const around = own === -1 ? beside : `${beside.slice(0, own)} ${beside.slice(own + (reason ?? '').length)}`
  if (RECEIVED.test(around)) return 'received'
  return SENT.test(around) ? 'sent' : undefined
}
