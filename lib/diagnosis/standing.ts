/** How the causes that stay possible stand to each other. */
import type { Because, Cause, Certainty, Finding } from '#lib/playbook/cause.ts'

export type OpenFinding = Extract<Finding, { is: Certainty }>
export type Candidate = { cause: Cause; finding: OpenFinding }

export type Standing = {
  /** Best first. */
  candidates: Candidate[]
  /** Those in front: one is a fault, several are level. */
  leading: Candidate[]
  /** Ruled out by a proof for another. */
  excluded: { cause: Cause; because: Because[] }[]
}

const RANK = { proven: 2, likely: 1, possible: 0 } satisfies Record<Certainty, number>
const weightOf = ({ finding }: Candidate): number => finding.weight ?? 0.5
const rankOf = ({ finding }: Candidate): number => RANK[finding.is]

/** Best first: by certainty, then by weight; the catalogue's order breaks ties. */
export function ranked(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => rankOf(b) - rankOf(a) || weightOf(b) - weightOf(a))
}

/** Candidates within this weight of the best are level with it. */
const LEVEL = 0.15

/**
 * Applies the promise that `proven` makes. What the server itself gave as its reason explains all that was told by the
 * mechanism; otherwise one lone claim excludes what is merely possible. Where another cause is likely, or also claims
 * proof, or could not be tested, nothing is proven.
 */
export function settled(candidates: readonly Candidate[], someTestFailed: boolean): Standing {
  const [first, ...rest] = candidates
  // What alone remains is more than possible, unless a test failed and might have named another.
  if (first?.finding.is === 'possible' && rest.length === 0 && !someTestFailed) {
    return standing([{ cause: first.cause, finding: { ...first.finding, is: 'likely' } }], [])
  }
  if (first?.finding.is !== 'proven') return standing([...candidates], [])
  const [word, ...otherWords] = candidates.filter(({ finding }) => finding.is === 'proven' && finding.stated)
  if (word && otherWords.length === 0 && !someTestFailed) return alone(word, candidates)
  const rivals = rest.filter((candidate) => candidate.finding.is !== 'possible')
  if (rivals.length > 0 || someTestFailed) return standing(ranked(candidates.map(lowered)), [])
  return alone(first, candidates)
}

function alone(proof: Candidate, candidates: readonly Candidate[]): Standing {
  const because = proof.finding.because.slice(-1)
  const others = candidates.filter((candidate) => candidate !== proof)
  return standing(
    [proof],
    others.map(({ cause }) => ({ cause, because })),
  )
}

function lowered(candidate: Candidate): Candidate {
  const { cause, finding } = candidate
  return finding.is === 'proven' ? { cause, finding: { ...finding, is: 'likely', weight: 0.9 } } : candidate
}

function standing(candidates: Candidate[], excluded: Standing['excluded']): Standing {
  const [first] = candidates
  const leading = first
    ? candidates.filter(
        (candidate) =>
          rankOf(candidate) === rankOf(first) &&
          // Between mere possibilities a weight orders, but decides nothing.
          (first.finding.is === 'possible' || weightOf(first) - weightOf(candidate) <= LEVEL),
      )
    : []
  return { candidates, leading, excluded }
}
