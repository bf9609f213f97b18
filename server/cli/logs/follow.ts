/** Reads a growing file across rotation, like `tail -F`: by its inode and size. */
import { open, stat } from 'node:fs/promises'
import type { ScannedFile } from '#lib/logs/scanner.ts'

export interface Tail {
  /** Reads what was appended since the last time, at first everything; true if there was something. */
  poll(): Promise<boolean>
  /** Gives an unfinished last line. */
  end(): void
}

const PIECE_BYTES = 256 << 10

/**
 * A new inode or a smaller size means a rotation: the new file is read from its beginning. A file that is missing
 * for a while is waited for.
 */
export function createTail(path: string, into: ScannedFile): Tail {
  const buffer = new Uint8Array(PIECE_BYTES)
  let inode: number | undefined
  let position = 0

  async function readTo(size: number): Promise<void> {
    const file = await open(path, 'r')
    try {
      while (position < size) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - position), position)
        if (bytesRead === 0) return
        position += bytesRead
        into.push(buffer.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  }

  return {
    async poll() {
      const now = await stat(path).catch(() => undefined)
      if (now === undefined) return false
      if (inode !== undefined && (now.ino !== inode || now.size < position)) {
        into.end()
        position = 0
      }
      inode = now.ino
      if (now.size <= position) return false
      await readTo(now.size)
      return true
    },
    end: () => into.end(),
  }
}
