/** Reads a growing file across rotation, like `tail -F`: by its inode and size. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createLineSplitter } from '#server/cli/logs/lines.ts'

export interface Tail {
  /** Reads what was appended since the last time, at first everything; true if there was something. */
  poll(): Promise<boolean>
  /** Gives an unfinished last line. */
  end(): void
}

/**
 * A new inode or a smaller size means a rotation: the new file is read from its beginning. A file that is missing
 * for a while is waited for.
 */
export function createTail(path: string, onLine: (line: string) => void): Tail {
  const splitter = createLineSplitter(onLine)
  const decoder = new TextDecoder()
  let inode: number | undefined
  let position = 0
  return {
    async poll() {
      const now = await stat(path).catch(() => undefined)
      if (now === undefined) return false
      if (inode !== undefined && (now.ino !== inode || now.size < position)) {
        splitter.end()
        position = 0
      }
      inode = now.ino
      if (now.size <= position) return false
      const stream = createReadStream(path, { start: position, end: now.size - 1 })
      for await (const chunk of stream) splitter.push(decoder.decode(chunk as Buffer, { stream: true }))
      position = now.size
      return true
    },
    end: () => splitter.end(),
  }
}
