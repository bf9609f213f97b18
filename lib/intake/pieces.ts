import { type Sentence, sentence } from '#lib/text/foreign.ts'
/** What was made of each part of what a person brought: for people, and for `"read"` of `why1006 diagnose --json`. */

export type PieceKind =
  | 'url'
  | 'console'
  | 'client'
  | 'server-log'
  | 'access-log'
  | 'error-log'
  | 'configuration'
  | 'http'
  | 'transcript'
  | 'har'
  | 'evidence'
  | 'bundle'
  /** A person's own: where else it works or fails. */
  | 'comparison'
  /** Known, and harmless: a stack trace, a start-up message. */
  | 'noise'

export type Piece = {
  kind: PieceKind
  /** An id of the phrasebook, a proxy's or a log format's name. */
  program?: string
  /** First and last line, counted from 1. */
  lines: [number, number]
  /** How many lines or messages it has; absent for one. */
  count?: number
  /** What it says, in one sentence. */
  says: Sentence
}

export type SourceReading = {
  /** A file's name, or `paste`. */
  file: string
  pieces: Piece[]
  /** The first lines that were not understood, shortened. */
  unread: { line: number; text: string }[]
  unread_count: number
}

/** Pieces of one source: equal neighbours become one, and both lists are bounded. */
export function createPieces(file: string) {
  const pieces: Piece[] = []
  const unread: SourceReading['unread'] = []
  const beside: SourceReading['unread'] = []
  let unreadCount = 0
  let besideCount = 0
  let isTelling = false
  return {
    add(given: Omit<Piece, 'says'> & { says: string }): void {
      const piece = { ...given, says: sentence`${given.says}` }
      isTelling ||= piece.kind !== 'noise'
      const last = pieces.at(-1)
      const continues =
        last !== undefined &&
        last.kind === piece.kind &&
        last.program === piece.program &&
        last.says === piece.says &&
        piece.lines[0] <= last.lines[1] + 2
      if (continues) {
        last.lines[1] = Math.max(last.lines[1], piece.lines[1])
        last.count = (last.count ?? 1) + 1
      } else if (pieces.length < MOST_PIECES) pieces.push(piece)
    },
    miss(line: number, text: string): void {
      unreadCount++
      if (unread.length < MOST_UNREAD) unread.push(shortened(line, text))
    },
    /** The last that was added is nothing beside lines that tell; where there are none, nobody understood it. */
    wasBeside(line: number, text: string): void {
      besideCount++
      if (beside.length < MOST_UNREAD) beside.push(shortened(line, text))
    },
    read(): SourceReading {
      if (isTelling || besideCount === 0) return { file, pieces, unread, unread_count: unreadCount }
      const all = [...unread, ...beside].sort((a, b) => a.line - b.line).slice(0, MOST_UNREAD)
      return { file, pieces, unread: all, unread_count: unreadCount + besideCount }
    },
  }
}

export type Pieces = ReturnType<typeof createPieces>

const MOST_PIECES = 200
const MOST_UNREAD = 20
const UNREAD_LENGTH = 200

const shortened = (line: number, text: string) => ({ line, text: text.trim().slice(0, UNREAD_LENGTH) })

const NAMES = {
  'access-log': ['log line', 'log lines'],
  'error-log': ['log line', 'log lines'],
  'server-log': ['line of a server', 'lines of a server'],
  console: ['console message', 'console messages'],
  client: ['line of a client', 'lines of a client'],
  transcript: ['line of a transcript', 'lines of a transcript'],
  configuration: ['configuration', 'configurations'],
  http: ['HTTP exchange', 'HTTP exchanges'],
  har: ['HAR file', 'HAR files'],
  evidence: ['evidence document', 'evidence documents'],
  bundle: ['bundle', 'bundles'],
  url: ['address', 'addresses'],
  comparison: ['comparison', 'comparisons'],
} satisfies Record<Exclude<PieceKind, 'noise'>, [string, string]>

/** In words, each kind once, logs first: "36 log lines", "2 console messages". */
export function recognizedIn(read: readonly SourceReading[]): string[] {
  const pieces = read.flatMap((source) => source.pieces)
  const counts = new Map<string, { count: number; many: string }>()
  for (const [kind, [one, many]] of Object.entries(NAMES)) {
    const count = pieces
      .filter((piece) => piece.kind === kind)
      .reduce((sum, { count = 1 }) => sum + count, counts.get(one)?.count ?? 0)
    if (count > 0) counts.set(one, { count, many })
  }
  return Array.from(counts, ([one, { count, many }]) => `${count} ${count === 1 ? one : many}`)
}
