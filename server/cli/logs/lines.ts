/** Lines of a stream, split by hand: a line longer than any parser reads is cut, not collected. */
import type { Readable } from 'node:stream'
import { LONGEST_LINE } from '#lib/logs/line.ts'

/**
 * Takes chunks of text, gives whole lines; `end` gives an unfinished last line. What is beyond the longest line is
 * dropped up to the next line break, and one character more than the bound is kept, so that a parser refuses it.
 */
export function createLineSplitter(onLine: (line: string) => void) {
  let rest = ''
  const hold = (text: string) => {
    if (rest.length <= LONGEST_LINE) rest += text.slice(0, LONGEST_LINE + 1 - rest.length)
  }
  return {
    push(chunk: string): void {
      let from = 0
      for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', from)) {
        hold(chunk.slice(from, at))
        onLine(rest)
        rest = ''
        from = at + 1
      }
      hold(chunk.slice(from))
    },
    end(): void {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}

/** Reads a stream of UTF-8 to its end or until the signal; a byte order mark is no part of the first line. */
export async function readLines(
  stream: Readable,
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder()
  const splitter = createLineSplitter(onLine)
  const stop = () => stream.destroy()
  signal?.addEventListener('abort', stop)
  try {
    for await (const chunk of stream) splitter.push(decoder.decode(chunk as Buffer, { stream: true }))
  } catch (error) {
    // Destroyed by the signal: what was read counts.
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    splitter.push(decoder.decode())
    splitter.end()
  }
}
