/**
 * HAProxy's lines: `option httplog`, `option tcplog`, handshake errors, and the notices of its life cycle.
 * Fields and termination states as in its configuration manual, §8.2 and §8.5.
 */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { AccessRecord, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { commonLogStamp } from '#lib/logs/stamp.ts'

const head =
  /^(\S{2,64}):(\d{1,5}) \[([^\]]{20,30})\] (\S{1,200}?)(?:\/\S{1,200}: (.{1,200})$| (\S{1,200})\/(\S{1,200}) ([\d/+-]{5,80}) )/
const http = /^(\d{3}|-1) \+?(\d{1,18}) \S+ \S+ ([A-Za-z-]{4}) [\d/+]{1,60} [\d/]{1,20} /
/** No request that it could read: what came was none, was too late or never came whole. */
const badRequest =
  /^(\d{3}|-1) \+?\d{1,18} \S{1,40} \S{1,40} ([A-Za-z-]{4}) [\d/+]{1,60} [\d/]{1,20} (?:\{[^}]{0,200}\} ){0,2}"<BADREQ>"/
const tcp = /^\+?(\d{1,18}) ([A-Za-z-]{2}) [\d/+]{1,60} [\d/]{1,20}$/

export function parseHaproxy(line: string): LogRecord | undefined {
  const match = head.exec(line)
  if (match === null) return parseNotice(line) ?? readOwnFormat(line)
  const [whole, client = '', port, date = '', , failure, backend = '', server = '', timers = ''] = match
  const stamp = commonLogStamp(date)
  if (stamp === undefined) return undefined
  const common = {
    format: 'haproxy',
    resolutionMs: stamp.resolutionMs,
    ...(stamp.zoneless && { zoneless: true }),
  } as const
  if (failure !== undefined) {
    return {
      kind: 'notice',
      ...common,
      atMs: stamp.atMs,
      sign: /handshake failure|SSL/i.test(failure) ? 'tls-failed' : 'other',
      level: 'error',
      text: failure,
      client,
      clientPort: Number(port),
    }
  }
  const bad = badRequest.exec(line.slice(whole.length))
  if (bad) {
    return {
      kind: 'notice',
      ...common,
      atMs: stamp.atMs,
      sign: 'other',
      level: 'error',
      text: `<BADREQ> ${bad[2]} ${bad[1]}`,
      client,
      clientPort: Number(port),
    }
  }
  const ending = readEnding(line.slice(whole.length))
  if (ending === undefined) return undefined
  const total = timers.slice(timers.lastIndexOf('/') + 1)
  // A leading + means that the line was written before the end (option logasap).
  const durationMs = total.startsWith('+') ? undefined : Number(total)
  return {
    kind: 'access',
    ...common,
    startedMs: stamp.atMs,
    ...(durationMs !== undefined &&
      Number.isFinite(durationMs) && { durationMs, atMs: stamp.atMs + durationMs }),
    client,
    clientPort: Number(port),
    backend: `${backend}/${server}`,
    ...connectTime(timers, ending.status !== undefined),
    ...upstreamStatus(ending, server),
    ...ending,
  }
}

type Ending = Pick<
  AccessRecord,
  'status' | 'bytes' | 'flags' | 'method' | 'path' | 'upstreamStatus' | 'overHttp2'
>

function readEnding(rest: string): Ending | undefined {
  const web = http.exec(rest)
  if (web !== null) {
    const [, status = '', bytes, flags = ''] = web
    const quoteAt = rest.indexOf('"', web[0].length)
    const closed = quoteAt === -1 ? -1 : endOfRequest(rest, quoteAt)
    if (closed === -1) return undefined
    // -1: aborted before there was an answer.
    return {
      status: status === '-1' ? 0 : Number(status),
      bytes: Number(bytes),
      flags,
      ...requestLine(rest.slice(quoteAt + 1, closed)),
      ...(/ HTTP\/2(?:\.0)?$/.test(rest.slice(quoteAt + 1, closed)) && { overHttp2: true }),
    }
  }
  const plain = tcp.exec(rest)
  return plain === null ? undefined : { bytes: Number(plain[1]), flags: plain[2] ?? '' }
}

/** Where the quoted request ends: at the end of the line, or before what `option httpslog` and formats of one's own add. */
function endOfRequest(rest: string, quoteAt: number): number {
  if (rest.endsWith('"') && rest.indexOf('"', quoteAt + 1) === rest.length - 1) return rest.length - 1
  const at = rest.indexOf('" ', quoteAt + 1)
  return at === -1 && rest.endsWith('"') && rest.length > quoteAt + 1 ? rest.length - 1 : at
}

/** Tc: -1 means that no connection to the server was made. It is the third of five timers, the second of three. */
function connectTime(timers: string, isHttp: boolean): Pick<AccessRecord, 'upstreamConnectMs'> {
  const value = Number(timers.split('/')[isHttp ? 2 : 1])
  return Number.isFinite(value) ? { upstreamConnectMs: value < 0 ? null : value } : {}
}

/** With `----` a server's answer was passed on; `<NOSRV>` means that HAProxy asked none. */
function upstreamStatus({ status, flags }: Ending, server: string): Pick<AccessRecord, 'upstreamStatus'> {
  if (status === undefined) return {}
  if (server === '<NOSRV>') return { upstreamStatus: null }
  return flags === '----' ? { upstreamStatus: status } : {}
}

/** What a `log-format` of one's own keeps of the usual one, wherever it stands: client, date to the ms, timers, state, request. */
const ownClient = /(?:^|\s)\[?([\d.]{7,15}|[\da-fA-F:.]{2,45}?)\]?:(\d{1,5})(?=\s)/
const ownDate = /\[(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\]/
const ownTimers = /(?:^|\s)((?:-?\d{1,12}\/){2,4}[+-]?\d{1,12})(?=\s|$)/
const ownState = /(?:^|\s)([CSPLRDUIKcs-][RQCHDLTcs-](?:[A-Z-]{2})?)(?=\s|$)/
const ownStatus = /(?:^|\s)(\d{3}|-1)(?=\s)/
const ownRequest = /"([A-Z]{3,16} \S{1,8192}(?: HTTP\/\d(?:\.\d)?)?)"/
const LONGEST_OWN = 4000

function readOwnFormat(line: string): AccessRecord | undefined {
  const date = line.length > LONGEST_OWN ? undefined : ownDate.exec(line)?.[1]
  const stamp = date === undefined ? undefined : commonLogStamp(date)
  if (stamp === undefined) return undefined
  const timers = ownTimers.exec(line)?.[1]
  const flags = ownState.exec(line)?.[1]
  if (timers === undefined || flags === undefined) return undefined
  const [, client, port] = ownClient.exec(line) ?? []
  const asked = requestLine(ownRequest.exec(line)?.[1] ?? '')
  const behind = line.slice(line.indexOf(timers) + timers.length)
  const status = asked === undefined ? undefined : ownStatus.exec(behind)?.[1]
  // Of a web request that does not say how it was answered nothing is known.
  if (asked !== undefined && status === undefined) return undefined
  const total = timers.slice(timers.lastIndexOf('/') + 1)
  const durationMs = total.startsWith('+') ? undefined : Number(total)
  return {
    kind: 'access',
    format: 'haproxy',
    resolutionMs: 1,
    zoneless: true,
    startedMs: stamp.atMs,
    flags,
    ...(durationMs !== undefined && { durationMs, atMs: stamp.atMs + durationMs }),
    ...(client !== undefined && { client, clientPort: Number(port) }),
    ...(status !== undefined && { status: status === '-1' ? 0 : Number(status) }),
    ...asked,
  }
}

const noticeHead = /^(?:\[(NOTICE|WARNING|ALERT)\] +(?:\d{1,3}\/\d{6} )?\(\d{1,10}\) : )?/
const notices: readonly (readonly [RegExp, Sign])[] = [
  [
    /^(?:config : )?(?:parsing \[|\[[^\]]{1,300}:\d{1,7}\] : |Fatal errors? found|Error\(s\) found in configuration)/,
    'refuses-to-start',
  ],
  [/^Server \S+ is DOWN\b.*(Connection refused|Layer4 connection problem)/, 'connect-refused'],
  [/^Server \S+ is DOWN\b/, 'no-live-upstream'],
  [/^backend '?\S+'? has no server available/, 'no-live-upstream'],
  [/^(Server|Backend) \S+ is (UP|going)\b/, 'other'],
  [/^soft-stop running (for )?too long|hard-stopped \(/, 'stop'],
  [/^(Proxy|Stopping (frontend|backend|proxy)) .* (stopped|in \d+ ms)/, 'stop'],
  [/^(Reexecuting Master process|Reloading HAProxy|Loading success|New worker)/, 'reload'],
  [/^(Current worker|Exiting Master|All workers exited)/, 'stop'],
]

function parseNotice(line: string): NoticeRecord | undefined {
  const match = noticeHead.exec(line)
  const prefix = match?.[0] ?? ''
  const text = line.slice(prefix.length)
  const sign = notices.find(([pattern]) => pattern.test(text))?.[1]
  if (sign === undefined && prefix === '') return undefined
  return {
    kind: 'notice',
    format: 'haproxy',
    resolutionMs: 1000,
    sign: sign ?? 'other',
    level: (match?.[1] ?? 'notice').toLowerCase(),
    text: text.slice(0, 500),
  }
}
