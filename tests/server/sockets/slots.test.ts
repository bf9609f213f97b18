import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Heartbeat } from '#server/sockets/heartbeat.ts'
import { createSlots, type SlotTask } from '#server/sockets/slots.ts'
import { createTrafficSweep, Tally, type Traffic } from '#server/sockets/traffic.ts'

/** A clock that moves when told to, and timers that hang on it. */
function fakeTime(start = 1234.5) {
  let now = start
  let wakeUps = 0
  let timer: { at: number; callback: () => void } | undefined
  const slots = createSlots({
    now: () => now,
    setTimer: (callback, delayMs) => {
      const armed = { at: now + delayMs, callback }
      timer = armed
      return () => {
        if (timer === armed) timer = undefined
      }
    },
  })
  const advance = (ms: number) => {
    const end = now + ms
    while (timer && timer.at <= end) {
      const { at, callback } = timer
      timer = undefined
      now = Math.max(now, at)
      wakeUps += 1
      callback()
    }
    now = end
  }
  return { slots, advance, now: () => now, wakeUps: () => wakeUps }
}

test('a task runs in the first slot at or after its time, never early', () => {
  const { slots, advance, now } = fakeTime()
  for (const delay of [0, 1, 19, 20, 21, 500, 999, 1000, 1001, 30_000, 300_000]) {
    const due = now() + delay
    let ranAt: number | undefined
    const task: SlotTask = {
      run: () => {
        ranAt = now()
      },
    }
    slots.schedule(task, due)
    advance(delay + 25)
    assert.ok(ranAt !== undefined && ranAt >= due && ranAt <= due + 21, `${delay}: ${ranAt} for ${due}`)
  }
})

test('a cancelled task does not run, a moved one runs once', () => {
  const { slots, advance, now } = fakeTime()
  let runs = 0
  const task: SlotTask = { run: () => (runs += 1) }
  slots.schedule(task, now() + 100)
  slots.cancel(task)
  advance(200)
  assert.equal(runs, 0)
  slots.schedule(task, now() + 100)
  slots.schedule(task, now() + 300)
  advance(250)
  assert.equal(runs, 0)
  advance(250)
  assert.equal(runs, 1)
})

test('a task may cancel another of its own slot', () => {
  const { slots, advance, now } = fakeTime()
  let ran = false
  const second: SlotTask = { run: () => (ran = true) }
  slots.schedule({ run: () => slots.cancel(second) }, now() + 40)
  slots.schedule(second, now() + 40)
  advance(100)
  assert.equal(ran, false)
})

test('tasks of one slot share a wake-up, and an empty horizon costs one a second', () => {
  const { slots, advance, now, wakeUps } = fakeTime()
  for (let index = 0; index < 1000; index += 1) slots.schedule({ run: () => {} }, now() + 30_000)
  advance(30_100)
  assert.ok(wakeUps() <= 32, `${wakeUps()} wake-ups`)
})

test('a blocked loop runs what was missed once, in order', () => {
  const { slots, advance, now } = fakeTime()
  const ran: number[] = []
  for (const delay of [60, 20, 40]) slots.schedule({ run: () => ran.push(delay) }, now() + delay)
  advance(10_000)
  assert.deepEqual(ran, [20, 40, 60])
})

function heart(
  time: ReturnType<typeof fakeTime>,
  intervalMs: number,
  timeoutMs: number,
  isListening = () => true,
) {
  const seen = { pings: [] as number[], answered: [] as number[], timedOut: [] as number[] }
  const pinger = {
    ping: () => seen.pings.push(time.now()),
    answered: (_: number, rttMs: number) => seen.answered.push(rttMs),
    timedOut: (_: number, waitedMs: number) => seen.timedOut.push(waitedMs),
    isListening,
  }
  const heartbeat = new Heartbeat(time.slots, pinger, intervalMs, timeoutMs)
  return { ...seen, heartbeat }
}

for (const intervalMs of [100, 1000, 30_000, 300_000]) {
  test(`beats of ${intervalMs} ms keep their phase`, () => {
    const time = fakeTime()
    const start = time.now()
    const { pings, heartbeat } = heart(time, intervalMs, intervalMs / 2)
    for (let beat = 1; beat <= 20; beat += 1) {
      time.advance(intervalMs)
      time.advance(21)
      heartbeat.pong(Buffer.from(String(heartbeat.pings)))
      time.advance(-21)
    }
    assert.equal(pings.length, 20)
    for (const [index, at] of pings.entries()) {
      const late = at - start - (index + 1) * intervalMs
      assert.ok(late >= 0 && late <= 21, `beat ${index + 1} is ${late} ms late`)
    }
    heartbeat.stop()
  })
}

for (const [timeoutMs, answerMs] of [
  [990, 1],
  [990, 985],
  [999, 30],
] as const) {
  test(`a timeout of ${timeoutMs} ms leaves no beat out, answered after ${answerMs} ms`, () => {
    const time = fakeTime()
    const start = time.now()
    const { pings, heartbeat } = heart(time, 1000, timeoutMs)
    for (let ms = 0; ms < 10_020; ms += 1) {
      time.advance(1)
      const sentAt = pings.at(-1)
      if (sentAt !== undefined && time.now() - sentAt >= answerMs)
        heartbeat.pong(Buffer.from(String(pings.length)))
    }
    assert.equal(pings.length, 10)
    for (const [index, at] of pings.entries()) {
      const late = at - start - (index + 1) * 1000
      assert.ok(late >= 0 && late <= 21, `beat ${index + 1} is ${late} ms late`)
    }
    heartbeat.stop()
  })
}

test('the round trip is measured to the pong of the open ping alone', () => {
  const time = fakeTime()
  const { answered, heartbeat } = heart(time, 1000, 500)
  heartbeat.pong(Buffer.from('1'))
  time.advance(1021)
  heartbeat.pong(Buffer.from(''))
  heartbeat.pong(Buffer.from('7'))
  assert.deepEqual(answered, [])
  time.advance(30)
  heartbeat.pong(Buffer.from('1'))
  heartbeat.pong(Buffer.from('1'))
  assert.equal(answered.length, 1)
  assert.ok((answered[0] ?? 0) >= 30 && (answered[0] ?? 0) <= 51)
  assert.equal(heartbeat.pongs, 1)
  heartbeat.stop()
})

test('silence is judged after one more poll, because the pong may lie in the kernel', async () => {
  const time = fakeTime()
  const silent = heart(time, 1000, 500)
  const late = heart(time, 1000, 500)
  time.advance(1600)
  assert.deepEqual(silent.timedOut, [])
  late.heartbeat.pong(Buffer.from('1'))
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(silent.timedOut.length, 1)
  assert.deepEqual(late.timedOut, [])
  silent.heartbeat.stop()
  late.heartbeat.stop()
})

test('silence proves nothing while we do not read ourselves', async () => {
  const time = fakeTime()
  let listening = false
  const { timedOut, heartbeat } = heart(time, 1000, 500, () => listening)
  time.advance(1600)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(timedOut, [])
  listening = true
  time.advance(600)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(timedOut.length, 1)
  heartbeat.stop()
})

test('traffic is reported at most once a second, and adds up to the totals', () => {
  const { slots, advance, now } = fakeTime()
  const reports: { at: number; moved: Traffic }[] = []
  const tally = new Tally(createTrafficSweep(slots), (moved) => reports.push({ at: now(), moved }))
  for (let index = 0; index < 100; index += 1) {
    tally.received(10)
    tally.sent(2, 7)
    advance(50)
  }
  advance(2000)
  tally.end()
  assert.ok(reports.length >= 4 && reports.length <= 6, `${reports.length} reports`)
  for (const [index, { at }] of reports.entries())
    assert.ok(index === 0 || at - (reports[index - 1]?.at ?? 0) >= 1000)
  const sum = (field: keyof Traffic) => reports.reduce((total, { moved }) => total + moved[field], 0)
  assert.deepEqual(tally.total, {
    messages_in: sum('messages_in'),
    messages_out: sum('messages_out'),
    bytes_in: sum('bytes_in'),
    bytes_out: sum('bytes_out'),
  })
  assert.deepEqual(tally.total, { messages_in: 100, messages_out: 200, bytes_in: 1000, bytes_out: 700 })
})

test('nothing is reported of a connection on which nothing moves', () => {
  const { slots, advance } = fakeTime()
  const reports: Traffic[] = []
  const tally = new Tally(createTrafficSweep(slots), (moved) => reports.push(moved))
  tally.received(1)
  advance(5000)
  tally.end()
  assert.equal(reports.length, 1)
})
