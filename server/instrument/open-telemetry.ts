/**
 * Events for OpenTelemetry: log events where its logs API is there, and metrics. Both packages are the application's;
 * without them nothing happens.
 */
import type { InstrumentEvent, Output } from '#server/instrument/event.ts'
import { type LogsApi, logs } from '#server/instrument/open-telemetry/logs.ts'
import { type MetricsApi, metrics } from '#server/instrument/open-telemetry/metrics.ts'

/** Until the packages are loaded. */
const MOST_WAITING = 1000

export function openTelemetry(): Output {
  let waiting: InstrumentEvent[] | undefined = []
  let outputs: Output[] = []
  const begin = async () => {
    outputs = [
      ...withApi(await load<MetricsApi>('@opentelemetry/api'), metrics),
      ...withApi(await load<LogsApi>('@opentelemetry/api-logs'), logs),
    ]
    const early = waiting ?? []
    waiting = undefined
    for (const event of early) for (const output of outputs) output(event)
  }
  // Whatever we fail at must not become the application's failure.
  begin().catch(() => {})
  return (event) => {
    if (waiting === undefined) for (const output of outputs) output(event)
    else if (waiting.length < MOST_WAITING) waiting.push(event)
  }
}

const withApi = <Api>(api: Api | undefined, outputOf: (api: Api) => Output): Output[] =>
  api === undefined ? [] : [outputOf(api)]

async function load<Api>(name: string): Promise<Api | undefined> {
  try {
    return (await import(name)) as Api
  } catch {
    return undefined
  }
}
