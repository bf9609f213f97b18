import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { createLogScanner } from '#lib/logs/scanner.ts'
import { readInParts } from '#server/cli/logs/parts.ts'
import { rangeOf } from '#server/cli/logs/pieces.ts'
import { areApart, readTogether } from '#server/cli/logs/together.ts'
import { amount } from '#tests/sampling.ts'

const folder = await mkdtemp(join(tmpdir(), 'why1006-parts-'))
after(() => rm(folder, { recursive: true }))

async function fileOf(name: string, lines: readonly string[]) {
  const file = join(folder, name)
  await writeFile(file, `${lines.join('\n')}\n`)
  return { file, size: (await stat(file)).size, year: 2026 }
}

const clock = (second: number) =>
  new Date(Date.UTC(2026, 10, 20, 9) + second * 1000).toISOString().slice(11, 19)
const stamp = (second: number) => `20/Nov/2026:${clock(second)} +0000`
const plain = (second: number, path = '/app.js', status = 200) =>
  `203.0.113.7 - - [${stamp(second)}] "GET ${path} HTTP/1.1" ${status} 5120 "-" "Firefox" rt=0.003 up=-`
const tunnel = (second: number, client = 9) =>
  `203.0.113.${client} - - [${stamp(second)}] "GET /chat HTTP/1.1" 101 37 "-" "Firefox" rt=60.0${10 + (second % 9)} up=websocket`

const lines = Array.from({ length: amount(20_000, 5000) }, (_, at) =>
  at % 40 === 7
    ? tunnel(at, at % 250)
    : at % 200 === 9
      ? plain(at, '/chat', 502).replace(' up=-', '')
      : plain(at),
)

test('what threads read in parts is what one reads, line numbers included', async () => {
  const file = await fileOf('access.log', lines)
  const one = createLogScanner({ year: 2026 })
  const into = one.open(file.file, 2026)
  for await (const piece of rangeOf(file.file, 0)) into.push(piece)
  into.end()
  const expected = judgeLogs(one.summary())
  for (const threads of [2, 3]) {
    const scanner = createLogScanner({ year: 2026 })
    await readInParts(file, scanner, { config: undefined, only: {} }, { threads, firstBytes: 10_000 })
    const report = judgeLogs(scanner.summary())
    // Each thread reads the first line of a form.
    assert.deepEqual({ ...report, skimmed: 0 }, { ...expected, skimmed: 0 })
    const places = scanner.summary().connections.map(({ access }) => access)
    for (const access of places) assert.equal(lines[(access?.place?.number ?? 0) - 1], access?.line)
  }
})

test('a thread that fails ends the reading with what was wrong', async () => {
  const file = await fileOf('fails.log', lines.slice(0, 500))
  const reading = readInParts(
    file,
    createLogScanner(),
    { config: undefined, only: {} },
    {
      threads: 2,
      firstBytes: 1000,
      readPart: () => Promise.reject(new Error('The disk is on fire')),
    },
  )
  await assert.rejects(reading, /The disk is on fire/)
})

test('a line longer than a part is nobody’s twice', async () => {
  const long = `${'x'.repeat(50_000)}`
  const file = await fileOf('long.log', [tunnel(1), long, tunnel(2), long, tunnel(3)])
  const scanner = createLogScanner()
  await readInParts(file, scanner, { config: undefined, only: {} }, { threads: 3, firstBytes: 10 })
  const { lines: count, counts } = scanner.summary()
  assert.deepEqual([count, counts.ended], [5, 3])
})

test('large files side by side are joined as small ones are, in the order of their times', async () => {
  const count = amount(12_000, 3000)
  const seconds = Array.from({ length: count }, (_, second) => second)
  const access = await fileOf(
    'side.log',
    seconds.map((second) => tunnel(second, second % 200)),
  )
  const error = await fileOf(
    'error.log',
    seconds.map((second) => {
      const what = 'upstream timed out (110: Connection timed out) while proxying upgraded connection'
      return `2026/11/20 ${clock(second)} [info] 1#1: *${second} ${what}, client: 203.0.113.${second % 200}, server: a, request: "GET /chat HTTP/1.1", upstream: "http://b/", host: "a"`
    }),
  )
  assert.equal(await areApart([access, error]), false)
  const scanner = createLogScanner({ year: 2026 })
  await readTogether(
    [access, error].map(({ file }) => ({
      into: scanner.open(file, 2026),
      pieces: rangeOf(file, 0),
      onError(problem) {
        throw problem
      },
    })),
  )
  const { counts, troubles } = scanner.summary()
  assert.deepEqual(counts, { ended: count, refused: 0, open: 0 })
  assert.deepEqual([troubles.length, troubles[0]?.trouble], [1, { kind: 'cut', mark: 'tunnel-timed-out' }])
})

test('files of a rotation are apart, and files without times are not known to be', async () => {
  const older = await fileOf('access.log.1', lines.slice(0, 1000))
  const newer = await fileOf('access.log.0', lines.slice(1000, 2000))
  assert.equal(await areApart([newer, older]), true)
  assert.equal(await areApart([older, await fileOf('words.log', ['no', 'time'])]), false)
})
