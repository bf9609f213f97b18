/** What every store of reports promises, run on each implementation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReportCount } from '#lib/api/reports.ts'
import { sentence } from '#lib/text/foreign.ts'
import {
  type ReportFilter,
  type ReportRecord,
  type ReportStore,
  ReportTooLargeError,
  summaryOf,
} from '#server/reports/store.ts'
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
  return { id, created: 1, ...(url !== undefined && { url }), leading, words: `${url} rate-limited`, judged }
}

const HEALTHY = { outcome: 'healthy', headline: sentence`No failure`, watched_ms: 75_000 } as const
const OPEN = { outcome: 'undetermined', cause: 'idle-timeout', certainty: 'possible' } as const

/** Of different hosts, times, outcomes and words. */
const VARIED: readonly ReportRecord[] = [
  {
    ...record('fault', 'wss://Shop.example/ws'),
    created: 100.5,
    words: 'wss://shop.example/ws 429 “slow down”',
  },
  {
    ...record('open', 'wss://shop.example/live?a=%25'),
    created: 300,
    leading: OPEN,
    words: 'dropped after 60 s',
  },
  {
    ...record('healthy', 'ws://chat.example/ws'),
    created: 200.25,
    leading: HEALTHY,
    words: 'no failure ünder 100%',
  },
  { ...record('nowhere'), created: 200.25, leading: OPEN, words: "a log line with '_' and \\" },
]

export function conforms(name: string, make: MakeStore): void {
  const ids = async (store: ReportStore, url?: string) =>
    (await store.list({ limit: 100, url })).reports.map(({ id }) => id)
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
    assert.deepEqual((await store.list({ limit: 1 })).reports, [summaryOf(record('d'))])
    assert.deepEqual(await store.summary('d'), summaryOf(record('d')))
    assert.equal(await store.summary('__proto__'), undefined)
  })

  test(`${name}: lists by the time at which reports were made, whenever they came`, async () => {
    const store = await filled(make(), VARIED)
    assert.deepEqual(await ids(store), ['open', 'nowhere', 'healthy', 'fault'])
    assert.deepEqual(
      (await store.list({ limit: 9 })).reports,
      [...VARIED]
        .sort((a, b) => b.created - a.created || VARIED.indexOf(b) - VARIED.indexOf(a))
        .map(summaryOf),
    )
  })

  const filters: readonly [string, ReportFilter, readonly string[]][] = [
    ['nothing', {}, ['open', 'nowhere', 'healthy', 'fault']],
    ['a host, in lower case', { target: 'shop.example' }, ['open', 'fault']],
    ['a path', { target: 'example/ws' }, ['healthy', 'fault']],
    ['what is no pattern', { target: '%' }, ['open']],
    ['nobody’s host', { target: 'shop.example/ws2' }, []],
    ['one outcome', { outcome: ['healthy'] }, ['healthy']],
    ['two outcomes', { outcome: ['healthy', 'fault'] }, ['healthy', 'fault']],
    ['a cause, proven or not', { cause: ['idle-timeout'] }, ['open', 'nowhere']],
    ['two causes', { cause: ['idle-timeout', 'rate-limited'] }, ['open', 'nowhere', 'fault']],
    ['a cause of an outcome', { cause: ['idle-timeout'], outcome: ['fault'] }, []],
    ['from a time on', { since: 200.25 }, ['open', 'nowhere', 'healthy']],
    ['before a time', { until: 200.25 }, ['fault']],
    ['a range', { since: 101, until: 300 }, ['nowhere', 'healthy']],
    ['a word', { text: ['failure'] }, ['healthy']],
    ['all of several words, in any order', { text: ['slow', '429'] }, ['fault']],
    ['words of which one is missing', { text: ['slow', '430'] }, []],
    ['words that are no pattern', { text: ['_'] }, ['nowhere']],
    ['a percent sign', { text: ['100%'] }, ['healthy']],
    ['quotes and a backslash', { text: ["'_'", '\\'] }, ['nowhere']],
    ['letters beyond ASCII', { text: ['ünder'] }, ['healthy']],
    ['a URL and a word', { url: 'ws://chat.example/ws', text: ['slow'] }, []],
  ]
  for (const [asked, filter, expected] of filters) {
    test(`${name}: finds and counts by ${asked}`, async () => {
      const store = await filled(make(), VARIED)
      const { reports, next, counts } = await store.list({ ...filter, limit: 9 })
      assert.deepEqual(
        reports.map(({ id }) => id),
        expected,
      )
      assert.equal(next, null)
      const isAsked = ({ outcome, cause = '' }: ReportCount) =>
        (filter.outcome?.includes(outcome) ?? true) && (filter.cause?.includes(cause) ?? true)
      const counted = counts.filter(isAsked).reduce((sum, { count }) => sum + count, 0)
      assert.equal(counted, expected.length)
    })
  }

  test(`${name}: counts by outcome and first cause, on all pages and whatever of them is asked for`, async () => {
    const store = await filled(make(), VARIED)
    const count = async (filter: ReportFilter) =>
      [...(await store.list({ limit: 1, ...filter })).counts].sort((a, b) =>
        a.outcome.localeCompare(b.outcome),
      )
    const all = [
      { outcome: 'fault', cause: 'rate-limited', count: 1 },
      { outcome: 'healthy', count: 1 },
      { outcome: 'undetermined', cause: 'idle-timeout', count: 2 },
    ]
    assert.deepEqual(await count({}), all)
    assert.deepEqual(await count({ outcome: ['fault'], cause: ['idle-timeout'] }), all)
    assert.deepEqual(await count({ target: 'shop', text: ['dropped'] }), [{ ...all[2], count: 1 }])
  })

  test(`${name}: page by page each comes once, also where they were made at the same time`, async () => {
    const store = await filled(
      make(),
      Array.from({ length: 11 }, (_, at) => ({ ...record(`r${at}`), created: 5 + Math.floor(at / 4) / 10 })),
    )
    const pages: string[][] = []
    let before: string | undefined
    do {
      const { reports, next } = await store.list({ limit: 4, before, cause: ['rate-limited'] })
      pages.push(reports.map(({ id }) => id))
      before = next ?? undefined
      // What comes meanwhile is newer, and no page has it.
      await store.add({ ...record(`late${pages.length}`), created: 99 })
    } while (before !== undefined)
    assert.deepEqual(pages, [
      ['r10', 'r9', 'r8', 'r7'],
      ['r6', 'r5', 'r4', 'r3'],
      ['r2', 'r1', 'r0'],
    ])
  })

  test(`${name}: a cursor goes on where it was when its report is gone`, async () => {
    const store = await filled(make({ capacity: 4 }), [record('a'), record('b'), record('c'), record('d')])
    const { next } = await store.list({ limit: 1 })
    for (const id of ['e', 'f', 'g']) await store.add({ ...record(id), created: 0.5 })
    assert.deepEqual(
      (await store.list({ limit: 9, before: next ?? '' })).reports.map(({ id }) => id),
      ['g', 'f', 'e'],
    )
  })

  test(`${name}: an imported report is laid beside those of its own time`, async () => {
    const at = (id: string, created: number) => ({ ...record(id, 'ws://x/'), created })
    const imported = { ...at('old', 15), imported: { at: 40, said: { outcome: 'healthy' } } } as const
    const store = await filled(make(), [at('a', 10), at('b', 20), imported])
    assert.deepEqual(await store.get('old'), imported)
    assert.deepEqual(await ids(store, 'ws://x/'), ['b', 'old', 'a'])
    assert.equal((await store.previous('b'))?.id, 'old')
    assert.equal((await store.previous('old'))?.id, 'a')
    assert.deepEqual((await store.summary('old'))?.imported, imported.imported)
  })

  test(`${name}: knows the same report again by its time and what it says`, async () => {
    const store = await filled(make(), VARIED)
    const [one] = VARIED
    assert.equal(await store.same(one ?? record('x')), 'fault')
    assert.equal(await store.same({ ...(one ?? record('x')), created: 100.6 }), undefined)
    assert.equal(await store.same({ ...record('y', undefined, 7), created: 100.5 }), undefined)
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

  test(`${name}: keeps the last by count`, async () => {
    const store = await filled(
      make({ capacity: 3 }),
      Array.from({ length: 7 }, (_, at) => record(`r${at}`)),
    )
    assert.deepEqual(await ids(store), ['r6', 'r5', 'r4'])
    assert.equal(await store.get('r3'), undefined)
  })

  test(`${name}: keeps the last by bytes, and those that grow push out the oldest`, async () => {
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
