/** Time to judge: every recorded case, and one document with a long log. Prints one JSON line per measurement. */
import { readdirSync, readFileSync } from 'node:fs'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'

const FOLDER = new URL('../fixtures/truth/', import.meta.url)
const ROUNDS = 5
const CASE_LIMIT_MS = 2
const LOG_LIMIT_MS = 200

const documents = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')).evidence)

const timesMs: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  for (const document of documents) {
    const begin = performance.now()
    diagnose(parseEvidence(document))
    // The first round warms the engine up: a server judges many.
    if (round > 0) timesMs.push(performance.now() - begin)
  }
}
timesMs.sort((a, b) => a - b)
const at = (share: number): number => timesMs[Math.floor((timesMs.length - 1) * share)] ?? 0

const LINES = 10_000
const accessLog = Array.from({ length: LINES }, (_, n) => {
  const seconds = String(n % 60).padStart(2, '0')
  return `198.51.100.${n % 250} - - [02/Feb/2027:10:00:${seconds} +0000] "GET /live?c=${n % 1000} HTTP/1.1" 101 12 "-" "Mozilla/5.0" rt=60.0${n % 10} ustatus=101`
})
const long = {
  target: { url: 'wss://app.example/live' },
  proxy: { kind: 'nginx', access_log: accessLog },
  peers: Array.from({ length: 1000 }, (_, n) => ({
    opened_ms: n * 97,
    closed_ms: n * 97 + 60_000 + (n % 10),
    code: 1006,
  })),
}
const logTimesMs: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const begin = performance.now()
  diagnose(parseEvidence(long))
  logTimesMs.push(performance.now() - begin)
}
const logMs = logTimesMs.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0

console.log(
  JSON.stringify({
    bench: 'judge',
    cases: documents.length,
    median_ms: at(0.5),
    p95_ms: at(0.95),
    p99_ms: at(0.99),
    limit_ms: CASE_LIMIT_MS,
  }),
)
console.log(JSON.stringify({ bench: 'judge-log', lines: LINES, median_ms: logMs, limit_ms: LOG_LIMIT_MS }))
// The slowest per cent belongs to the garbage collector and to neighbours on the machine.
process.exitCode = at(0.95) <= CASE_LIMIT_MS && logMs <= LOG_LIMIT_MS ? 0 : 1
