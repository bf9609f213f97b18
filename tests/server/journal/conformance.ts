/** What every journal promises, run on each implementation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOf } from '#lib/protocol/ends.ts'
import { createEventMatcher, type EventFilter } from '#lib/protocol/event-filter.ts'
import { createEndsTally } from '#lib/stats/ends-tally.ts'
import { CursorError } from '#server/journal/cursor.ts'
import type { EventDraft, ForeignEvent, Journal, JournalRecord } from '#server/journal/journal.ts'

/** Makes an empty journal that keeps at least `capacity` events, and one event more may push the oldest out. */
export type MakeJournal = (capacity: number, now?: () => number) => Journal

const draft = (number: number): EventDraft =>
  ({
    kind: number % 2 === 0 ? 'heartbeat' : 'pong_timeout',
    client_id: `client-${number % 3}`,
    endpoint: '/ws',
    ping_number: number,
    ...(number % 2 === 0 ? { rtt_ms: 1 } : { waited_ms: 1 }),
  }) as EventDraft

const ids = (records: readonly JournalRecord[]) => records.map(({ event }) => event.id)

export function conforms(name: string, make: MakeJournal): void {
  const filled = async (count: number, capacity = 100) => {
    const journal = make(capacity)
    const records = Array.from({ length: count }, (_, number) => journal.append(draft(number)))
    return { journal, records }
  }

  test(`${name}: cursors grow, are never repeated, and differ between two runs`, async () => {
    const [first, second] = await Promise.all([filled(50), filled(50)])
    const all = [...ids(first.records), ...ids(second.records)]
    assert.equal(new Set(all).size, 100)
    assert.deepEqual(ids(first.records), ids(first.records).toSorted())
  })

  test(`${name}: pages join without loss or repetition`, async () => {
    const { journal, records } = await filled(25)
    const seen: string[] = []
    let after: string | undefined
    for (;;) {
      const page = await journal.read({ after, limit: 7 })
      seen.push(...ids(page.records))
      if (!page.more) break
      after = page.position ?? undefined
    }
    assert.deepEqual(seen, ids(records))
  })

  test(`${name}: a foreign event keeps its time and instance, and takes its place among ours`, async () => {
    const { journal, records } = await filled(1)
    const given = { ...draft(2), id: 'theirs', at: 1, instance: 'api-1', service: 'api' } as ForeignEvent
    const foreign = journal.adopt(given)
    const later = journal.append(draft(3))
    assert.deepEqual(foreign.event, { ...given, id: foreign.event.id, source_id: 'theirs' })
    assert.equal(await journal.settled(), true)
    const page = await journal.read({ limit: 10 })
    assert.deepEqual(ids(page.records), ids([...records, foreign, later]))
    assert.deepEqual(JSON.parse(page.records[1]?.json ?? ''), foreign.event)
    const found = await journal.read({ limit: 10, filter: { kinds: ['heartbeat'], clientId: 'client-2' } })
    assert.deepEqual(ids(found.records), [foreign.event.id])
  })

  test(`${name}: a filter applies before the limit`, async () => {
    const { journal } = await filled(20)
    const page = await journal.read({ limit: 3, filter: { kinds: ['heartbeat'], clientId: 'client-0' } })
    assert.deepEqual(
      page.records.map(({ event }) => 'ping_number' in event && event.ping_number),
      [0, 6, 12],
    )
    assert.equal(page.more, true)
  })

  const connection = (number: number): EventDraft[] => {
    const of = {
      client_id: `client-${number}`,
      endpoint: number % 4 === 0 ? '/ws/echo' : '/ws',
      ...(number % 2 === 0 && { trace: `trace-${number}` }),
    }
    if (number % 5 === 4) {
      return [
        {
          kind: 'rejected',
          ...of,
          cause: 'origin',
          reason: `Origin “Évil\u202e%_\\"${number}”`,
          status: 403,
        },
      ]
    }
    return [
      { kind: 'heartbeat', ...of, ping_number: 1, rtt_ms: 60_000 },
      {
        kind: 'disconnected',
        ...of,
        close_code: number % 3 === 0 ? 1000 : 1006,
        reason: '',
        duration_ms: 1000.4 * number,
        ...(number % 2 === 0 && { silence_ms: 60_000.25 + number }),
        ...(number % 7 === 0 && { since_rx_ms: 60_005 }),
        pings: 1,
        pongs: 1,
        initiator: 'network',
      },
    ]
  }
  const filters: readonly EventFilter[] = [
    {},
    { kinds: [] },
    { kinds: ['rejected', 'disconnected'] },
    { kinds: ['heartbeat', 'disconnected'], path: '/ws/echo' },
    { path: '/ws' },
    { path: '/w' },
    { exceptPath: '/ws/echo' },
    { exceptPath: '/ws', kinds: ['rejected', 'disconnected'] },
    { code: 1006 },
    { code: 403, kinds: ['rejected'] },
    { code: 100 },
    { cause: 'origin' },
    { cause: 'network', kinds: ['disconnected'] },
    { instance: 'test' },
    { instance: 'other', kinds: ['disconnected'] },
    { text: 'ÉVIL' },
    { text: '“évil\u202e%_\\"4”' },
    { text: '%' },
    { text: 'CLIENT-1', kinds: ['disconnected'] },
    { text: '60000' },
    { trace: 'trace-2', code: 1006 },
    { clientId: 'client-7', text: 'network' },
    { silence: { fromMs: 60_000, toMs: 60_010 } },
    { silence: { fromMs: 60_004, toMs: 60_005 }, kinds: ['disconnected'] },
    { age: { fromMs: 0, toMs: 3001 }, kinds: ['rejected', 'disconnected'] },
  ]
  const story = async () => {
    let nowMs = 1_800_000_000_000
    const journal = make(500, () => nowMs)
    const records: JournalRecord[] = []
    for (const draft of Array.from({ length: 60 }, (_, number) => connection(number)).flat()) {
      records.push(journal.append(draft))
      nowMs += 1000
    }
    return { journal, records, sinceMs: 1_800_000_000_000 + 10_000, untilMs: 1_800_000_000_000 + 80_000 }
  }

  test(`${name}: a filter means what the matcher of streams and pages says`, async () => {
    const { journal, records } = await story()
    for (const filter of filters) {
      const expected = ids(records.filter(({ event }) => createEventMatcher(filter)(event)))
      const seen: string[] = []
      for (let after: string | undefined; ; ) {
        const page = await journal.read({ after, limit: 1000, filter })
        seen.push(...ids(page.records))
        if (!page.more) break
        after = page.position ?? undefined
      }
      assert.deepEqual(seen, expected, JSON.stringify(filter))
    }
  })

  test(`${name}: pages from the newest lead to the oldest, whatever the filter`, async () => {
    const { journal, records } = await story()
    for (const filter of filters) {
      const seen: string[] = []
      let before: string | undefined
      for (;;) {
        const page = await journal.read({ before, limit: 7, filter, fromEnd: true })
        seen.unshift(...ids(page.records))
        if (page.earlier === null) break
        before = page.earlier
      }
      const expected = ids(records.filter(({ event }) => createEventMatcher(filter)(event)))
      assert.deepEqual(seen, expected, JSON.stringify(filter))
    }
  })

  test(`${name}: a range is when the journal took them, its end exclusive`, async () => {
    const { journal, records, sinceMs, untilMs } = await story()
    const page = await journal.read({ limit: 1000, sinceMs, untilMs })
    assert.deepEqual(ids(page.records), ids(records).slice(10, 80))
    const last = await journal.read({ limit: 3, sinceMs, untilMs, fromEnd: true })
    assert.deepEqual(ids(last.records), ids(records).slice(77, 80))
  })

  test(`${name}: counts the ends that match`, async () => {
    const { journal, records, sinceMs, untilMs } = await story()
    for (const filter of filters) {
      for (const range of [{}, { sinceMs, untilMs }]) {
        const tally = createEndsTally()
        for (const { event } of records.slice(...('sinceMs' in range ? [10, 80] : []))) {
          const end = createEventMatcher(filter)(event) ? endOf(event) : null
          if (end !== null) tally.add(end)
        }
        assert.deepEqual(await journal.ends({ filter, ...range }), tally.count(), JSON.stringify(filter))
      }
    }
  })

  test(`${name}: an outline has the cursor of every so manieth`, async () => {
    const journal = make(3000)
    const records = Array.from({ length: 1234 }, (_, number) => journal.append(draft(number)))
    const beats = records.filter(({ event }) => event.kind === 'heartbeat')
    for (const [filter, expected] of [
      [{}, records],
      [{ kinds: ['heartbeat'] }, beats],
      [{ kinds: ['disconnected'] }, []],
    ] as const) {
      const outline = await journal.outline({ filter })
      assert.equal(outline?.count, expected.length)
      assert.equal(outline?.latest, records.at(-1)?.event.id)
      const { every = 1 } = outline ?? {}
      assert.deepEqual(
        outline?.cursors,
        ids(expected).filter((_, at) => at % every === every - 1),
      )
    }
  })

  test(`${name}: reads back from the end, oldest first`, async () => {
    const { journal, records } = await filled(20)
    const page = await journal.read({ limit: 4, fromEnd: true })
    assert.deepEqual(ids(page.records), ids(records).slice(-4))
  })

  test(`${name}: before is exclusive, so a gap is filled exactly`, async () => {
    const { journal, records } = await filled(10)
    const all = ids(records)
    const page = await journal.read({ after: all[2], before: all[7], limit: 100 })
    assert.deepEqual(ids(page.records), all.slice(3, 7))
  })

  test(`${name}: what has left is told as a gap, once`, async () => {
    const { journal, records } = await filled(30, 10)
    const page = await journal.read({ after: records[3]?.event.id, limit: 100 })
    assert.equal(page.gap?.after, records[3]?.event.id)
    assert.equal(page.gap?.before, page.records[0]?.event.id)
    assert.deepEqual(ids(page.records), ids(records).slice(-page.records.length))
    const next = await journal.read({ after: page.position ?? undefined, limit: 100 })
    assert.deepEqual([next.gap, next.records.length], [null, 0])
  })

  test(`${name}: a cursor of another run is a gap, and what is no cursor an error`, async () => {
    const [own, other] = await Promise.all([filled(3), filled(3)])
    const page = await own.journal.read({ after: other.records[0]?.event.id, limit: 10 })
    assert.notEqual(page.gap, null)
    assert.equal(page.records.length, 3)
    for (const after of ['', 'x', '../..', `${own.records[0]?.event.id}0`, '0'.repeat(10_000)]) {
      await assert.rejects(own.journal.read({ after, limit: 1 }), CursorError)
    }
  })

  test(`${name}: a subscriber gets the events of one turn at once, in order, until it leaves`, async () => {
    const journal = make(100)
    const turns: string[][] = []
    let heard = () => {}
    const leave = journal.subscribe((records) => {
      turns.push(ids(records))
      heard()
    })
    const toHear = () =>
      new Promise<void>((resolve) => {
        heard = resolve
      })
    const first = [journal.append(draft(0)), journal.append(draft(1))]
    await toHear()
    const second = journal.append(draft(2))
    await toHear()
    leave()
    journal.append(draft(3))
    await journal.close()
    assert.deepEqual(turns, [ids(first), ids([second])])
  })

  test(`${name}: what this process appends is told at the end of the turn, in order`, async () => {
    const journal = make(100)
    const seen: string[] = []
    journal.subscribeOwn((records) => seen.push(...ids(records)))
    const records = [journal.append(draft(0)), journal.append(draft(1))]
    await new Promise(setImmediate)
    assert.deepEqual(seen, ids(records))
  })

  test(`${name}: a delivered record comes after the cursors before it, and after no other`, async () => {
    const { journal, records } = await filled(3)
    const known = await journal.read({ limit: 2 })
    const { position } = known
    assert.ok(position)
    assert.deepEqual(
      records.map((record) => journal.isAfter(record, position)),
      [false, false, true],
    )
  })

  test(`${name}: nothing waits once all is settled`, async () => {
    const { journal } = await filled(3)
    assert.equal(await journal.settled(), true)
    assert.deepEqual(journal.lag, { events: 0, ms: 0 })
  })

  test(`${name}: closing delivers what waits`, async () => {
    const journal = make(100)
    const seen: string[] = []
    journal.subscribe((records) => seen.push(...ids(records)))
    const record = journal.append(draft(0))
    await journal.close()
    assert.deepEqual(seen, [record.event.id])
  })

  test(`${name}: an empty journal has no bounds, and a full one those of what it keeps`, async () => {
    assert.deepEqual(await make(10).bounds(), { oldest: null, latest: null })
    const { journal, records } = await filled(30, 10)
    const { oldest, latest } = await journal.bounds()
    const page = await journal.read({ limit: 100 })
    assert.equal(oldest, page.records[0]?.event.id)
    assert.equal(latest, records.at(-1)?.event.id)
  })
}
