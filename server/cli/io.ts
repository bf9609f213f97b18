/** What a command talks to, passed in so that tests need no process. */

import type { Readable } from 'node:stream'
import { visible } from '#lib/text/foreign.ts'

export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Only the command's result: it is piped. */
  readonly stdout: TextSink
  /** Progress and errors. */
  readonly stderr: TextSink
  /**
   * Aborted by Ctrl-C or SIGTERM: say what is known and end. Only a command that waits for others asks for it; one
   * that computes leaves it alone, and is then ended by the signal itself.
   */
  readonly signal: AbortSignal
}

export interface TextSink {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A document on a line of its own: JSON reads the escapes back as what they stand for. */
export const jsonLine = (document: unknown): string => `${visible(JSON.stringify(document))}\n`

/** Colour for people at a terminal who have not asked for none (no-color.org). */
export const hasColour = (sink: TextSink): boolean => sink.isTTY === true && !process.env.NO_COLOR

/** Resolves when the command is interrupted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
