/** What every journal promises, run on each implementation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CursorError } from '#server/journal/cursor.ts'
import type { EventDraft, Journal, JournalRecord } from '#server/journal/journal.ts'

/** Makes an empty journal that keeps at least `capacity` events, and one event more may push the oldest out. */
export type MakeJournal = (capacity: number) => Journal

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

  test(`${name}: a filter applies before the limit`, async () => {
    const { journal } = await filled(20)
    const page = await journal.read({ limit: 3, filter: { kinds: ['heartbeat'], clientId: 'client-0' } })
    assert.deepEqual(
      page.records.map(({ event }) => 'ping_number' in event && event.ping_number),
      [0, 6, 12],
    )
    assert.equal(page.more, true)
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
    const leave = journal.subscribe((records) => turns.push(ids(records)))
    const first = [journal.append(draft(0)), journal.append(draft(1))]
    await new Promise(setImmediate)
    const second = journal.append(draft(2))
    await new Promise(setImmediate)
    leave()
    journal.append(draft(3))
    await journal.close()
    assert.deepEqual(turns, [ids(first), ids([second])])
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
