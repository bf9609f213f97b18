import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFrameLog, MOST_FIRST_FRAMES, MOST_LAST_FRAMES } from '#server/probe/hold/frame-log.ts'

const frame = (opcode: number, fin = true, length = 0) => ({ opcode, fin, rsv: 0, masked: false, length })

test('keeps the first and the last frames of a long connection', () => {
  const log = createFrameLog()
  for (let at = 0; at < 2000; at += 1) log.add(frame(1, true, at))
  const lengths = log.frames().map(({ length }) => length)
  assert.equal(log.count(), 2000)
  assert.equal(lengths.length, MOST_FIRST_FRAMES + MOST_LAST_FRAMES)
  assert.deepEqual(
    [lengths[0], lengths[MOST_FIRST_FRAMES - 1], lengths.at(-1)],
    [0, MOST_FIRST_FRAMES - 1, 1999],
  )
})

test('leaves no fragment whose beginning was left out, and no message inside another', () => {
  const log = createFrameLog()
  log.add(frame(1, false))
  for (let at = 0; at < 2000; at += 1) log.add(frame(0, at % 7 === 0))
  log.add(frame(1))
  log.add(frame(8))
  const tail = log.frames().slice(MOST_FIRST_FRAMES)
  assert.deepEqual(
    tail.map(({ opcode }) => opcode),
    log.frames()[MOST_FIRST_FRAMES - 1]?.fin ? [1, 8] : [8],
  )
})
