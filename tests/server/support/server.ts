/** A whole server without pages on a free port, with its journal at hand. */
import type { DiagnosticEvent, EventKind, EventOf } from '#lib/protocol/events.ts'
import { type App, type AppOptions, createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { createJudge } from '#server/reports/judge.ts'

export interface TestServer {
  readonly app: App
  readonly journal: Journal
  readonly port: number
  /** The origin of its own pages. */
  readonly origin: string
  /** Resolves with the first event of the kind with this trace, already there or still to come. */
  event<K extends EventKind>(kind: K, trace: string): Promise<EventOf<K>>
  /** What was recorded with this trace so far, in order. */
  kinds(trace: string): readonly EventKind[]
}

/** One a process, as in the product: its thread loads all that judges, which takes longer than most tests. */
const judge = createJudge()

export async function startServer(
  environment: Record<string, string> = {},
  lab: NonNullable<AppOptions['lab']> = {},
  options: Pick<
    AppOptions,
    'handshakeTimeoutMs' | 'judge' | 'probe' | 'reports' | 'through' | 'watches' | 'webhook'
  > = {},
): Promise<TestServer> {
  const result = readConfig({ PORT: '0', HOST: '127.0.0.1', ...environment })
  if (!result.ok) throw new Error(result.problems.join('\n'))
  const journal = createMemoryJournal({ capacity: 10_000, instance: 'test' })
  const events: DiagnosticEvent[] = []
  const waiting = new Set<() => void>()
  journal.subscribe((records) => {
    events.push(...records.map(({ event }) => event))
    for (const look of waiting) look()
  })
  const app = await createApp({ config: result.config, journal, version: 'test', lab, judge, ...options })
  const traced = (trace: string) => events.filter((event) => 'trace' in event && event.trace === trace)

  return {
    app,
    journal,
    port: app.site.port,
    origin: `http://localhost:${app.site.port}`,
    event: <K extends EventKind>(kind: K, trace: string) =>
      new Promise<EventOf<K>>((resolve) => {
        const look = () => {
          const found = traced(trace).find((event): event is EventOf<K> => event.kind === kind)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    kinds: (trace) => traced(trace).map(({ kind }) => kind),
  }
}
