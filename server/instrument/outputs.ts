/** Where the events go. Each output may fail without the others, and without the application, noticing. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { formatLine } from '#lib/protocol/log-line.ts'
import type { InstrumentEvent, Output } from '#server/instrument/event.ts'
import { openTelemetry } from '#server/instrument/open-telemetry.ts'
import { sender } from '#server/instrument/sender.ts'

export interface OutputOptions {
  /** `[WS_DIAGNOSTICS]` lines on stdout, as text (the default) or JSON. */
  readonly log?: 'text' | 'json' | false | undefined
  /** Given each event. */
  readonly onEvent?: ((event: InstrumentEvent) => void) | undefined
  /** The base URL of a Why1006, such as `http://localhost:9000`; the default is `WHY1006_URL`. */
  readonly url?: string | undefined
  /** What that Why1006 asks for; the default is `WHY1006_TOKEN`. */
  readonly token?: string | undefined
  /** Metrics and log events, where the application has `@opentelemetry/api`; the default is true. */
  readonly openTelemetry?: boolean | undefined
}

/** @internal */
export interface Outputs {
  readonly output: Output
  /** Resolves when what waits is sent, or could not be. */
  flush(): Promise<void>
}

/** @internal */
export function outputsOf(options: OutputOptions): Outputs {
  const { log = 'text', onEvent, url = process.env.WHY1006_URL, token = process.env.WHY1006_TOKEN } = options
  const outputs: Output[] = []
  if (log !== false) outputs.push(lineWriter(log))
  if (onEvent !== undefined) outputs.push(onEvent)
  const toWhy1006 = url ? sender({ url, token }) : undefined
  if (toWhy1006) outputs.push(toWhy1006.output)
  if (options.openTelemetry !== false) outputs.push(openTelemetry())
  return {
    output: (event) => {
      for (const output of outputs) {
        try {
          output(event)
        } catch {
          // The next output still has it.
        }
      }
    },
    flush: async () => toWhy1006?.flush(),
  }
}

/** Heartbeats are no lines: a thousand connections would write one each few milliseconds. */
const lineWriter =
  (format: 'text' | 'json'): Output =>
  (event) => {
    if (event.kind === 'heartbeat') return
    const known: DiagnosticEvent = { ...event }
    process.stdout.write(`${format === 'json' ? JSON.stringify(known) : formatLine(known)}\n`)
  }
