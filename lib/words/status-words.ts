/** What an HTTP answer to the handshake means, whichever program prints its status. */
import type { Said } from '#lib/words/meaning.ts'

const REASON =
  '(?:Bad Request|Unauthorized|Forbidden|Access Denied|Not Found|Method Not Allowed|Proxy Authentication Required|Request Time-?out|Conflict|Gone|Upgrade Required|Too Many Requests|Request Header Fields Too Large|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|HTTP Version Not Supported)'

/** A page or a line that is an answer’s status and its name: `<title>502 Bad Gateway</title>`, `HTTP Error 404.0 - Not Found`. */
const PAGE = new RegExp(
  `(?:^\\W{0,3}|<(?:title|h1|h2|center)>\\s{0,4})(?:HTTP )?(?:Error )?([45]\\d\\d)(?:\\.\\d{1,2})?[ :.–-]{1,3}${REASON}(?![\\w/])`,
  'i',
)

/** A status alone, as people name it: `HTTP 403`, `HTTP status code: 502 Bad Gateway`. */
const STATUS_ALONE =
  /^\W{0,3}HTTP(?: status)?(?: code)?[ :]{1,2}([2-5]\d\d)(?: [A-Z][A-Za-z-]{1,20}){0,5}\W{0,3}$/

/** What a program prints of a response on a line of its own: `resp status: 301 location: …`, `response code=404`. */
const RESPONSE_FIELD =
  /^(?:[^\n]{0,60}[\]:|>] )?(?:(?:http|resp(?:onse)?|hand-?shake|upgrade|server)[ _.-]){1,2}(?:status|code)(?:[ _]?code)?["']?[:= ]{1,3}["']?([2-5]\d\d)\b(?! ?(?:ms|bytes)\b)/i

/** `unexpected status code 426: …`, of no request that names another address or purpose. */
const UNEXPECTED =
  /^(?![^\n]{0,400}(?:https?:\/\/|\b(?:pull|push|fetch|download|upload|webhook|registry|POST|PUT|DELETE|PATCH)\b))[^\n]{0,200}\bunexpected (?:http )?(?:response )?status(?: code)?[: ]{1,2}([45]\d\d)\b/i

/** An answer that was printed as an object: its status, and another member that an answer has and an access log has not. */
const RESPONSE_OBJECT = /["':]?\bstatus[-_ ]?code["']?\s{0,2}(?:[:=]>?|=>)?\s{0,2}["']?([3-5]\d\d)\b/i
const OF_ANSWER =
  /["':]?\b(?:status[-_ ]?(?:text|message|line)|reason[-_ ]?phrase|content-length|content-type|www-authenticate|server|connection|headers)["']?(?:\s{0,2}[:=]| [{"])/i
const OF_REQUEST =
  /["':]?\b(?:method|path|uri|url|referer|remote_addr|user[-_ ]?agent)["']?\s{0,2}[:=]|\b(?:GET|POST|PUT|HEAD) \//i

const ofObject = (line: string): RegExpExecArray | null =>
  OF_ANSWER.test(line) && !OF_REQUEST.test(line) ? RESPONSE_OBJECT.exec(line) : null

/** A line of a network panel or of a log that was cut: `GET wss://app.example/ws 400 Bad Request`, `"GET /ws HTTP/1.1" 400`. */
const OF_SOCKET = [
  /\bGET wss?:\/\/\S{1,2000}["']? ?(?:\[?HTTP\/[\d.]{1,3} )?([2-5]\d\d)\b(?! ?(?:ms|bytes)\b)/i,
  /^\W{0,3}GET \/(?:\S{0,300}[/._-])?(?:ws|wss|websocket|websockets|socket\.io|sockjs|cable|hubs?|signalr|live|stream|streaming|realtime)\/?(?:\?\S{0,1500})? HTTP\/[\d.]{1,3}["']? ([2-5]\d\d)\b/i,
]

const ofSocket = (line: string): RegExpExecArray | null => {
  for (const pattern of OF_SOCKET) {
    const found = pattern.exec(line)
    if (found !== null) return found
  }
  return null
}

const NAME = new RegExp(`^${REASON}$`, 'i')

/** Whether a status line says no more than its status does (RFC 9110 §15). */
export const isStatusName = (text: string): boolean => NAME.test(text.trim())

/** The name of a status alone on its line, as a body or a client's message is: only names that stand for nothing else. */
const NAMES_ALONE: ReadonlyMap<string, number> = new Map([
  ['upgrade required', 426],
  ['too many requests', 429],
  ['bad gateway', 502],
  ['service unavailable', 503],
  ['service temporarily unavailable', 503],
  ['gateway timeout', 504],
  ['gateway time-out', 504],
])

const nameAlone = (line: string): number | undefined =>
  line.length > 60
    ? undefined
    : NAMES_ALONE.get(line.replace(/^["'\s]{1,60}|["'.!\s]{1,60}$/g, '').toLowerCase())

/** Undefined where a line is neither such a page nor a status alone: whose it is, the status does not say. */
export function statusPageOf(line: string): Said | undefined {
  const status =
    (PAGE.exec(line) ??
      STATUS_ALONE.exec(line) ??
      RESPONSE_FIELD.exec(line) ??
      UNEXPECTED.exec(line) ??
      ofSocket(line) ??
      ofObject(line))?.[1] ?? nameAlone(line)
  return status === undefined ? undefined : { ...saidOfStatus(status), unsure: true }
}

/** @param status an HTTP status as digits, or the number itself */
export function saidOfStatus(status: string | number | undefined): Said {
  const number = Number(status)
  if (number === 407) return { means: 'proxy-authentication', status: number }
  // Answered with 101, and the client still called it unexpected: the 101 itself is not acceptable.
  if (number === 101) return { means: 'bad-101', status: number }
  return { means: 'status', status: number }
}
