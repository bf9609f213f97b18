/** `GET /metrics`, for Prometheus: what was counted all the time, and what is so at this moment. */

import type { Feed } from '#server/journal/feed.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createGauge, type Family, type Sample } from '#server/metrics/families.ts'
import { createTally } from '#server/metrics/tally.ts'
import type { Traffic } from '#server/sockets/traffic.ts'

export interface MetricsSources {
  readonly journal: Pick<Journal, 'subscribeOwn' | 'lag' | 'trouble' | 'instance'>
  readonly feed: Pick<Feed, 'readers'>
  readonly version: string
  readonly maxConnections: number
  /** Open connections, by the path of their endpoint. */
  readonly open: () => ReadonlyMap<string, number>
  /** Of all connections of this server since its start. */
  readonly traffic: Readonly<Traffic>
  readonly isReady: () => boolean
}

export interface Metrics {
  /** In the text format that Prometheus reads. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>
}

/** Enough to see a loop that stands still; a finer one costs a share of the processor. */
const LOOP_DELAY_PRECISION_MS = 20

export function createMetrics(sources: MetricsSources): Metrics {
  const tally = createTally()
  sources.journal.subscribeOwn(tally.take)
  let loading: ReturnType<typeof load> | undefined
  return {
    text: async () => {
      loading ??= load([...tally.families, ...gaugesOf(sources)])
      const registry = await loading
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}

/** Only who asks for metrics pays for the package. */
async function load(families: readonly Family[]) {
  const {
    default: { Registry, collectDefaultMetrics },
  } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_DELAY_PRECISION_MS })
  for (const family of families) registry.registerMetric(metricOf(family) as never)
  return registry
}

/** What a registry asks of a metric: its name, and what it is when it is asked. */
const metricOf = (family: Family) => ({
  name: family.name,
  get: async () => ({ ...family, aggregator: 'sum', values: family.values() }),
})

function gaugesOf({
  journal,
  feed,
  version,
  maxConnections,
  open,
  traffic,
  isReady,
}: MetricsSources): Family[] {
  const one = (value: number): Sample[] => [{ labels: {}, value }]
  const moved = (what: 'messages' | 'bytes') =>
    (['in', 'out'] as const).map((direction) => ({
      labels: { direction },
      value: traffic[`${what}_${direction}`],
    }))
  return [
    createGauge('why1006_info', 'Always 1; its labels say which instance and version this is.', () => [
      { labels: { version, instance_name: journal.instance }, value: 1 },
    ]),
    createGauge('why1006_connections_open', 'Open WebSocket connections, by endpoint.', () =>
      Array.from(open(), ([endpoint, value]) => ({ labels: { endpoint }, value })),
    ),
    createGauge('why1006_connections_limit', 'Connections that may be open: WS_MAX_CONNECTIONS.', () =>
      one(maxConnections),
    ),
    {
      name: 'why1006_messages_total',
      help: 'Messages of this server’s own connections, by direction.',
      type: 'counter',
      values: () => moved('messages'),
    },
    {
      name: 'why1006_bytes_total',
      help: 'Bytes of this server’s own connections: payloads in, frames with their headers out.',
      type: 'counter',
      values: () => moved('bytes'),
    },
    createGauge(
      'why1006_journal_waiting_events',
      'Events that are not where the journal keeps them yet.',
      () => one(journal.lag.events),
    ),
    createGauge('why1006_journal_lag_seconds', 'How long the oldest of the waiting events has waited.', () =>
      one(journal.lag.ms / 1000),
    ),
    createGauge('why1006_journal_up', '1 while events are kept where they should be, else 0.', () =>
      one(journal.trouble === undefined ? 1 : 0),
    ),
    createGauge('why1006_dashboards_open', 'Readers of the event stream.', () => one(feed.readers)),
    createGauge('why1006_ready', 'What GET /ready says: 1 for 200, else 0.', () => one(isReady() ? 1 : 0)),
  ]
}
