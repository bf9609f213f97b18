import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Report } from '#lib/diagnosis/report.ts'
import { judge, type Piece, type Whole, wholes } from '#tests/field/pieces.ts'
import { amount } from '#tests/sampling.ts'

const EVERY = amount(1, 31)
const ORDERS = amount(10, 2)
const MOST_PIECES = 40

const RANK = { proven: 3, likely: 2, possible: 1 } as const

type Standing = {
  report: Report
  isFirstRight: boolean
  isOutcomeRight: boolean
  rank: number
}

function standing({ first, outcomes }: Whole, report: Report): Standing {
  const [verdict] = report.verdicts
  const isHealthy = report.outcome === 'healthy'
  return {
    report,
    isFirstRight: verdict ? first.includes(verdict.cause) : isHealthy && outcomes.includes('healthy'),
    isOutcomeRight: outcomes.includes(report.outcome),
    rank: verdict ? RANK[verdict.certainty] : isHealthy ? 4 : 0,
  }
}

const gist = ({ outcome, verdicts }: Report): string =>
  `${outcome}: ${verdicts
    .slice(0, 3)
    .map(({ cause, certainty }) => `${cause} ${certainty}`)
    .join(', ')}`

/** Another cause stands better than it did: what was added speaks for it. */
function isForAnother(before: Report, after: Report): boolean {
  const rank = new Map(before.verdicts.map(({ cause, certainty }) => [cause, RANK[certainty]]))
  const leader = before.verdicts[0]?.cause
  return after.verdicts.some(
    ({ cause, certainty }) => cause !== leader && RANK[certainty] > (rank.get(cause) ?? 0),
  )
}

function objections(whole: Whole, before: Standing | undefined, after: Standing): string[] {
  const wrong = after.report.verdicts
    .filter(({ cause, certainty }) => certainty === 'proven' && !whole.provable.includes(cause))
    .map(({ cause }) => `${cause} is not proven`)
  if (!before?.isFirstRight) return wrong
  const leading = after.report.verdicts.filter(({ certainty }) => certainty !== 'possible')
  if (!after.isFirstRight) wrong.push('the first cause turned wrong')
  else if (after.rank < before.rank && !isForAnother(before.report, after.report))
    wrong.push('certainty fell')
  else if (
    before.isOutcomeRight &&
    !after.isOutcomeRight &&
    leading.some(({ cause }) => !whole.first.includes(cause))
  )
    wrong.push('the outcome turned wrong')
  return wrong.map((what) => `${what}; before ${gist(before.report)}; after ${gist(after.report)}`)
}

/** In order, from the end, and as they come; lines of one text stay in theirs. */
function ordersOf(pieces: readonly Piece[]): Piece[][] {
  const orders = [[...pieces], pieces.toReversed()]
  for (let seed = 1; orders.length < ORDERS; seed++) orders.push(shuffled(pieces, seed * 7919))
  return orders.slice(0, ORDERS).map((order) => inTheirOrder(pieces, order))
}

function shuffled(pieces: readonly Piece[], seed: number): Piece[] {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
  return pieces
    .map((piece) => ({ piece, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ piece }) => piece)
}

function inTheirOrder(pieces: readonly Piece[], order: readonly Piece[]): Piece[] {
  const waiting = Map.groupBy(
    pieces.filter(({ source }) => source !== undefined),
    ({ source }) => source?.file,
  )
  return order.map((piece) => (piece.source && waiting.get(piece.source.file)?.shift()) || piece)
}

const sample = wholes.filter((_, at) => at % EVERY === 0)

describe('a true line of the same case', () => {
  it('never turns what was right wrong, and costs certainty only where it speaks for another cause', () => {
    for (const whole of sample) {
      for (const order of ordersOf(whole.fine.slice(0, MOST_PIECES))) {
        let before: Standing | undefined
        for (let count = 1; count <= order.length; count++) {
          const after = standing(whole, judge(order.slice(0, count)))
          const names = order.slice(0, count).map(({ name }) => name)
          assert.deepEqual(objections(whole, before, after), [], `${whole.id}: ${names.join(', ')}`)
          before = after
        }
      }
    }
  })
})

describe('two or three pieces of one case', () => {
  it('are never worse than the best of them alone', () => {
    for (const whole of sample) {
      const alone = new Map(whole.coarse.map((piece) => [piece, standing(whole, judge([piece]))]))
      for (const group of groupsOf(whole.coarse)) {
        const best = group
          .flatMap((piece) => alone.get(piece) ?? [])
          .filter(({ isFirstRight }) => isFirstRight)
          .sort((a, b) => b.rank - a.rank || Number(b.isOutcomeRight) - Number(a.isOutcomeRight))[0]
        const together = standing(whole, judge(group))
        const names = group.map(({ name }) => name).join(' and ')
        assert.deepEqual(objections(whole, best, together), [], `${whole.id}: ${names}`)
      }
    }
  })
})

function groupsOf(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = []
  for (const [at, one] of pieces.entries())
    for (const [next, two] of pieces.slice(at + 1).entries())
      groups.push([one, two], ...pieces.slice(at + next + 2).map((three) => [one, two, three]))
  return EVERY === 1 ? groups.flatMap((group) => [group, group.toReversed()]) : groups
}
