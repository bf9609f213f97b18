/** Metrics, and log events where its logs API is there too. Both packages are the application's; without them nothing happens. */
import type { DisconnectedEvent, InstrumentEvent, Output } from '#server/instrument/event.ts'

interface Instrument {
  add(value: number, attributes?: Attributes): void
  record(value: number, attributes?: Attributes): void
}
type Attributes = Readonly<Record<string, string | number | boolean>>
type Make = (name: string, options: { unit: string; description: string }) => Instrument

interface MetricsApi {
  metrics: {
    getMeter(name: string): Record<'createCounter' | 'createUpDownCounter' | 'createHistogram', Make>
  }
}
interface LogsApi {
  logs: { getLogger(name: string): { emit(record: Readonly<Record<string, unknown>>): void } }
}

const SCOPE = 'why1006'
/** Until the packages are loaded. */
const MOST_WAITING = 1000

export function openTelemetry(): Output {
  let waiting: InstrumentEvent[] | undefined = []
  let outputs: Output[] = []
  const load = async () => {
    outputs = (await Promise.all([metrics(), logs()])).filter((output) => output !== undefined)
    for (const event of waiting ?? []) for (const output of outputs) output(event)
    waiting = undefined
  }
  void load()
  return (event) => {
    if (waiting === undefined) for (const output of outputs) output(event)
    else if (waiting.length < MOST_WAITING) waiting.push(event)
  }
}

async function metrics(): Promise<Output | undefined> {
  const api = await load<MetricsApi>('@opentelemetry/api')
  if (api === undefined) return undefined
  const meter = api.metrics.getMeter(SCOPE)
  const make = (kind: keyof typeof meter, name: string, unit: string, description: string) =>
    meter[kind](name, { unit, description })
  const open = make(
    'createUpDownCounter',
    'websocket.connections.open',
    '{connection}',
    'WebSockets that are open',
  )
  const ended = make('createCounter', 'websocket.connections.closed', '{connection}', 'WebSockets that ended')
  const refused = make(
    'createCounter',
    'websocket.handshakes.refused',
    '{handshake}',
    'Handshakes without a 101',
  )
  const missed = make('createCounter', 'websocket.pongs.missed', '{pong}', 'Pings that were never answered')
  const age = make(
    'createHistogram',
    'websocket.connection.duration',
    's',
    'Age of WebSockets when they ended',
  )
  const rtt = make('createHistogram', 'websocket.ping.duration', 's', 'Round trips of pings')
  return (event) => {
    const common = { 'url.path': event.endpoint }
    if (event.kind === 'accepted') open.add(1, common)
    else if (event.kind === 'rejected')
      refused.add(1, { ...common, ...(event.status && { 'http.response.status_code': event.status }) })
    else if (event.kind === 'heartbeat') rtt.record(event.rtt_ms / 1000, common)
    else if (event.kind === 'disconnected') {
      open.add(-1, common)
      ended.add(1, { ...common, ...closing(event) })
      age.record(event.duration_ms / 1000, common)
      if (event.missed_pongs > 0) missed.add(event.missed_pongs, common)
    }
  }
}

const closing = ({ close_code, initiator }: DisconnectedEvent): Attributes => ({
  'websocket.close.code': close_code,
  'websocket.close.initiator': initiator,
})

async function logs(): Promise<Output | undefined> {
  const api = await load<LogsApi>('@opentelemetry/api-logs')
  if (api === undefined) return undefined
  const logger = api.logs.getLogger(SCOPE)
  return (event) => {
    if (event.kind === 'heartbeat') return
    const { kind, at, ...attributes } = event
    const isBad = kind === 'rejected' || kind === 'pong_timeout'
    logger.emit({
      eventName: `websocket.${kind}`,
      timestamp: at * 1000,
      severityNumber: isBad ? 13 : 9,
      severityText: isBad ? 'WARN' : 'INFO',
      attributes,
    })
  }
}

async function load<Api>(name: string): Promise<Api | undefined> {
  try {
    return (await import(name)) as Api
  } catch {
    return undefined
  }
}
