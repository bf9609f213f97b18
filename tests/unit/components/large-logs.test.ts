import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { isLargeLog, readLarge } from '#components/diagnose/ask/large-logs.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { LONGEST_TEXT } from '#lib/intake/read.ts'

const log = readFileSync(new URL('../../fixtures/logs/n-idle-rt/access.log', import.meta.url))
const fileOf = (file: string, ...parts: (string | Uint8Array)[]) => ({
  file,
  content: new Blob(parts as BlobPart[]),
})
const never = () => false
const nothing = () => {}

test('a log that is packed or larger than a text is read in pieces, and nothing else is', async () => {
  const large = Array.from({ length: Math.ceil((LONGEST_TEXT + 1) / log.length) }, () => log)
  const sentence = 'WebSocket connection to wss://a.example/ws failed\n'
  const long = sentence.repeat(Math.ceil((LONGEST_TEXT + 1) / sentence.length))
  const answers = {
    small: await isLargeLog(new Blob([log])),
    large: await isLargeLog(new Blob(large)),
    packed: await isLargeLog(new Blob([gzipSync(log)])),
    'packed and no log': await isLargeLog(new Blob([gzipSync('hello\nworld\n')])),
    sentences: await isLargeLog(new Blob([long])),
  }
  assert.deepEqual(answers, {
    small: false,
    large: true,
    packed: true,
    'packed and no log': false,
    sentences: false,
  })
})

test('what a large log tells is judged as the same lines are as text', async () => {
  const scanned = await readLarge([fileOf('access.log.gz', gzipSync(log))], nothing, never)
  const { report, reading } = readAndJudge({ scanned })
  const asText = readAndJudge({ text: log.toString() })
  assert.equal(report.verdicts[0]?.cause, asText.report.verdicts[0]?.cause)
  assert.deepEqual(reading?.recognised, ['36 log lines'])
  assert.equal(reading?.read[0]?.file, 'access.log.gz')
})

test('several files are about the same connections, and text beside them counts', async () => {
  const [older, newer] = [log.subarray(0, 1000), log.subarray(1000)]
  const scanned = await readLarge(
    [fileOf('a', gzipSync(older)), fileOf('b', gzipSync(newer))],
    nothing,
    never,
  )
  const { evidence } = readAndJudge({ scanned, text: 'wss://board.test/ws' })
  assert.equal(evidence.peers?.length, 30)
  assert.equal(evidence.target?.url, 'wss://board.test/ws')
})

test('it can be stopped, and what was read until then counts', async () => {
  const scanned = await readLarge([fileOf('access.log', log, log)], nothing, () => true)
  assert.ok((scanned.evidence.peers?.length ?? 0) > 0)
})

test('a packed file that breaks off says how far it was read', async () => {
  const packed = gzipSync(log)
  const reading = readLarge([fileOf('cut.gz', packed.subarray(0, packed.length - 100))], nothing, never)
  await assert.rejects(reading, /^Error: cut\.gz was read to line \d+ and no further: /)
})
