/** Every cause is heard: what speaks for it, and how it stands against what speaks for the others. */
import { suspectedBy } from '#lib/diagnosis/configuration.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Candidate, OpenFinding } from '#lib/diagnosis/standing.ts'
import { tempered } from '#lib/diagnosis/temper.ts'
import { type Ending, type EndingKind, UNOPENED } from '#lib/facts/ending/ending.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, type Cause, type Finding, type Signal, say } from '#lib/playbook/cause.ts'
import { worksWithoutCompression, worksWithoutHttp2 } from '#lib/playbook/weighing/client-side.ts'
import { sentence } from '#lib/text/foreign.ts'

export type Hearing = {
  candidates: Candidate[]
  ruledOut: { cause: Cause; because: Because[] }[]
  unknown: Cause[]
  failed: Report['failed_checks']
}

export function hear(facts: Facts, causes: readonly Cause[]): Hearing {
  const hearing: Hearing = { candidates: [], ruledOut: [], unknown: [], failed: [] }
  const fail = (cause: Cause, error: unknown) =>
    hearing.failed.push({
      cause: cause.id,
      error: sentence`${error instanceof Error ? error.message : String(error)}`,
    })
  const signals = signalsOf(facts, causes, fail)
  const readings = readingsOf(facts)
  const rivals = new Map(readings.map((reading) => [reading, rivalsIn(reading, signals)]))
  for (const cause of causes) {
    const own = signals.get(cause)
    if (own === undefined) continue
    if (isOpenQuestion(facts.ending, cause)) {
      const suspected = suspectedBy(facts, cause) ?? curedBy(facts, cause)
      if (suspected) hearing.candidates.push({ cause, finding: suspected })
      else hearing.unknown.push(cause)
      continue
    }
    const fitting = isBeforeServer(facts.ending, cause)
      ? []
      : readings.filter((reading) => explains(cause, reading))
    if (fitting.length === 0) {
      hearing.ruledOut.push({ cause, because: facts.ending.because })
      continue
    }
    try {
      const heard = best(
        fitting.map((reading) => {
          const others = rivals.get(reading)?.filter((rival) => rival.cause !== cause) ?? []
          return cause.test(reading.facts, { own, others: others.map(({ signal }) => signal) })
        }),
      )
      const found = tempered(heard, cause, facts)
      const isOpen = found.is === 'unknown' || found.is === 'possible'
      const finding = (isOpen && suspectedBy(facts, cause)) || found
      if (finding.is === 'unknown') hearing.unknown.push(cause)
      else if (finding.is === 'ruled-out') hearing.ruledOut.push({ cause, because: finding.because })
      else hearing.candidates.push({ cause, finding })
    } catch (error) {
      fail(cause, error)
    }
  }
  return hearing
}

/** What a handler that gets no data does: it refuses, it closes with 1011, or it hangs up. */
const STORE_BEHIND = ['server-error', 'internal-error', 'backend-dropped']

/** Somebody switched off what the cause is about, and the fault was gone, or the server says it of itself: that speaks whatever end was seen. */
function curedBy(facts: Facts, { id }: Cause): OpenFinding | undefined {
  const stalled = id === 'server-stalled' && facts.told.server.find(({ means }) => means === 'stalled')
  if (stalled) return { is: 'possible', because: [say(stalled.detail, stalled.from)], weight: 0.5 }
  const failed = STORE_BEHIND.includes(id) && facts.told.server.find(({ isOfStore }) => isOfStore)
  if (failed) return { is: 'possible', because: [say(failed.detail, failed.from)], weight: 0.5 }
  const because =
    id === 'compression-error'
      ? worksWithoutCompression(facts)
      : id === 'http2-websocket'
        ? worksWithoutHttp2(facts)
        : undefined
  return because && { is: 'likely', because: [because], weight: 0.85 }
}

/** What speaks for each cause; without those that could not say. */
function signalsOf(
  facts: Facts,
  causes: readonly Cause[],
  fail: (cause: Cause, error: unknown) => void,
): Map<Cause, readonly Signal[]> {
  const signals = new Map<Cause, readonly Signal[]>()
  for (const cause of causes) {
    try {
      signals.set(cause, cause.signals?.(facts) ?? [])
    } catch (error) {
      fail(cause, error)
    }
  }
  return signals
}

/** Nobody saw the end, and the cause could be its reason. */
function isOpenQuestion({ kind }: Ending, cause: Cause): boolean {
  if (kind === 'unseen') return true
  return kind === 'opened' && cause.endings.some((ending) => !UNOPENED.includes(ending))
}

/** A server that tells of a connection has it: what fails before it is reached is none of its words. */
const isBeforeServer = ({ kind, seenBy }: Ending, { stage }: Cause): boolean =>
  kind === 'lost' && seenBy === 'server' && ['page', 'dns', 'tcp', 'tls'].includes(stage)

/** One way to read the ending. */
type Reading = { facts: Facts; kinds: readonly EndingKind[] }

/** An ending that leaves open which of several it was is read as each of them. */
function readingsOf(facts: Facts): Reading[] {
  const as = (kind: 'unopened' | 'dropped', ...kinds: EndingKind[]): Reading => ({
    facts: { ...facts, ending: { ...facts.ending, kind } },
    kinds,
  })
  switch (facts.ending.kind) {
    case 'refused':
      return [as('unopened', 'answered', 'refused-101')]
    case 'lost':
      return [as('unopened', 'unopened'), as('dropped', 'dropped')]
    default:
      return [{ facts, kinds: [facts.ending.kind] }]
  }
}

const explains = (cause: Cause, { kinds }: Reading): boolean =>
  kinds.some((kind) => cause.endings.includes(kind))

/** The signals of causes that stand by themselves: one that is ruled out whatever speaks for it is no rival. */
function rivalsIn(
  reading: Reading,
  signals: ReadonlyMap<Cause, readonly Signal[]>,
): { cause: Cause; signal: Signal }[] {
  return [...signals].flatMap(([cause, own]) => {
    if (own.length === 0 || !explains(cause, reading) || isRefuted(cause, reading, own)) return []
    return own.map((signal) => ({ cause, signal }))
  })
}

function isRefuted(cause: Cause, { facts }: Reading, own: readonly Signal[]): boolean {
  try {
    return cause.test(facts, { own, others: [] }).is === 'ruled-out'
  } catch {
    // The hearing says so.
    return false
  }
}

const STANDING = { proven: 4, likely: 3, possible: 2, unknown: 1, 'ruled-out': 0 } satisfies Record<
  Finding['is'],
  number
>

/** A cause stands as well as under the reading that fits it best. */
const best = (findings: readonly Finding[]): Finding =>
  findings.reduce((a, b) => (STANDING[b.is] > STANDING[a.is] ? b : a))
