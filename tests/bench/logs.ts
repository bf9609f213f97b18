/** A log of 10,000 lines about 1,000 connections: read, joined, judged. Target: under 200 ms in all. */
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { createLogReader } from '#lib/logs/summary.ts'

const LINES = 10_000
const CONNECTIONS = 1000
const ROUNDS = 7
const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

function seconds(index: number): string {
  return new Date(Date.UTC(2026, 10, 20, 9) + index * 1000).toISOString().slice(11, 19)
}

/** nginx: 1,000 tunnels cut after 60 s, among requests for pages. */
function nginxLines(): string[] {
  return Array.from({ length: LINES }, (_, index) => {
    const isSocket = index % (LINES / CONNECTIONS) === 0
    const request = isSocket ? '"GET /ws HTTP/1.1" 101 37' : '"GET /app.js HTTP/1.1" 200 5120'
    const fields = isSocket
      ? 'rt=60.020 uct=0.000 uht=0.020 urt=60.020 us=101 cs=OK up=websocket'
      : 'rt=0.000 uct=- uht=- urt=- us=- cs=OK up=-'
    return `203.0.113.${index % 250} - - [20/Nov/2026:${seconds(index)} +0000] ${request} "-" "${AGENT}" ${fields}`
  })
}

/** Our own text log: ten lines for each connection, all ended by a timer. */
function ownLines(): string[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const at = `2026-11-20T${seconds(index * 3)}.000Z`
    const id = `client_id=client_c${index}, path=/ws`
    const beat = (count: number) =>
      `[WS_DIAGNOSTICS] HEARTBEAT ${id}, ping_number=${count}, rtt_ms=1.2, at=${at}`
    return [
      `[WS_DIAGNOSTICS] CONNECTION ATTEMPT START ${id}, client=10.0.0.2, Origin: https://app.example, User-Agent: "${AGENT}", Scheme: ws, X-Forwarded-For: 203.0.113.77, Upgrade: websocket, at=${at}`,
      `[WS_DIAGNOSTICS] CONNECTION ACCEPTED ${id}, at=${at}`,
      ...[1, 2, 3, 4, 5, 6, 7].map(beat),
      `[WS_DIAGNOSTICS] ${id} disconnected - code=1006, close_code=1006, reason="", duration_ms=60020, pings=7, pongs=7, ended_by=network, at=${at}`,
    ]
  }).flat()
}

function measure(lines: readonly string[]): { readMs: number; judgeMs: number } {
  const begin = performance.now()
  const reader = createLogReader()
  for (const line of lines) reader.read(line)
  const read = performance.now()
  const report = judgeLogs(reader.summary())
  const end = performance.now()
  if (report.connections !== CONNECTIONS) throw new Error(`${report.connections} connections`)
  return { readMs: read - begin, judgeMs: end - read }
}

for (const [name, lines] of [
  ['nginx access', nginxLines()],
  ['our text', ownLines()],
] as const) {
  const rounds = Array.from({ length: ROUNDS }, () => measure(lines))
  const total = rounds.map(({ readMs, judgeMs }) => readMs + judgeMs).sort((a, b) => a - b)
  const [first] = rounds
  const median = total[ROUNDS >> 1] ?? 0
  console.log(
    `${name}: ${lines.length} lines, ${CONNECTIONS} connections: median ${median.toFixed(0)} ms, first ${((first?.readMs ?? 0) + (first?.judgeMs ?? 0)).toFixed(0)} ms (read ${first?.readMs.toFixed(0)}, judge ${first?.judgeMs.toFixed(0)})`,
  )
}
