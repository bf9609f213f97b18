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
  /** Known, and harmless: a stack trace, a start-up message. */
  | 'noise'

export type Piece = {
  kind: PieceKind
  /** An id of the phrasebook, a proxy's or a log format's name. */
  program?: string
  /** First and last line, counted from 1. */
  lines: [number, number]
  /** What it says, in one sentence. */
  says: string
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
  let unreadCount = 0
  return {
    add(piece: Piece): void {
      const last = pieces.at(-1)
      const continues =
        last !== undefined &&
        last.kind === piece.kind &&
        last.program === piece.program &&
        last.says === piece.says &&
        piece.lines[0] <= last.lines[1] + 2
      if (continues) last.lines[1] = Math.max(last.lines[1], piece.lines[1])
      else if (pieces.length < MOST_PIECES) pieces.push(piece)
    },
    miss(line: number, text: string): void {
      unreadCount++
      if (unread.length < MOST_UNREAD) unread.push({ line, text: text.trim().slice(0, UNREAD_LENGTH) })
    },
    read: (): SourceReading => ({ file, pieces, unread, unread_count: unreadCount }),
  }
}

export type Pieces = ReturnType<typeof createPieces>

const MOST_PIECES = 200
const MOST_UNREAD = 20
const UNREAD_LENGTH = 200
