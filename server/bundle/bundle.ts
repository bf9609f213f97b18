/**
 * A support bundle of this server. What goes in is read page by page and masked as it goes, so that the server answers
 * meanwhile; each part is bounded, and says where it was cut.
 */
import type { BundleOrder } from '#lib/api/bundle.ts'
import {
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  type BundleManifest,
  type BundlePart,
  type BundlePartSize,
  FILES,
  partWords,
  plainName,
} from '#lib/bundle/format.ts'
import { createMasker, MASK, maskText } from '#lib/evidence/mask.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { createZip, type Zip } from '#server/bundle/zip.ts'
import type { Config } from '#server/config/config.ts'
import { cursorAt } from '#server/journal/cursor.ts'
import type { Journal } from '#server/journal/journal.ts'
import { exportedRecord, type ReportStore } from '#server/reports/store.ts'
import type { WatchStore } from '#server/watch/store.ts'
import { jsonText } from '#server/wire/json.ts'

export interface BundleServices {
  readonly config: Config
  readonly journal: Journal
  readonly reports: Pick<ReportStore, 'list' | 'get'>
  readonly watches: WatchStore
  readonly version: string
  readonly limits?: BundleLimits
}

export interface BundleLimits {
  readonly events: number
  readonly reports: number
  readonly reportBytes: number
}

const LIMITS: BundleLimits = { events: 200_000, reports: 500, reportBytes: 64 * 1024 * 1024 }
const PAGE = 500

type Range = Pick<BundleOrder, 'since' | 'until'>

/** One file of it, in pieces. */
interface Entry {
  readonly part: BundlePart
  readonly name: string
  readonly count: number
  readonly text: string
  readonly cut?: boolean
}

/** What a bundle of this range would hold, without what is imported. */
export async function measureBundle(
  range: Range,
  services: BundleServices,
  signal?: AbortSignal,
): Promise<BundlePartSize[]> {
  const sizes = new Map<BundlePart, BundlePartSize>()
  for await (const entry of entriesOf(range, services)) {
    if (signal?.aborted) break
    addTo(sizes, entry)
  }
  return [...sizes.values()]
}

/** The bytes of the zip, as they come about. */
export async function* makeBundle(
  order: BundleOrder,
  services: BundleServices,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const zip = createZip()
  const sizes = new Map<BundlePart, BundlePartSize>()
  let open: string | undefined
  for await (const entry of entriesOf(order, services)) {
    if (signal?.aborted) return
    addTo(sizes, entry)
    if (entry.name !== open) zip.begin(entry.name)
    open = entry.name
    zip.write(entry.text)
    yield* zip.taken()
  }
  const manifest: BundleManifest = {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    made: Date.now() / 1000,
    why1006: services.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    instance: services.journal.instance,
    ...(order.since !== undefined && { since: order.since }),
    ...(order.until !== undefined && { until: order.until }),
    parts: [...sizes.values()],
  }
  whole(zip, FILES.readme, readme(manifest))
  whole(zip, FILES.manifest, pretty(manifest))
  zip.end()
  yield* zip.taken()
}

function whole(zip: Zip, name: string, text: string): void {
  zip.begin(name)
  zip.write(text)
}

function addTo(sizes: Map<BundlePart, BundlePartSize>, { part, count, text, cut }: Entry): void {
  const before = sizes.get(part) ?? { part, count: 0, bytes: 0 }
  sizes.set(part, {
    ...before,
    count: before.count + count,
    bytes: before.bytes + Buffer.byteLength(text),
    ...(cut && { cut }),
  })
}

async function* entriesOf(order: BundleOrder, services: BundleServices): AsyncGenerator<Entry> {
  const isWanted = (part: BundlePart) => !order.leave_out?.includes(part)
  if (isWanted('events')) yield* events(order, services)
  if (isWanted('reports')) yield* reports(order, services)
  if (isWanted('watches')) yield* watches(services)
  if (isWanted('configuration')) yield configuration(services)
  if (isWanted('imported')) yield* imported(order)
}

/** The newest of the range, oldest first. */
async function* events(range: Range, { journal, limits = LIMITS }: BundleServices): AsyncGenerator<Entry> {
  const { from, isCut } = await beginning(range, journal, limits.events)
  const before = beforeOf(range)
  let after = from
  for (let count = 0; count < limits.events; ) {
    const page = await journal.read({ after, before, limit: PAGE })
    const wanted = page.records.filter(({ event }) => event.at >= (range.since ?? 0))
    const text = wanted.map(({ event }) => `${jsonText(createMasker().json(event))}\n`).join('')
    yield { part: 'events', name: FILES.events, count: wanted.length, text, ...(isCut && { cut: true }) }
    count += wanted.length
    if (!page.more || page.position === null) return
    after = page.position
    await turn()
  }
}

/** Behind which event the range begins: looked for from its end, since the newest are wanted. */
async function beginning(
  range: Range,
  journal: Journal,
  most: number,
): Promise<{ from: string | undefined; isCut: boolean }> {
  let before = beforeOf(range)
  for (let count = 0; ; count += PAGE) {
    const { records } = await journal.read({ before, limit: PAGE, fromEnd: true })
    const [first] = records
    if (records.length < PAGE || first === undefined) return { from: undefined, isCut: false }
    if (first.event.at < (range.since ?? 0)) return { from: first.event.id, isCut: false }
    if (count + PAGE >= most) return { from: first.event.id, isCut: true }
    before = first.event.id
    await turn()
  }
}

const beforeOf = ({ until }: Range): string | undefined =>
  until === undefined ? undefined : cursorAt(until * 1000 + 1)

/** Others get their turn. */
const turn = (): Promise<void> => new Promise(setImmediate)

/** They are masked since they were kept. */
async function* reports(
  { since, until }: Range,
  { reports: store, limits = LIMITS }: BundleServices,
): AsyncGenerator<Entry> {
  const listed = await store.list({
    limit: limits.reports,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until: until + 0.001 }),
  })
  const isCut = listed.next !== null
  let bytes = 0
  for (const { id } of listed.reports) {
    const record = await store.get(id)
    if (record === undefined) continue
    const report = exportedRecord(record)
    bytes += report.length
    const cut = isCut || bytes > limits.reportBytes
    if (bytes > limits.reportBytes) {
      yield {
        part: 'reports',
        name: `${FILES.reports}README.txt`,
        count: 0,
        text: 'The older ones are too large.\n',
        cut,
      }
      return
    }
    const text = new TextDecoder().decode(report)
    yield { part: 'reports', name: `${FILES.reports}${id}.json`, count: 1, text, ...(cut && { cut }) }
    await turn()
  }
}

/** Headers and addresses of webhooks are secrets as a whole, whatever they look like. */
async function* watches({ watches: store }: BundleServices): AsyncGenerator<Entry> {
  const kept = store.list()
  if (kept.length === 0) return
  const masker = createMasker()
  const told = kept.map(({ order: { headers, notify, send, ca, ...order }, ...watch }) => ({
    ...watch,
    order: {
      ...order,
      ...(headers && { headers: headers.map((line) => `${line.split(':', 1)[0]}: ${MASK}`) }),
      ...(send !== undefined && { send: MASK }),
      ...(ca !== undefined && { ca: MASK }),
      ...(notify !== undefined && { notify: `${URL.parse(notify)?.origin ?? ''}/${MASK}` }),
    },
    losses: store.losses(watch.id),
  }))
  yield { part: 'watches', name: FILES.watches, count: kept.length, text: pretty(masker.json(told)) }
}

/** The settings as the server has them; a secret is there or not. */
function configuration({ config, version }: BundleServices): Entry {
  const { journal, notifySecret, probeAllow, ...settings } = config
  const told = {
    why1006: version,
    node: process.versions,
    platform: { os: process.platform, arch: process.arch },
    settings: {
      ...settings,
      journal:
        typeof journal === 'object' && 'redis' in journal
          ? { redis: new URL(journal.redis.url).host }
          : journal,
      notifySecret: notifySecret === undefined ? null : MASK,
      probeAllow: {
        networks: probeAllow.networks.map(([address, bits]) => `${address}/${bits}`),
        names: [...probeAllow.names],
      },
    },
  }
  return {
    part: 'configuration',
    name: FILES.configuration,
    count: Object.keys(told.settings).length,
    text: pretty(createMasker().json(told)),
  }
}

const LINES = 2000

async function* imported({ imported: files = [] }: BundleOrder): AsyncGenerator<Entry> {
  const taken = new Set<string>()
  for (const { name, text } of files) {
    const file = `${FILES.imported}${free(plainName(name), taken)}`
    let isFirst = true
    // Whole lines at a time, since a secret does not go over the end of one but in a key.
    for (const piece of linesOf(text)) {
      yield { part: 'imported', name: file, count: isFirst ? 1 : 0, text: maskText(piece) }
      isFirst = false
      await turn()
    }
  }
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = at
    for (let line = 0; line < LINES && end !== -1; line += 1) end = text.indexOf('\n', end) + 1 || -1
    if (end === -1) end = text.length
    yield text.slice(at, end)
    at = end
  }
}

function free(name: string, taken: Set<string>): string {
  let wanted = name
  for (let number = 2; taken.has(wanted); number += 1) wanted = `(${number}) ${name}`
  taken.add(wanted)
  return wanted
}

const pretty = (value: unknown): string => `${visibleLines(JSON.stringify(value, null, 2))}\n`

function readme({ made, why1006, since, until, parts }: BundleManifest): string {
  const day = (seconds: number) => new Date(seconds * 1000).toISOString()
  return [
    `A support bundle of Why1006 ${why1006}, made at ${day(made)}.`,
    `Range: ${since === undefined ? 'from the first event' : `from ${day(since)}`} ${until === undefined ? 'to the last' : `to ${day(until)}`}.`,
    '',
    ...parts.map(
      ({ part, count, bytes, cut }) =>
        `${part.padEnd(14)} ${String(count).padStart(7)}, ${bytes} bytes${cut ? ', the newest' : ''}: ${partWords[part]}`,
    ),
    '',
    `Passwords, tokens, cookies and credentials are replaced by ${MASK}. Addresses, host names and the names of`,
    'parameters are still in it: look at the files before you pass it on.',
    '',
    'Drop it on the Diagnose page of any Why1006, or run: why1006 diagnose <this file>',
    '',
  ].join('\n')
}
