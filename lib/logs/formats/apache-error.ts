/** Apache's error log, 2.4 style: `[stamp] [module:level] [pid …] [client …] AHnnnnn: text`. */
import type { NoticeRecord, Sign } from '#lib/logs/record.ts'
import { monthDayStamp } from '#lib/logs/stamp.ts'

const head =
  /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2} [^\]]{10,30})\] \[(?:([\w-]{0,40}):)?([a-z0-9]{4,7})\] (?:\[pid (\d{1,10})(?::tid \d{1,20})?\] )?/
/** `[remote …]` is the backend’s address. */
const clientAt = /\[client ([\d.:a-fA-F[\]]{3,54}):(\d{1,5})\] /
const LONGEST_TEXT = 500
/** Apache before 2.4 names no module; frameworks (Mojolicious) stamp their lines alike, with levels that it hardly uses. */
const LEVELS_OF_OTHERS: ReadonlySet<string> = new Set(['trace', 'debug', 'info', 'fatal'])
const OF_APACHE = /^(?:mod_\w{2,30}\.c|proxy|AH\d{5}|\(\d{1,5}\))/

export function parseApacheError(line: string): NoticeRecord | undefined {
  const match = head.exec(line)
  if (match === null) return undefined
  const [whole, when = '', module, level = '', pid] = match
  const stamp = monthDayStamp(when, 0)
  if (stamp === undefined) return undefined
  const text = line.slice(whole.length)
  const [, client, clientPort] = clientAt.exec(text) ?? []
  const isNamed = module !== undefined || pid !== undefined || client !== undefined || OF_APACHE.test(text)
  if (!isNamed && LEVELS_OF_OTHERS.has(level)) return undefined
  return {
    kind: 'notice',
    format: 'apache-error',
    atMs: stamp.atMs,
    resolutionMs: stamp.resolutionMs,
    zoneless: true,
    level,
    sign: signOf(text),
    text: text.slice(0, LONGEST_TEXT),
    ...(pid !== undefined && { pid: Number(pid) }),
    ...(client !== undefined && { client, clientPort: Number(clientPort) }),
  }
}

/** An expression, or two texts of which the second comes after the first. */
type Telling = RegExp | readonly [string, string]

const signs: readonly (readonly [Telling, Sign])[] = [
  [/\(111\)[^:(]*: AH00957/, 'connect-refused'],
  [/\((?:110|70007)\)[^:(]*: AH00957/, 'connect-timed-out'],
  [/AH10225/, 'tunnel-timed-out'],
  [/AH01961|AH00961/, 'upstream-tls-off'],
  [/AH(?:02439|01083|01157|10292)|AH00124/, 'setting-wrong'],
  [/AH00898: (?:Corrupt status line|Unexpected Upgrade|Malformed connection)/, 'response-invalid'],
  [/AH00898: (?:URI (?:cannot be parsed|has no hostname)|Max-Forwards has reached)/, 'setting-wrong'],
  [/AH00898: Connect to remote machine blocked/, 'forbidden'],
  [/AH10224/, 'tunnel-timed-out'],
  [/AH10221: proxy: \S{1,40}: origin flushing failed/, 'tunnel-reset'],
  [/AH0095[78]|AH00960|AH02454|AH01114|AH02452/, 'connect-failed'],
  [['(70007)', 'AH01102'], 'response-timed-out'],
  [['AH01102', 'timeout'], 'response-timed-out'],
  [['(104)', 'AH01102'], 'reset-before-response'],
  [/AH01102|AH01110|AH10404|AH10293/, 'closed-before-response'],
  [/AH0109[567]|AH01084/, 'reset-before-response'],
  [/AH01106|AH0109[89]|AH0247[56]/, 'response-invalid'],
  [/AH10124/, 'response-header-too-big'],
  [/AH00940|AH00959|AH01167|AH0117[01]/, 'no-live-upstream'],
  [/AH00898: DNS lookup failure/, 'unknown-upstream-host'],
  [/AH00898: Error reading from remote server/, 'closed-before-response'],
  [/AH00898: Error during SSL Handshake/, 'response-invalid'],
  [/AH01144/, 'no-protocol-handler'],
  [/AH01797|AH01630|AH01276|AH0091[67]|ModSecurity: Access denied with code 403/, 'forbidden'],
  [/AH0161[78]|AH01627|AH0180[67]|AH0179[02]/, 'credentials-missing'],
  [/AH00128/, 'file-not-found'],
  [/AH01996/, 'plain-http-to-tls-port'],
  [/ in request(?:-line)? \\x16\\x03/, 'tls-to-plain-http-port'],
  // `[remote …]` is the backend: TLS with it failed, and no client's.
  [/^\[remote [^\]]{2,60}\] AH(?:02003|02005|02008|0204[01]|02039|02411)/, 'upstream-tls-failed'],
  [/AH02003/, 'upstream-tls-failed'],
  [/AH104(?:08|09|15|19)/, 'setting-wrong'],
  [/AH02261|AH02008/, 'tls-failed'],
  [/AH00493|AH00494|AH00171/, 'reload'],
  [/AH00169|AH00491|AH00492/, 'stop'],
  [/AH00052|AH00051/, 'worker-crashed'],
]

function signOf(text: string): Sign {
  return signs.find(([telling]) => tells(telling, text))?.[1] ?? 'other'
}

function tells(telling: Telling, text: string): boolean {
  if (telling instanceof RegExp) return telling.test(text)
  const [first, second] = telling
  const at = text.indexOf(first)
  return at >= 0 && text.includes(second, at + first.length)
}
