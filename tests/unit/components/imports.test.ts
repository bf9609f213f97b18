import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { ImportedLogs } from '#components/events/imports/imported-logs.ts'
import { LineIndex } from '#components/events/imports/line-index.ts'
import { unpacked } from '#components/events/imports/unpack.ts'
import { scopeWords, verdictWords } from '#components/events/verdict-words.ts'

const never = new AbortController().signal
const everything = { sinceMs: null, untilMs: null }

/** As `split` sees them: a last line end ends a line and begins none. */
const linesOf = (text: string): string[] => {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

test('any lines of a file are read again by their numbers, however its bytes came', async () => {
  const text = fc
    .array(fc.constantFrom('', 'a', 'é€𝒂', 'a line'), { maxLength: 700 })
    .map((lines) => lines.join('\n'))
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.integer({ min: 1, max: 999 }),
      fc.nat(700),
      fc.nat(300),
      async (text, step, from, count) => {
        const content = new Blob([text])
        const bytes = new Uint8Array(await content.arrayBuffer())
        const index = new LineIndex(content)
        const read = linesOf(text)
        for (let at = 0; at < bytes.length; at += step) index.push(bytes.subarray(at, at + step))
        assert.equal(index.length, read.length)
        const to = Math.min(read.length, from + count)
        if (from <= to) assert.deepEqual(await index.read(from, to), read.slice(from, to))
      },
    ),
    { numRuns: 60 },
  )
})

test('a packed log is unpacked by its first bytes; half of one is told', async () => {
  const packed = gzipSync('one\ntwo\n')
  assert.equal(await (await unpacked(new Blob([packed]))).text(), 'one\ntwo\n')
  const plain = new Blob(['one\n'])
  assert.equal(await unpacked(plain), plain)
  await assert.rejects(unpacked(new Blob([packed.subarray(0, 12)])), /ends too early/)
  await assert.rejects(unpacked(new Blob(['PK\u0003\u0004'])), /support bundle on Diagnose/)
})

const access = (second: number, client: string, path: string, rt: number) =>
  `${client} - - [20/Nov/2026:09:10:${String(second).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" 101 37 "-" "x" rt=${rt} uct=0.000 uht=0.000 urt=${rt} us=101 cs=OK up=websocket`

const closedAt = Date.UTC(2026, 10, 20, 9, 10, 7) / 1000
/** The server's side of the connection of 203.0.113.7, in its own journal. */
const own = [
  { kind: 'attempt', at: closedAt - 60, address: '127.0.0.1', forwarded_for: '203.0.113.7' },
  {
    kind: 'disconnected',
    at: closedAt,
    close_code: 1006,
    reason: '',
    duration_ms: 60_010,
    silence_ms: 60_002,
    initiator: 'network',
  },
].map((event, at) =>
  JSON.stringify({ id: `e${at}`, instance: 'i', client_id: 'c-7', endpoint: '/ws', ...event }),
)

async function imported(lines: readonly string[]): Promise<ImportedLogs> {
  const logs = new ImportedLogs()
  await logs.read(
    [{ file: 'access.log', content: new Blob([`${lines.join('\n')}\n`]), year: 2026 }],
    never,
    () => {},
  )
  return logs
}

const log = Array.from({ length: 9 }, (_, index) =>
  access(index, `203.0.113.${index}`, index % 2 === 0 ? '/other' : '/ws', 60 + index / 1000),
)

test('imported connections are filtered, counted, and joined with the server’s own by address and time', async () => {
  const logs = await imported(log)
  assert.equal(logs.overview().connections, 9)
  const { count, ends } = logs.choose({ path: '/ws' }, everything)
  assert.deepEqual([count, ends.count], [4, 4])
  const [first, ...others] = logs.rows(0, 10)
  assert.equal(others.length, 3)
  assert.deepEqual([first?.path, Math.round(first?.ageMs ?? 0), first?.code], ['/ws', 60_007, null])

  logs.readOwn(own)
  logs.choose({ path: '/ws' }, everything)
  const [joined] = logs.rows(0, 1)
  assert.deepEqual(
    [joined?.clientId, joined?.code, Math.round(joined?.silenceMs ?? 0)],
    ['c-7', 1006, 60_002],
  )
  const story = await logs.story(joined?.key ?? null, joined?.clientId ?? null, never)
  assert.equal(story.joinedBy, 'address and time')
  assert.deepEqual(
    story.told.map(({ by, text }) => [by, text]),
    [['proxy', log[7]]],
  )
  const alone = await logs.story(null, 'c-nobody', never)
  assert.match(alone.missing ?? '', /No line of a proxy in access\.log/)
})

test('filters that no log can answer match nothing; the others mean what they mean on events', async () => {
  const logs = await imported(log)
  logs.readOwn(own)
  const counts = [
    { trace: 'x' },
    { instance: 'i' },
    { code: 1006 },
    { silence: { fromMs: 60_002, toMs: 60_003 } },
    { age: { fromMs: 60_000, toMs: 60_003 } },
    { text: '203.0.113.4 ' },
    { kinds: ['rejected'] as const },
  ].map((filter) => logs.choose(filter, everything).count)
  assert.deepEqual(counts, [0, 0, 1, 1, 3, 1, 0])
  assert.equal(logs.choose({}, { sinceMs: closedAt * 1000, untilMs: null }).count, 2)
})

test('lines are found by a text, with file and number', async () => {
  const logs = await imported(log)
  assert.equal(await logs.chooseLines(undefined, never), 9)
  assert.equal(await logs.chooseLines('/OTHER', never), 5)
  assert.deepEqual(await logs.lines(1, 2), [{ key: '0:2', file: 'access.log', number: 3, text: log[2] }])
})

test('the verdict says what most ends have in common, and leaves open what the lines leave open', async () => {
  const logs = await imported(log)
  const words = verdictWords(logs.judge())
  assert.equal(words?.headline, '9 of 9 connections ended after 60 s: one timer, on silence or on age.')
  assert.equal(words?.badge.word, 'undetermined')
  assert.equal(verdictWords((await imported([])).judge()), null)
})

test('a reading that is stopped keeps what was read', async () => {
  const logs = new ImportedLogs()
  const stop = new AbortController()
  const content = new Blob(
    Array.from({ length: 4000 }, (_, at) => `${access(at % 60, '203.0.113.1', '/ws', 5)}\n`),
  )
  await assert.rejects(logs.read([{ file: 'a.log', content, year: 2026 }], stop.signal, () => stop.abort()))
  const { connections } = logs.overview()
  assert.ok(connections > 0 && connections < 4000, `${connections}`)
})

test('which connections were judged is said where the list shows others', () => {
  const judged = { connections: 29 }
  assert.equal(scopeWords(judged, 29, 'imported'), '')
  assert.equal(scopeWords(judged, 30, 'imported'), 'Judged from all 29 connections that ended in the logs.')
  assert.equal(scopeWords(judged, 30, { most: 5000 }), '')
  assert.equal(scopeWords({ connections: 5000 }, 9000, { most: 5000 }), 'Judged from the newest 5,000.')
  assert.equal(scopeWords({ connections: 5000 }, null, { most: 5000 }), '')
})
