/** Opens a log file, packed or not: rotation packs files and people rename them, so the first bytes decide. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export type OpenedLog = {
  stream: Readable
  packed: boolean
  /** For stamps without a year: the year of the file's last change. */
  year: number
}

/** @throws the system's error when the file can't be read */
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
