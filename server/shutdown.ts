/** What ends the process: a signal, or an error that nobody handled. */
import type { Journal } from '#server/journal/journal.ts'

/** The contract is 5 seconds, whatever the clients do. */
const hardStopMs = 4000

export interface ShutdownOptions {
  readonly journal: Journal
  /** Ends everything in order; the process exits when it settles, and after 4.5 s at the latest. */
  readonly stop: () => Promise<void>
  /** Writes what is still to be said, in bounded time. */
  readonly flush: () => Promise<void>
  readonly say: (line: string) => void
}

/**
 * SIGTERM and SIGINT drain and exit with 0. Further signals change nothing: a terminal sends Ctrl+C to the
 * whole group while the parent passes it on, so one key press arrives here twice.
 *
 * After an uncaught exception nobody knows what state the process is in (Node's own advice), so it drains
 * and exits with 1, and a supervisor starts a fresh one. A rejection that nobody awaited has left no frame
 * half run: it is recorded, and the sockets stay.
 */
export function endWithProcess(options: ShutdownOptions): void {
  let ending = false

  const end = (exitCode: number) => {
    if (ending) return
    ending = true
    const exit = () => options.flush().finally(() => process.exit(exitCode))
    setTimeout(exit, hardStopMs)
    options.stop().then(exit, exit)
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!ending) options.say(`${signal}: closing connections`)
      end(0)
    })
  }
  process.on('uncaughtException', (error) => {
    record('uncaught-exception', error)
    options.say(`Stopping after an unhandled error: ${error.stack ?? error.message}`)
    end(1)
  })
  process.on('unhandledRejection', (reason) => record('unhandled-rejection', reason))

  const record = (code: string, reason: unknown) =>
    options.journal.append({ kind: 'error', code, message: describe(reason) })
}

function describe(reason: unknown): string {
  return String(reason instanceof Error ? (reason.stack ?? reason.message) : reason).slice(0, 2000)
}
