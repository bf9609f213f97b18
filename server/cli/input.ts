/** What a command is told to read: a file, or standard input where its name is `-`. */

import { readFile, stat } from 'node:fs/promises'
import { type Sentence, sentenceOf } from '#lib/text/foreign.ts'
import type { Io } from '#server/cli/io.ts'

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  ENOTDIR: 'There is no such file',
  EISDIR: 'It is a directory; give a file in it',
  EACCES: 'It may not be read by this user',
}

/** Of an error that lists what is wrong with a document. */
const MOST_CHARACTERS = 4000

/** In words and on one line; whoever prints it says the file's name before. */
export function problemOf(error: unknown): Sentence {
  if (!(error instanceof Error)) return sentenceOf(String(error))
  const known = 'code' in error ? FILE_PROBLEMS[String(error.code)] : undefined
  return sentenceOf(known ?? error.message, MOST_CHARACTERS)
}

/**
 * The whole text, as UTF-8.
 * @throws the system's error, or one that says that there is more than `mostBytes`; `problemOf` words both
 */
export async function readInput(file: string, io: Io, mostBytes: number): Promise<string> {
  const tooLarge = () => new Error(`larger than ${mostBytes / 1024 / 1024} MiB`)
  if (file !== '-') {
    if ((await stat(file)).size > mostBytes) throw tooLarge()
    return readFile(file, 'utf8')
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of io.stdin) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > mostBytes) throw tooLarge()
    chunks.push(piece)
  }
  return Buffer.concat(chunks).toString('utf8')
}
