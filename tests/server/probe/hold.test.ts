/** A flood of tiny frames: read up to a bound, and never so that others have to wait for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hold } from '#server/probe/hold/hold.ts'
import type { Wire, WireListener } from '#server/probe/transport/wire.ts'
import { wholeOnly } from '#tests/sampling.ts'
import { accept, pour, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

const emptyText = Buffer.from([0x81, 0])
const flood = (frames: number) => Buffer.alloc(frames * 2, emptyText)

const options = { watchMs: 60_000, answerEngineIo: false, extensionBits: 0, closeInOrder: false }

/** A wire that always has the next chunk ready, and a clock that moves a millisecond each time it is looked at. */
function poured(chunk: Buffer) {
  let listener: WireListener | undefined
  let back: Buffer | undefined
  const deliver = () => {
    const next = back ?? chunk
    back = undefined
    listener?.data(next)
  }
  const wire: Wire = {
    listen(next) {
      listener = next
      queueMicrotask(deliver)
      return () => {
        listener = undefined
      }
    },
    unread: (rest) => {
      back = rest
    },
    write: () => true,
    finish: () => {},
    destroy: () => {},
  }
  let now = 0
  const exact = () => {
    now += 1
    return now
  }
  return { wire, deliver, clock: { exact, ms: () => Math.round(now), stageMs: () => 1000 } }
}

test('the loop is given back every 10 ms of frames', async () => {
  const { wire, clock, deliver } = poured(flood(32 * 1024))
  let turns = 0
  let isOver = false
  const countTurns = () => {
    turns += 1
    deliver()
    if (!isOver) setImmediate(countTurns)
  }
  setImmediate(countTurns)
  const {
    end,
    more_frames: more = 0,
    frames,
  } = await hold(wire, options, clock, new AbortController().signal)
  isOver = true
  assert.deepEqual([end.kind, end.stopped], ['open', 'too-much-data'])
  const all = frames.length + more
  assert.ok(all > 100_000 && all < 102_000, `${all} frames`)
  // The clock is looked at every 128 frames, and 11 looks are a turn.
  assert.ok(turns >= 60, `${turns} turns`)
})

test('a server that pours tiny frames is left after 100,000 of them', wholeOnly, async () => {
  const server = await rawServer((socket, request) => {
    accept(socket, request)
    pour(socket, flood(16 * 1024))
  })
  const { probe } = await runProbe(server.url, { holdSeconds: 60, retries: false })
  await server.close()
  assert.deepEqual([probe?.end?.kind, probe?.end?.stopped], ['open', 'too-much-data'])
  const all = (probe?.frames?.length ?? 0) + (probe?.more_frames ?? 0)
  assert.ok(all >= 100_000 && all < 110_000, `${all} frames`)
})
