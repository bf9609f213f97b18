/** What a command talks to, passed in so that tests need no process. */
import type { Readable } from 'node:stream'

export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Only the command's result: it is piped. */
  readonly stdout: TextSink
  /** Progress and errors. */
  readonly stderr: TextSink
  /** Aborted by Ctrl-C or SIGTERM: say what is known and end. */
  readonly signal: AbortSignal
}

export interface TextSink {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}
