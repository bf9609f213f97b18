/** What is so of a journal, of reports and of facts in Redis, beside what is so of every journal and every store. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { EventDraft, ForeignEvent, Journal, JournalRecord } from '#server/journal/journal.ts'
import { createRedisJournal } from '#server/journal/redis.ts'
import { entriesOf } from '#server/redis/entries.ts'
import { createFacts, type Facts } from '#server/redis/facts.ts'
import { createRedis, type Redis } from '#server/redis/redis.ts'
import { createRedisReports } from '#server/reports/redis.ts'
import type { ReportStore } from '#server/reports/store.ts'
import { conforms as journalConforms } from '#tests/server/journal/conformance.ts'
import { conforms as reportsConform } from '#tests/server/reports/conformance.ts'
import { type RedisServer, startRedis } from '#tests/server/support/redis.ts'

const beat = (number: number, client = 'one'): EventDraft => ({
  kind: 'heartbeat',
  client_id: client,
  endpoint: '/ws',
  ping_number: number,
  rtt_ms: number,
})

const opening = (client: string): EventDraft => ({
  kind: 'accepted',
  client_id: client,
  endpoint: '/ws',
  trace: `trace-${client}`,
})

const ending = (client: string): EventDraft => ({
  kind: 'disconnected',
  client_id: client,
  endpoint: '/ws',
  close_code: 1000,
  reason: '',
  duration_ms: 1,
})

const isLostEnd =
  (client: string) =>
  ({ event }: JournalRecord): boolean =>
    event.kind === 'disconnected' && event.process === 'silent' && event.client_id === client

/** Signs of life of instances: no other one is waited for, or none is in the way. */
const SOON = { signMs: 50, silentMs: 500 }
const NEVER = { signMs: 1_000_000, silentMs: 1_000_000 }

const ids = (records: readonly JournalRecord[]) => records.map(({ event }) => event.id)
const codes = (events: readonly DiagnosticEvent[]) =>
  events.flatMap((event) => (event.kind === 'error' ? [event.code] : []))

const report = (id: string) => ({
  id,
  created: 1,
  leading: { outcome: 'healthy', headline: 'fine', watched_ms: 1 } as never,
  words: id,
  judged: new TextEncoder().encode(`{"report":"${id}"}`),
})

interface Instance {
  readonly redis: Redis
  readonly journal: Journal
  readonly reports: ReportStore
  readonly facts: Facts
  /** What its readers were shown, in order. */
  readonly shown: JournalRecord[]
  /** Resolves when the readers have been shown an event that is so. */
  until(isSo: (record: JournalRecord) => boolean): Promise<void>
}

export function redisConforms(name: string, program: string): void {
  const servers: RedisServer[] = []
  const instances: Instance[] = []
  after(async () => {
    await Promise.all(instances.map(({ journal }) => journal.close()))
    await Promise.all(servers.map((server) => server.close()))
  })
  const started = async (...settings: [] | [readonly string[]]) => {
    const server = await startRedis(program, ...settings)
    servers.push(server)
    return server
  }
  const shared = started()
  const newPrefix = () => randomBytes(6).toString('hex')

  const instanceOf = (
    url: string,
    prefix: string,
    { capacity = 1000, instance = 'test', now = Date.now, signs = NEVER } = {},
  ): Instance => {
    const redis = createRedis({ url, prefix })
    const journal = createRedisJournal({ redis, capacity, instance, now, signs })
    const reports = createRedisReports(redis)
    const facts = createFacts(redis)
    const shown: JournalRecord[] = []
    const waiting = new Set<() => void>()
    journal.subscribe((records) => {
      shown.push(...records)
      for (const look of waiting) look()
    })
    const until: Instance['until'] = (isSo) =>
      new Promise((resolve) => {
        const look = () => {
          if (!shown.some(isSo)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      })
    redis.start()
    const made = { redis, journal, reports, facts, shown, until }
    instances.push(made)
    return made
  }
  const isCode = (code: string) => (record: JournalRecord) => codes([record.event]).includes(code)
  const isRecord = (wanted: JournalRecord) => (record: JournalRecord) => record.event.id === wanted.event.id
  const everything = async ({ journal }: Instance) => (await journal.read({ limit: 1_000_000 })).records

  test(`${name}: answers on a port of its own`, async () => {
    assert.match((await shared).url, /^redis:/)
  })

  journalConforms(`in ${name}`, (capacity, now) => {
    const [server] = servers
    assert.ok(server)
    return instanceOf(server.url, newPrefix(), { capacity, ...(now && { now }) }).journal
  })

  reportsConform(`in ${name}`, (bounds) => {
    const [server] = servers
    assert.ok(server)
    const { redis } = instanceOf(server.url, newPrefix())
    return createRedisReports(redis, bounds)
  })

  test(`${name}: two instances have the same events in the same order, and each other’s cursors`, async () => {
    const prefix = newPrefix()
    const { url } = await shared
    const a = instanceOf(url, prefix, { instance: 'a' })
    const b = instanceOf(url, prefix, { instance: 'b', now: () => Date.now() - 60_000 })
    for (let number = 0; number < 300; number += 1) {
      a.journal.append(beat(number, 'of a'))
      b.journal.append(beat(number, 'of b'))
      if (number % 7 === 0) await new Promise(setImmediate)
    }
    await Promise.all([a.journal.settled(), b.journal.settled()])
    const last = [a, b].map(({ journal }) => journal.append(beat(300)))
    await Promise.all([a, b].flatMap(({ until }) => last.map((record) => until(isRecord(record)))))
    assert.deepEqual(ids(a.shown), ids(b.shown))
    assert.equal(a.shown.length, 602)
    assert.deepEqual(ids(await everything(a)), ids(a.shown))
    for (const client of ['of a', 'of b']) {
      const numbers = b.shown.flatMap(({ event }) =>
        event.kind === 'heartbeat' && event.client_id === client ? [event.ping_number] : [],
      )
      assert.deepEqual(
        numbers,
        Array.from({ length: 300 }, (_, number) => number),
      )
    }
    assert.deepEqual([...new Set(a.shown.map(({ event }) => event.instance))].sort(), ['a', 'b'])
    const c = instanceOf(url, prefix, { instance: 'c' })
    for (const at of [0, 1, 100, 601]) {
      const page = await c.journal.read({ after: ids(a.shown)[at], limit: 1000 })
      assert.equal(page.gap, null)
      assert.deepEqual(ids(page.records), ids(a.shown).slice(at + 1))
    }
  })

  test(`${name}: where reads may not wait, it asks again and again`, async () => {
    const server = await started()
    const admin = instanceOf(server.url, newPrefix())
    await admin.redis.tried
    await admin.redis.ask(['ACL', 'SETUSER', 'limited', 'on', '>pw', '~*', '+@all', '-@blocking'])
    const url = server.url.replace('//', '//limited:pw@')
    const prefix = newPrefix()
    const [a, b] = [instanceOf(url, prefix), instanceOf(url, prefix)]
    await Promise.all([a.redis.tried, b.redis.tried])
    await b.until(isRecord(a.journal.append(beat(1))))
    await b.until(isRecord(a.journal.append(beat(2))))
    assert.equal(b.redis.address, `127.0.0.1:${server.port}`)
  })

  test(`${name}: while it is gone events wait and are shown, and then everybody has them`, async () => {
    const server = await started(['--appendonly', 'yes', '--appendfsync', 'always'])
    const prefix = newPrefix()
    const [a, b] = [instanceOf(server.url, prefix), instanceOf(server.url, prefix)]
    const before = a.journal.append(beat(0))
    await Promise.all([a, b].map(({ until }) => until(isRecord(before))))
    await server.signal('SIGKILL')
    await Promise.all([a.until(isCode('journal-redis-gone')), b.until(isCode('journal-redis-gone'))])
    assert.equal(a.journal.trouble, 'redis-gone')
    const during = [a.journal.append(beat(1)), a.journal.append(beat(2))]
    const theirs = b.journal.append(beat(3))
    await a.until(isRecord(during[1] ?? before))
    assert.equal(await a.journal.settled(), false)
    assert.ok(a.journal.lag.events >= 3)
    const page = await a.journal.read({ limit: 100 })
    assert.ok(ids(page.records).includes(during[1]?.event.id ?? ''))
    // Nobody goes on behind what waits: others’ events may come before it.
    assert.equal(page.position, before.event.id)
    const waiting = a.shown.filter(({ isWaiting }) => isWaiting)
    assert.deepEqual(ids(waiting).slice(-2), ids(during))
    await server.start()
    const back = isCode('journal-writes-again')
    await Promise.all([a.until(back), b.until(back)])
    await Promise.all([a.journal.settled(), b.journal.settled()])
    await Promise.all([b.until(isRecord(during[1] ?? before)), a.until(isRecord(theirs))])
    assert.equal(a.journal.trouble, undefined)
    const mark = a.journal.append(beat(9))
    await Promise.all([a.until(isRecord(mark)), b.until(isRecord(mark))])
    assert.deepEqual(ids(await everything(a)), ids(await everything(b)))
    assert.equal(new Set(ids(a.shown)).size, a.shown.length)
    assert.deepEqual(ids(a.shown).sort(), ids(b.shown).sort())
    const resumed = await b.journal.read({ after: before.event.id, limit: 100 })
    assert.equal(resumed.gap, null)
    assert.ok([...during, theirs, mark].every((record) => ids(resumed.records).includes(record.event.id)))
  })

  test(`${name}: an instance that falls silent leaves ends, which another one tells once`, async () => {
    const { url } = await shared
    const prefix = newPrefix()
    const lost = instanceOf(url, prefix, { instance: 'lost', signs: SOON })
    const [b, c] = ['b', 'c'].map((instance) => instanceOf(url, prefix, { instance, signs: SOON }))
    assert.ok(b && c)
    const opened = ['one', 'two', 'three'].map((client) => lost.journal.append(opening(client)))
    lost.journal.append(ending('two'))
    b.journal.append(opening('of b'))
    await lost.journal.settled()
    lost.redis.close()
    await Promise.all(
      [b, c].flatMap(({ until }) => ['one', 'three'].map((client) => until(isLostEnd(client)))),
    )
    // Whoever is asked later tells nothing again.
    const last = instanceOf(url, prefix, { instance: 'd', signs: SOON })
    await new Promise((resolve) => setTimeout(resolve, 4 * SOON.silentMs))
    const ends = (await everything(last)).flatMap(({ event }) =>
      event.kind === 'disconnected' ? [event] : [],
    )
    assert.deepEqual(ends.map(({ client_id }) => client_id).sort(), ['one', 'three', 'two'])
    const told = ends.find(({ client_id }) => client_id === 'three')
    assert.deepEqual(
      [told?.instance, told?.endpoint, told?.trace, told?.process, told?.close_code, told?.initiator],
      ['lost', '/ws', 'trace-three', 'silent', undefined, undefined],
    )
    assert.ok(told && told.at >= (opened[2]?.event.at ?? Number.NaN))
    assert.equal(told.duration_ms, Math.round((told.at - (opened[2]?.event.at ?? 0)) * 1000))
  })

  test(`${name}: one that ends in order leaves nothing to tell`, async () => {
    const { url } = await shared
    const prefix = newPrefix()
    const a = instanceOf(url, prefix, { instance: 'a', signs: SOON })
    a.journal.append(opening('one'))
    a.journal.append(ending('one'))
    await a.journal.settled()
    const b = instanceOf(url, prefix, { instance: 'b', signs: SOON })
    await b.redis.tried
    await a.journal.close()
    const signs = (await b.redis.ask(['ZRANGE', `${prefix}:signs`, '0', '-1'])) as string[]
    assert.deepEqual(
      signs.map((sign) => sign.split(' ')[1]),
      ['b'],
    )
  })

  test(`${name}: a Redis that lost everything is told again which connections are open`, async () => {
    const server = await started()
    const prefix = newPrefix()
    const a = instanceOf(server.url, prefix, { instance: 'a', signs: SOON })
    const b = instanceOf(server.url, prefix, { instance: 'b', signs: SOON })
    a.journal.append(opening('one'))
    await a.journal.settled()
    await server.signal('SIGKILL')
    await Promise.all([a, b].map(({ until }) => until(isCode('journal-redis-gone'))))
    await server.start()
    await Promise.all([a, b].map(({ until }) => until(isCode('journal-writes-again'))))
    await new Promise((resolve) => setTimeout(resolve, 2 * SOON.signMs))
    a.redis.close()
    await b.until(isLostEnd('one'))
  })

  test(`${name}: one that stands still counts as gone`, async () => {
    const server = await started()
    const a = instanceOf(server.url, newPrefix())
    await a.until(isRecord(a.journal.append(beat(0))))
    await server.signal('SIGSTOP')
    const during = a.journal.append(beat(1))
    await a.until(isCode('journal-redis-gone'))
    await server.signal('SIGCONT')
    await a.until(isCode('journal-writes-again'))
    assert.equal(await a.journal.settled(), true)
    assert.deepEqual(
      ids(await everything(a)).filter((id) => id === during.event.id),
      [during.event.id],
    )
  })

  test(`${name}: what it lost, since it kept nothing on disk, is written again`, async () => {
    const server = await started()
    const prefix = newPrefix()
    const [a, b] = [instanceOf(server.url, prefix), instanceOf(server.url, prefix)]
    const before = [0, 1, 2].map((number) => a.journal.append(beat(number)))
    const theirs = b.journal.append(beat(3))
    for (const each of [a, b]) await Promise.all([...before, theirs].map((one) => each.until(isRecord(one))))
    await server.signal('SIGKILL')
    await Promise.all([a.until(isCode('journal-redis-gone')), b.until(isCode('journal-redis-gone'))])
    await server.start()
    await Promise.all([a.until(isCode('journal-restored')), b.until(isCode('journal-writes-again'))])
    await Promise.all([a.journal.settled(), b.journal.settled()])
    const late = instanceOf(server.url, prefix)
    const all = ids(await everything(late))
    for (const record of [...before, theirs]) assert.ok(all.includes(record.event.id))
    assert.equal(new Set(all).size, all.length)
  })

  test(`${name}: where the end alone was lost, the end alone is written again`, async () => {
    const server = await started()
    const prefix = newPrefix()
    const [a, admin] = [instanceOf(server.url, prefix), instanceOf(server.url, newPrefix())]
    const records = Array.from({ length: 10 }, (_, number) => a.journal.append(beat(number)))
    await Promise.all([...records.map((one) => a.until(isRecord(one))), admin.redis.tried])
    const key = `${prefix}:events`
    const entries = entriesOf(await admin.redis.ask(['XRANGE', key, '-', '+']))
    await admin.redis.ask(['XDEL', key, ...entries.slice(6).map(({ id }) => id)])
    await admin.redis.ask(['CLIENT', 'KILL', 'TYPE', 'normal'])
    await a.until(isCode('journal-restored'))
    const says = a.shown.find(isCode('journal-restored'))?.event
    assert.ok(says?.kind === 'error')
    assert.match(says.message, /^Redis lost 4 events/)
    const late = ids(await everything(instanceOf(server.url, prefix)))
    assert.deepEqual(
      late.filter((id) => ids(records).includes(id)),
      ids(records),
    )
  })

  test(`${name}: when it refuses events they wait, and are written when it takes them`, async () => {
    const server = await started()
    const a = instanceOf(server.url, newPrefix())
    await a.until(isRecord(a.journal.append(beat(0))))
    await a.redis.ask(['CONFIG', 'SET', 'maxmemory', '1'])
    const during = a.journal.append(beat(1))
    await a.until(isCode('journal-redis-refuses'))
    assert.equal(a.journal.trouble, 'redis-refuses')
    await a.redis.ask(['CONFIG', 'SET', 'maxmemory', '0'])
    await a.until(isCode('journal-writes-again'))
    assert.equal(await a.journal.settled(), true)
    const all = ids(await everything(a))
    assert.equal(all.filter((id) => id === during.event.id).length, 1)
  })

  test(`${name}: events that do not fit while it is gone are counted`, async () => {
    const server = await started(['--appendonly', 'yes', '--appendfsync', 'always'])
    const a = instanceOf(server.url, newPrefix(), { capacity: 10 })
    await a.until(isRecord(a.journal.append(beat(0))))
    await server.signal('SIGKILL')
    await a.until(isCode('journal-redis-gone'))
    for (let number = 1; number <= 30; number += 1) a.journal.append(beat(number))
    await server.start()
    await a.until(isCode('journal-writes-again'))
    const says = a.shown.find(isCode('journal-writes-again'))?.event
    assert.ok(says?.kind === 'error')
    assert.match(says.message, /21 events were lost meanwhile/)
  })

  test(`${name}: where it cannot be reached at all, a journal serves from memory and says so`, async () => {
    const server = await started()
    await server.signal('SIGKILL')
    const a = instanceOf(server.url, newPrefix())
    const record = a.journal.append(beat(0))
    assert.ok(ids(await everything(a)).includes(record.event.id))
    assert.equal(a.journal.trouble, 'redis-gone')
    assert.deepEqual((await a.reports.list({ limit: 1 }).catch((error) => error)).name, 'ReportsAwayError')
  })

  test(`${name}: an event that another instance adopted is here too, and counts once`, async () => {
    const prefix = newPrefix()
    const { url } = await shared
    const [a, b] = [instanceOf(url, prefix), instanceOf(url, prefix)]
    const theirs = { ...beat(1), id: 'x', at: 1, instance: 'api-1', service: 'api' } as ForeignEvent
    const adopted = a.journal.adopt(theirs)
    await b.until(isRecord(adopted))
    assert.deepEqual(b.shown.find(isRecord(adopted))?.event, adopted.event)
    // Told again to another instance, it counts once, the same one everywhere.
    b.journal.adopt(theirs)
    const mark = b.journal.append(beat(2))
    await Promise.all([a.until(isRecord(mark)), b.until(isRecord(mark))])
    for (const each of [a, b]) {
      const expected = ids([adopted, mark])
      assert.deepEqual([ids(each.shown), ids(await everything(each))], [expected, expected])
    }
  })

  test(`${name}: reports are the same everywhere, and one that was made while it was gone comes later`, async () => {
    const server = await started(['--appendonly', 'yes', '--appendfsync', 'always'])
    const prefix = newPrefix()
    const [a, b] = [instanceOf(server.url, prefix), instanceOf(server.url, prefix)]
    await a.reports.add(report('one'))
    assert.deepEqual(await b.reports.get('one'), report('one'))
    await Promise.all(
      [a, b].map(({ reports }, at) =>
        reports.update('one', async (before) => ({ ...before, words: `${before.words} ${at}` })),
      ),
    )
    assert.match((await a.reports.get('one'))?.words ?? '', /^one (0 1|1 0)$/)
    assert.equal((await a.reports.list({ limit: 9 })).reports.length, 1)
    await server.signal('SIGKILL')
    await a.until(isCode('journal-redis-gone'))
    await a.reports.add(report('two'))
    assert.deepEqual(await a.reports.get('two'), report('two'))
    assert.equal((await a.reports.list({ limit: 9 })).reports.length, 2)
    await server.start()
    await Promise.all([a.until(isCode('journal-writes-again')), b.until(isCode('journal-writes-again'))])
    while ((await b.reports.get('two')) === undefined) await new Promise(setImmediate)
    assert.deepEqual(
      (await b.reports.list({ limit: 9 })).reports.map(({ id }) => id),
      ['two', 'one'],
    )
  })

  test(`${name}: reports that it lost are in no list, however many there are since`, async () => {
    const { url } = await shared
    const prefix = newPrefix()
    const [a, b] = [instanceOf(url, prefix), instanceOf(url, prefix)]
    const listed = async ({ reports }: Instance) =>
      (await reports.list({ limit: 9 })).reports.map(({ id }) => id)
    await a.reports.add(report('lost'))
    assert.deepEqual(await Promise.all([a, b].map(listed)), [['lost'], ['lost']])
    const keys = await a.redis.ask(['KEYS', `${prefix}:reports:*`])
    assert.ok(Array.isArray(keys) && keys.length > 0)
    await a.redis.ask(['DEL', ...keys.map(String)])
    await a.reports.add(report('new'))
    assert.deepEqual(await Promise.all([a, b].map(listed)), [['new'], ['new']])
    assert.equal(await b.reports.get('lost'), undefined)
  })

  test(`${name}: a fact that is told here is heard there, also by who comes later, and after it was gone`, async () => {
    const server = await started()
    const prefix = newPrefix()
    const heard = (instance: Instance) => {
      const kinds: string[] = []
      const first = Promise.withResolvers<void>()
      instance.facts.hear(({ kind }) => {
        kinds.push(kind)
        first.resolve()
      })
      return { kinds, first: first.promise }
    }
    const [a, b] = [instanceOf(server.url, prefix), instanceOf(server.url, prefix)]
    const atB = heard(b)
    a.facts.tell({ kind: 'one', expiresMs: Date.now() + 60_000 })
    a.facts.tell({ kind: 'over', expiresMs: Date.now() - 1 })
    await atB.first
    await server.signal('SIGKILL')
    await a.until(isCode('journal-redis-gone'))
    await server.start()
    await a.until(isCode('journal-writes-again'))
    const atC = heard(instanceOf(server.url, prefix))
    await atC.first
    assert.deepEqual(atC.kinds, ['one'])
  })
}
