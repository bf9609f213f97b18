/**
 * What a dashboard draws. No attribute has a value that a stranger can make up, such as a path or a code of an
 * application: each would be a series of its own.
 */
import type { DisconnectedEvent, InstrumentEvent, Output } from '#server/instrument/event.ts'
import { type Attributes, roleOf } from '#server/instrument/open-telemetry/attributes.ts'

interface Options {
  readonly unit: string
  readonly description: string
  readonly advice?: { readonly explicitBucketBoundaries: number[] }
}

interface Meter {
  createUpDownCounter(name: string, options: Options): { add(value: number, attributes: Attributes): void }
  createCounter(name: string, options: Options): { add(value: number, attributes: Attributes): void }
  createHistogram(name: string, options: Options): { record(value: number, attributes: Attributes): void }
}

/** What is used of `@opentelemetry/api`. */
export interface MetricsApi {
  metrics: { getMeter(name: string): Meter }
}

export function metrics(api: MetricsApi): Output {
  const meter = api.metrics.getMeter('why1006')
  const active = meter.createUpDownCounter('websocket.active_connections', {
    unit: '{connection}',
    description: 'WebSockets that are open',
  })
  const duration = meter.createHistogram('websocket.connection.duration', {
    unit: 's',
    description: 'Age of WebSockets when they ended',
    advice: { explicitBucketBoundaries: [1, 5, 10, 30, 60, 120, 300, 900, 1800, 3600, 14_400, 86_400] },
  })
  const refused = meter.createCounter('websocket.handshake.refused', {
    unit: '{handshake}',
    description: 'Handshakes that were not answered with 101',
  })
  const roundTrip = meter.createHistogram('websocket.ping.duration', {
    unit: 's',
    description: 'Time from a ping to its pong',
    advice: {
      explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    },
  })
  const missed = meter.createCounter('websocket.ping.missed', {
    unit: '{ping}',
    description: 'Pings that were unanswered when their WebSocket ended',
  })
  return (event) => {
    const role = { 'websocket.role': roleOf(event) }
    if (event.kind === 'accepted') active.add(1, role)
    else if (event.kind === 'rejected') refused.add(1, { ...role, ...refusalOf(event) })
    else if (event.kind === 'heartbeat') roundTrip.record(event.rtt_ms / 1000, role)
    else if (event.kind === 'disconnected') {
      active.add(-1, role)
      duration.record(event.duration_ms / 1000, { ...role, ...endOf(event) })
      if (event.missed_pongs > 0) missed.add(event.missed_pongs, role)
    }
  }
}

const refusalOf = ({ status }: Extract<InstrumentEvent, { kind: 'rejected' }>): Attributes =>
  status === undefined
    ? { 'error.type': 'no_answer' }
    : { 'http.response.status_code': status, 'error.type': String(status) }

/** Of those that RFC 6455 §7.4.1 names there are few; which of the others comes is up to who sends it. */
const MOST_NAMED = 1015

const endOf = ({ close_code, initiator, socket_error }: DisconnectedEvent): Attributes => ({
  'websocket.close.initiator': initiator,
  ...((close_code <= MOST_NAMED || initiator === 'server') && { 'websocket.close.code': close_code }),
  ...(socket_error !== undefined && { 'error.type': socket_error }),
})
