/** What a command is told to read: a file, or standard input where its name is `-`. */

import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { type Sentence, sentenceOf } from '#lib/text/foreign.ts'
import type { Io } from '#server/cli/io.ts'
import { plainText } from '#server/cli/plain-text.ts'
import { FileTooLargeError, readRegularBytes } from '#server/cli/regular-file.ts'

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  ENOTDIR: 'There is no such file',
  EISDIR: 'It is a directory; give a file in it',
  EACCES: 'This user cannot read it',
}

/** Of an error that lists what is wrong with a document. */
const MOST_CHARACTERS = 4000

/** In words and on one line; whoever prints it says the file's name before. */
export function problemOf(error: unknown): Sentence {
  if (!(error instanceof Error)) return sentenceOf(String(error))
  const known = 'code' in error ? FILE_PROBLEMS[String(error.code)] : undefined
  return sentenceOf(known ?? error.message, MOST_CHARACTERS)
}

/** The same as `readText`, or the whole of standard input. */
export function readInput(file: string, io: Io, mostBytes: number): Promise<string> {
  return file === '-' ? collect(io.stdin, mostBytes) : readText(file, mostBytes)
}

/**
 * A file's whole text, unpacked where gzip packed it. It may be a pipe, such as the shell's `<(nginx -T)`.
 * @throws the system's error, or one that says that there is more than `mostBytes`; `problemOf` words both
 */
export async function readText(file: string, mostBytes: number): Promise<string> {
  const stats = await stat(file)
  if (stats.isFIFO()) return collect(createReadStream(file), mostBytes)
  const bytes = stats.isDirectory() ? await readFile(file) : readRegularBytes(file, mostBytes)
  if (bytes === undefined) throw new Error('It is a device or a file of the kernel; give one that holds text')
  return plainText(bytes, mostBytes)
}

async function collect(stream: AsyncIterable<Uint8Array | string>, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > mostBytes) throw new FileTooLargeError(mostBytes)
    chunks.push(piece)
  }
  return plainText(Buffer.concat(chunks), mostBytes)
}
