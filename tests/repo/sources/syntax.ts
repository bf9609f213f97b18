/** What the product's files say, as swc reads them. Once a process: it takes longer than most that is asked of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDERS = ['app', 'components', 'lib', 'server']

export type Node = Readonly<Record<string, unknown>>

export interface Source {
  /** `lib/words/program.ts`. */
  readonly file: string
  readonly text: string
  readonly body: unknown
  /** The line of a node, from 1. */
  lineOf(node: Node): number
}

let sources: readonly Source[] | undefined

export function readSources(): readonly Source[] {
  sources ??= FOLDERS.flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:tsx?|js)$/.test(file))
      .map((file) => `${folder}/${file}`),
  )
    .sort()
    .map(read)
  return sources
}

const FIRST_TOKEN = ';'

function read(file: string): Source {
  const text = readFileSync(ROOT + file, 'utf8')
  // Positions count from the first token on, which has to be the first of the file.
  const { body, span } = parseSync(FIRST_TOKEN + text, { syntax: 'typescript', tsx: file.endsWith('x') })
  return {
    file,
    text,
    body,
    // Positions are in bytes.
    lineOf: (node) =>
      Buffer.from(FIRST_TOKEN + text)
        .subarray(0, (node.span as { start: number }).start - span.start)
        .toString()
        .split('\n').length,
  }
}
