/** What a log says, as a document: counts, the three histograms with known timers, and a report for each trouble. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Bins, type Histograms, histogramsOfReading, timelineOf } from '#lib/diagnosis/log-histograms.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import type { Pattern } from '#lib/logs/lifetimes.ts'
import type { LogSummary } from '#lib/logs/summary.ts'
import { type TroubleGroup, typicalOf } from '#lib/logs/trouble.ts'
import { troubleWords } from '#lib/logs/trouble-words.ts'
import { candidatesFor, namesOf } from '#lib/playbook/intermediaries/candidates.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** Names in snake case, because the document is what `why1006 logs --json` prints. */
export type LogReport = {
  lines: number
  understood: number
  formats: Record<string, number>
  /** Connections that ended or were refused; several files' lines about one count once. */
  connections: number
  still_open: number
  /** Close codes and how often; null where no line states one. */
  closes: Record<string, number> | null
  /** HTTP status of refused handshakes and how often. */
  refused: Record<string, number>
  histograms: Histograms
  /** The largest first, 50 of them at most. */
  troubles: TroubleReport[]
  /** Beyond those; their connections are `dropped`. */
  troubles_left_out: number
  /** Of the largest trouble, or of the log as a whole when there is none. */
  report: Report
  /** The first lines that no parser took. */
  unread: string[]
  /** Connections that were counted and not judged: those of the troubles that are left out. */
  dropped: number
  /** Connections beyond the path or the time that was asked about: in no figure. */
  left_out: number
  /** Lines about plain requests, known by their bytes: counted, and read no further. */
  skimmed: number
  /** Lines longer than 1 KiB about connections: read whole, quoted without their middle. */
  shortened: number
}

export type PatternReport =
  | { kind: 'none' }
  | {
      kind: 'idle' | 'lifetime'
      seconds: number
      /** From the smallest to the largest. */
      spread_seconds: number
      count: number
      of: number
      /** The other reading, where it fits as well. */
      or?: 'idle' | 'lifetime'
    }
  | {
      kind: 'reload' /** Epoch seconds. */
      moments: { at: number; count: number }[]
      count: number
      of: number
    }

/** A line of the log. Its number counts from 1; absent where it was not read from a file. */
export type ShownLine = { file?: string; number?: number; line: string }

export type TroubleReport = {
  what: Sentence
  connections: number
  pattern: PatternReport
  /** Whose default timers fit the pattern, the likeliest first. */
  known_timers: string[]
  histograms: Histograms
  /** When its connections ended; absent where no line names a time. */
  timeline?: Bins
  /** Some of the lines that show it, a typical connection's first. */
  lines: ShownLine[]
  report: Report
}

/** Each is a diagnosis of its own, and nobody reads so many. */
const MOST_TROUBLES = 50

/** @param config the nginx configuration that wrote them: its timers are judged with the lines */
export function judgeLogs(summary: LogSummary, config?: string): LogReport {
  const leftOut = summary.troubles.slice(MOST_TROUBLES)
  const troubles = summary.troubles
    .slice(0, MOST_TROUBLES)
    .map((group) => judgeTrouble(summary, group, config))
  return {
    lines: summary.lines,
    understood: summary.understood,
    formats: Object.fromEntries(summary.formats),
    connections: summary.counts.ended + summary.counts.refused,
    still_open: summary.counts.open,
    closes: summary.codes.size === 0 ? null : Object.fromEntries(summary.codes),
    refused: Object.fromEntries(summary.statuses),
    histograms: histogramsOfReading(summary.reading),
    troubles,
    troubles_left_out: leftOut.length,
    report: troubles[0]?.report ?? diagnose(withConfig(evidenceFromLogs(summary), config)),
    unread: summary.unread,
    dropped: connectionsOf(leftOut),
    left_out: summary.leftOut,
    skimmed: summary.skimmed,
    shortened: summary.shortened,
  }
}

const connectionsOf = (groups: readonly TroubleGroup[]): number =>
  groups.reduce((sum, { count }) => sum + count, 0)

/** What is larger is more than one configuration. */
const LONGEST_CONFIG = 1_000_000

function withConfig(evidence: Evidence, config: string | undefined): Evidence {
  const kind = evidence.proxy?.kind ?? 'nginx'
  if (config === undefined || config.length > LONGEST_CONFIG || kind !== 'nginx') return evidence
  return { ...evidence, proxy: { ...evidence.proxy, kind, config } }
}

function judgeTrouble(summary: LogSummary, group: TroubleGroup, config?: string): TroubleReport {
  const { pattern } = group.picture
  const timeline = timelineOf(group.reading)
  return {
    what: sentence`${troubleWords(group.trouble)}`,
    connections: group.count,
    pattern: patternReport(pattern),
    // Where a line names who cut, guessing would only blur it.
    known_timers: group.trouble.kind === 'cut' ? [] : knownTimers(pattern),
    histograms: histogramsOfReading(group.reading),
    ...(timeline && { timeline }),
    lines: linesOf(group),
    report: diagnose(withConfig(evidenceFromLogs(summary, group), config)),
  }
}

const MOST_SHOWN = 5

/** Those of a typical connection, and of others evenly chosen. */
function linesOf(group: TroubleGroup): ShownLine[] {
  const typical = typicalOf(group)
  const others = group.connections.filter((connection) => connection !== typical)
  const step = Math.max(1, Math.floor(others.length / MOST_SHOWN))
  const chosen = others.filter((_, index) => index % step === 0)
  return [...(typical ? [typical] : []), ...chosen]
    .flatMap(({ access, told, notices = [] }) => [
      ...(access ? [access] : []),
      ...notices,
      ...(told ? [told] : []),
    ])
    .slice(0, MOST_SHOWN)
    .map(({ line, place }) => ({ ...place, line }))
}

function patternReport(pattern: Pattern): PatternReport {
  if (pattern.kind === 'none') return pattern
  if (pattern.kind === 'reload') {
    const { moments, count, of } = pattern
    return {
      kind: 'reload',
      moments: moments.map(({ atMs, count }) => ({ at: atMs / 1000, count })),
      count,
      of,
    }
  }
  const { valueMs, spreadMs, count, of } = pattern.cluster
  return {
    kind: pattern.kind,
    seconds: valueMs / 1000,
    spread_seconds: spreadMs / 1000,
    count,
    of,
    ...(pattern.or && { or: pattern.or }),
  }
}

/** Names of those whose timer has the length of the pattern; of both kinds where both readings fit. */
function knownTimers(pattern: Pattern): string[] {
  if (pattern.kind !== 'idle' && pattern.kind !== 'lifetime') return []
  const seconds = pattern.cluster.valueMs / 1000
  const kinds = pattern.or === undefined ? [pattern.kind] : [pattern.kind, pattern.or]
  return namesOf(kinds.flatMap((kind) => candidatesFor({ kind, seconds })))
}
