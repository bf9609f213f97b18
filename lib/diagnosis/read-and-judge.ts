/**
 * From what was brought to a verdict: the one way for foreign material, whoever brings it. Pure, and made to run
 * where nobody waits for anything else: in a thread of the server, in a worker of the page.
 */
import type { Judged } from '#lib/diagnosis/compare/changes.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { LargeLogs } from '#lib/intake/large-log.ts'
import { recognizedIn, type SourceReading } from '#lib/intake/pieces.ts'
import { readBrought, type Source } from '#lib/intake/read.ts'

/** An evidence document, text that is still to be read, or both about the same connection. */
export type Brought = {
  readonly evidence?: Evidence | undefined
  readonly text?: string | undefined
  /** Files beside the text. */
  readonly files?: readonly Source[] | undefined
  /** Logs too large to be read as text, as far as they were read. */
  readonly scanned?: LargeLogs | undefined
}

/** What was made of a text. */
export type Reading = {
  /** In words: "36 log lines", "2 console messages". */
  recognised: string[]
  /** The first lines that were not understood. */
  unread: string[]
  unread_count: number
  /** Piece by piece. */
  read: SourceReading[]
}

/** @param before what is known of the connection already, with its secrets masked */
export function readAndJudge(
  { evidence, text, files = [], scanned }: Brought,
  before?: Evidence,
): Judged & { reading?: Reading } {
  // Before anything walks through it: masking also cuts off what is nested too deep.
  const own = maskEvidence(evidence ?? {})
  const given = scanned ? mergeEvidence(own, maskEvidence(scanned.evidence)) : own
  const sources = [...(text ? [{ file: 'paste', text }] : []), ...files]
  const read = sources.length > 0 ? readBrought(sources) : undefined
  const brought = read ? mergeEvidence(given, maskEvidence(read.evidence)) : given
  const all = before ? mergeEvidence(before, brought) : brought
  return {
    evidence: all,
    report: diagnose(all),
    ...((read ?? scanned) && { reading: readingOf([...(scanned?.read ?? []), ...(read?.read ?? [])]) }),
  }
}

function readingOf(given: readonly SourceReading[]): Reading {
  // What was not understood may hold secrets as well.
  const read = given.map((source) => ({
    ...source,
    unread: source.unread.map(({ line, text }) => ({ line, text: maskText(text) })),
  }))
  return {
    recognised: recognizedIn(read),
    unread: read.flatMap(({ unread }) => unread.map(({ text }) => text)),
    unread_count: read.reduce((sum, { unread_count }) => sum + unread_count, 0),
    read,
  }
}
