/** Log files as lines: opened, packed or not, and split by hand, so that an endless line is cut and not collected. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LONGEST_LINE } from '#lib/logs/line.ts'

export type OpenedLog = {
  stream: Readable
  packed: boolean
  /** For stamps without a year: the year of the file's last change. */
  year: number
}

/**
 * Packed or not is decided by the first bytes: rotation packs files, and people rename them.
 * @throws the system's error when the file can't be read
 */
export async function openLog(path: string): Promise<OpenedLog> {
  const file = await open(path, 'r')
  try {
    const [{ mtime }, packed] = [await file.stat(), await isPacked(file)]
    const raw = createReadStream(path)
    const stream = packed ? pipeline(raw, createGunzip(), () => {}) : raw
    return { stream, packed, year: mtime.getFullYear() }
  } finally {
    await file.close()
  }
}

async function isPacked(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const head = Buffer.alloc(2)
  // A pipe has no positions; reading from it here would lose its first bytes.
  if (!(await file.stat()).isFile()) return false
  const { bytesRead } = await file.read(head, 0, 2, 0)
  return bytesRead === 2 && head[0] === 0x1f && head[1] === 0x8b
}

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
