/** Reading files whose names come from elsewhere: text that somebody wrote, and not more of it than was asked for. */
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'

/** What the kernel shows there is no text that anybody wrote: secrets of processes, devices, files without an end. */
const KERNELS = /^\/(?:proc|sys|dev)(?:\/|$)/

/** @param real without links */
export const isKernels = (real: string): boolean => KERNELS.test(real)

/**
 * A regular file's text as UTF-8; undefined where it is none: a folder, a pipe, a device, a file of the kernel's.
 * @throws the system's error, or a `FileTooLargeError`
 */
export const readRegularFile = (file: string, mostBytes: number): string | undefined =>
  readRegularBytes(file, mostBytes)?.toString('utf8')

/** The same, as the bytes that it holds. */
export function readRegularBytes(file: string, mostBytes: number): Buffer | undefined {
  const real = realpathSync(file)
  if (isKernels(real)) return undefined
  // A pipe without a writer would be waited for.
  const descriptor = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    if (!fstatSync(descriptor).isFile()) return undefined
    return readUpTo(descriptor, mostBytes)
  } finally {
    closeSync(descriptor)
  }
}

/** Whatever its size is said to be. */
function readUpTo(descriptor: number, mostBytes: number): Buffer {
  const chunks: Buffer[] = []
  let bytes = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024)
    const length = readSync(descriptor, chunk)
    if (length === 0) return Buffer.concat(chunks)
    bytes += length
    if (bytes > mostBytes) throw new FileTooLargeError(mostBytes)
    chunks.push(chunk.subarray(0, length))
  }
}

export class FileTooLargeError extends Error {
  constructor(mostBytes: number) {
    super(`It is larger than ${mostBytes / 1024 / 1024} MiB`)
    this.name = 'FileTooLargeError'
  }
}
