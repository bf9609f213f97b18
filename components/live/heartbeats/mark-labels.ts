import type { Window } from '#lib/stats/downsample.ts'
import type { Mark } from './chart-data.ts'

/** A label takes about this share of the chart's width. */
const labelShare = 1 / 6

export type LabelSide = 'right' | 'left' | 'none'

/**
 * On which side of its mark a label has room, for each mark in order of time: to the right up to the next mark
 * or the edge, else to the left if the one before has not written there. Without room the mark stands alone.
 */
export function labelSides(marks: readonly Mark[], { fromAt, toAt }: Window): LabelSide[] {
  const needed = (toAt - fromAt) * labelShare
  let takenUntil = fromAt
  return marks.map((mark, index) => {
    const next = marks[index + 1]?.at ?? toAt
    const side = next - mark.at >= needed ? 'right' : mark.at - takenUntil >= needed ? 'left' : 'none'
    takenUntil = side === 'right' ? mark.at + needed : mark.at
    return side
  })
}
