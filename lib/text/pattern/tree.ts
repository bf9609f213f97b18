/** A pattern as a tree. Each node knows how much it can match and how large a program it becomes. */
import { CARRIAGE_RETURN, NEWLINE, type UnitSet } from '#lib/text/pattern/sets.ts'

export type Place =
  | 'start'
  | 'end'
  | 'end-or-last-newline'
  | 'line-start'
  | 'line-end'
  | 'boundary'
  | 'inside'

interface Measures {
  /** Units that it matches at least and at most. */
  readonly least: number
  readonly most: number
  /** Groups that it captures. */
  readonly captures: number
  /** States of its program, at most. */
  readonly states: number
  /** Those of them that nothing matched before, where that has to be told apart (see program.ts). */
  readonly fresh: number
}

type Kinds =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: UnitSet }
  | { readonly kind: 'place'; readonly place: Place }
  /** `\K`: what matched begins here. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'sequence'; readonly of: readonly Node[] }
  | { readonly kind: 'choice'; readonly of: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly of: Node }
  | {
      readonly kind: 'repeat'
      readonly of: Node
      readonly min: number
      readonly max: number
      readonly lazy: boolean
    }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly of: Node }

export type Node = Kinds & Measures

/** Bounds of bounds grow beyond all numbers: nothing of something endless is nothing. */
const times = (count: number, measure: number): number =>
  count === 0 ? 0 : measure === 0 ? 0 : count * measure

const sum = (nodes: readonly Node[], measure: (node: Node) => number): number =>
  nodes.reduce((total, node) => total + measure(node), 0)

const still = { least: 0, most: 0, captures: 0 }

export const empty: Node = { kind: 'empty', ...still, states: 0, fresh: 0 }

export const keep: Node = { kind: 'keep', ...still, states: 1, fresh: 1 }

export const setNode = (set: UnitSet): Node => ({
  kind: 'set',
  set,
  least: 1,
  most: 1,
  captures: 0,
  states: 1,
  fresh: 1,
})

export const placeNode = (place: Place): Node => ({ kind: 'place', place, ...still, states: 1, fresh: 1 })

export function sequence(of: readonly Node[]): Node {
  const [only, ...others] = of
  if (only === undefined) return empty
  if (others.length === 0) return only
  return {
    kind: 'sequence',
    of,
    least: sum(of, ({ least }) => least),
    most: sum(of, ({ most }) => most),
    captures: sum(of, ({ captures }) => captures),
    states: sum(of, ({ states }) => states),
    fresh: sum(of, ({ fresh }) => fresh),
  }
}

export function choice(of: readonly Node[]): Node {
  const [only, ...others] = of
  if (only === undefined) return empty
  if (others.length === 0) return only
  return {
    kind: 'choice',
    of,
    least: of.reduce((least, node) => Math.min(least, node.least), only.least),
    most: of.reduce((most, node) => Math.max(most, node.most), only.most),
    captures: sum(of, ({ captures }) => captures),
    states: sum(of, ({ states }) => states) + others.length,
    fresh: sum(of, ({ fresh }) => fresh) + others.length,
  }
}

export const group = (index: number, of: Node): Node => ({
  kind: 'group',
  index,
  of,
  least: of.least,
  most: of.most,
  captures: of.captures + 1,
  states: of.states + 2,
  fresh: of.fresh + 2,
})

/** `max` is Infinity where there is no upper bound. */
export function repeat(of: Node, { min, max, lazy }: { min: number; max: number; lazy: boolean }): Node {
  if (max === 0 || of.states === 0) return { ...empty, captures: of.captures }
  if (min === 1 && max === 1) return of
  const endless = max === Infinity
  // An endless repetition is `min - 1` copies and a loop. What of a loop comes before anything matched is there twice.
  const copies = endless ? Math.max(min - 1, 0) : max
  const splits = endless ? 2 : max - min
  const freshInLoop = endless && of.least === 0 ? of.fresh : 0
  return {
    kind: 'repeat',
    of,
    min,
    max,
    lazy,
    least: times(min, of.least),
    most: times(max, of.most),
    captures: of.captures,
    states: times(copies, of.states) + splits + (endless ? of.states + freshInLoop : 0),
    fresh: times(copies, of.fresh) + splits + freshInLoop,
  }
}

/** What is looked at is a program of its own, counted once however often the node is copied. */
export const look = (ahead: boolean, negative: boolean, of: Node): Node => ({
  kind: 'look',
  ahead,
  negative,
  of,
  ...still,
  captures: of.captures,
  states: 1,
  fresh: 1,
})

/** Whether it matches in one way at most from where it begins, so that it has nothing to give back. */
export function isSingle(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.of.every(isSingle)
    case 'group':
      return isSingle(node.of)
    case 'choice':
      return false
    case 'repeat':
      return node.min === node.max && isSingle(node.of)
    default:
      return true
  }
}

/** `[…]*+` and its like: as many units of the set as there are, none of them given back. */
export function possessive(set: Node, min: number, max: number): Node {
  const noMore = look(true, true, set)
  const fewer = (most: number) => sequence([repeat(set, { min, max: most, lazy: false }), noMore])
  if (max === Infinity) return fewer(Infinity)
  const all = repeat(set, { min: max, max, lazy: false })
  return min === max ? all : choice([fewer(max - 1), all])
}

/** `\R`: any end of a line, of which `others` are a single unit. CR LF is one, and never taken apart. */
export function lineEnd(others: UnitSet): Node {
  const newline = setNode([NEWLINE, NEWLINE])
  const carriageReturn = setNode([CARRIAGE_RETURN, CARRIAGE_RETURN])
  return choice([
    sequence([carriageReturn, newline]),
    sequence([carriageReturn, look(true, true, newline)]),
    setNode(others),
  ])
}
