/** What every store of reports promises, run on each implementation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReportRecord, type ReportStore, ReportTooLargeError, summaryOf } from '#server/reports/store.ts'
import { encodeJson } from '#server/wire/json.ts'

export interface StoreBounds {
  readonly capacity?: number
  readonly totalBytes?: number
  readonly reportBytes?: number
}

/** Makes an empty store with these bounds; what is absent is unbounded for a test's purposes. */
export type MakeStore = (bounds?: StoreBounds) => ReportStore

/** About 1 KiB of JSON, plus as much as is asked for. */
function record(id: string, url?: string, ballastBytes = 0): ReportRecord {
  const evidence = { body_start: 'x'.repeat(1000 + ballastBytes) }
  const leading = { outcome: 'fault', cause: 'rate-limited', certainty: 'proven' } as const
  const judged = encodeJson({ report: {}, evidence })
  return { id, created: 1, ...(url !== undefined && { url }), leading, judged }
}

export function conforms(name: string, make: MakeStore): void {
  const ids = async (store: ReportStore, url?: string) =>
    (await store.list({ limit: 100, url })).map(({ id }) => id)
  const filled = async (store: ReportStore, records: readonly ReportRecord[]) => {
    for (const each of records) await store.add(each)
    return store
  }

  test(`${name}: gives back what it was given, and nothing for an unknown id`, async () => {
    const one = record('one', 'ws://a/')
    const store = await filled(make(), [one])
    assert.deepEqual(await store.get('one'), one)
    for (const id of ['', 'two', '../one', '__proto__', 'constructor']) {
      assert.equal(await store.get(id), undefined, id)
      assert.equal(await store.previous(id), undefined, id)
    }
  })

  test(`${name}: what a caller changes later does not change what is kept`, async () => {
    const one = record('one', 'ws://a/')
    const store = await filled(make(), [one])
    one.judged.fill(0)
    ;(await store.get('one'))?.judged.fill(0)
    assert.deepEqual(await store.get('one'), record('one', 'ws://a/'))
  })

  test(`${name}: lists summaries newest first, by URL where asked, up to the limit`, async () => {
    const all = [record('a', 'ws://x/'), record('b', 'ws://y/'), record('c', 'ws://x/'), record('d')]
    const store = await filled(make(), all)
    assert.deepEqual(await ids(store), ['d', 'c', 'b', 'a'])
    assert.deepEqual(await ids(store, 'ws://x/'), ['c', 'a'])
    assert.deepEqual(await ids(store, 'ws://x'), [])
    assert.deepEqual(await store.list({ limit: 1 }), [summaryOf(record('d'))])
  })

  test(`${name}: the previous one has the same URL and came before`, async () => {
    const all = [record('a', 'ws://x/'), record('b', 'ws://y/'), record('c', 'ws://x/'), record('d')]
    const store = await filled(make(), [...all, record('e', 'ws://x/'), record('f')])
    const before = async (id: string) => (await store.previous(id))?.id
    assert.deepEqual(await Promise.all(['a', 'b', 'c', 'e', 'f'].map(before)), [
      undefined,
      undefined,
      'a',
      'c',
      undefined,
    ])
  })

  test(`${name}: an update keeps id and place, and nothing gets in between`, async () => {
    const store = await filled(make(), [record('a', 'ws://x/'), record('b', 'ws://x/')])
    const raise = () =>
      store.update('a', async (before) => {
        await new Promise(setImmediate)
        return { ...before, id: 'other', updated: (before.updated ?? 0) + 1 }
      })
    await Promise.all(Array.from({ length: 20 }, raise))
    assert.equal((await store.get('a'))?.updated, 20)
    assert.deepEqual(await ids(store), ['b', 'a'])
    assert.equal(await store.update('nobody', async (before) => before), undefined)
  })

  test(`${name}: an update that fails changes nothing, and those behind it are made`, async () => {
    const store = await filled(make(), [record('a', 'ws://x/')])
    const fail = store.update('a', () => Promise.reject(new Error('planned')))
    const rise = store.update('a', async (before) => ({ ...before, updated: 7 }))
    await assert.rejects(fail, /planned/)
    assert.equal((await rise)?.updated, 7)
  })

  test(`${name}: a report that learns its URL is found under it`, async () => {
    const store = await filled(make(), [record('a', 'ws://x/'), record('b')])
    await store.update('b', async (before) => ({ ...before, url: 'ws://x/' }))
    assert.deepEqual(await ids(store, 'ws://x/'), ['b', 'a'])
    assert.equal((await store.previous('b'))?.id, 'a')
  })

  test(`${name}: keeps the newest by count`, async () => {
    const store = await filled(
      make({ capacity: 3 }),
      Array.from({ length: 7 }, (_, at) => record(`r${at}`)),
    )
    assert.deepEqual(await ids(store), ['r6', 'r5', 'r4'])
    assert.equal(await store.get('r3'), undefined)
  })

  test(`${name}: keeps the newest by bytes, and those that grow push out the oldest`, async () => {
    const store = await filled(
      make({ totalBytes: 400_000, reportBytes: 300_000 }),
      Array.from({ length: 7 }, (_, at) => record(`r${at}`, undefined, 60_000)),
    )
    const kept = await ids(store)
    assert.ok(kept.length >= 3 && kept.length <= 6, `${kept.length}`)
    assert.equal(kept[0], 'r6')
    await store.update('r6', async () => record('r6', undefined, 250_000))
    assert.ok((await ids(store)).length < kept.length)
    assert.notEqual(await store.get('r6'), undefined)
  })

  test(`${name}: refuses one that is too large, and keeps what was there`, async () => {
    const store = await filled(make({ totalBytes: 400_000, reportBytes: 100_000 }), [record('a')])
    await assert.rejects(store.add(record('b', undefined, 200_000)), ReportTooLargeError)
    await assert.rejects(
      store.update('a', async () => record('a', undefined, 200_000)),
      ReportTooLargeError,
    )
    assert.deepEqual(await store.get('a'), record('a'))
    assert.deepEqual(await ids(store), ['a'])
  })
}
