/**
 * A tree as a program for the search: states that each take one unit, split in two, ask where they are, or note it.
 *
 * A loop whose body may match nothing must know whether it did: PCRE leaves the loop then. A flag would make the future
 * of a state depend on its past, and the search could no longer keep one of each. So what a loop does before anything
 * matched is written down apart, and taking a unit leads from there to the plain states.
 */
import type { UnitSet } from '#lib/text/pattern/sets.ts'
import type { Node, Place } from '#lib/text/pattern/tree.ts'

export const MATCH = 0
/** Takes a unit of the set numbered `x`. */
export const TAKE = 1
/** Goes to `x` first, and to `y` where that leads nowhere. */
export const SPLIT = 2
/** Notes the position in slot `x`. */
export const NOTE = 3
/** Goes on where the place numbered `x` is. */
export const AT = 4
/** Goes on where the program numbered `x` has matched, or has not (`y`). */
export const LOOK = 5

export interface Program {
  readonly ops: Uint8Array
  readonly x: Int32Array
  /** Of a split the second way, of a look 1 where it must not hold. */
  readonly y: Int32Array
  /** The state that follows; 0 for a split and for the end. */
  readonly next: Int32Array
  readonly start: number
  /** Two for each group, the whole match among them. */
  readonly slots: number
  readonly sets: readonly UnitSet[]
  readonly places: readonly Place[]
  readonly looks: readonly Look[]
}

/** What is looked at, to be run over the whole text once: from its end where we look ahead. */
export interface Look {
  readonly ahead: boolean
  readonly program: Program
}

/** More than a pattern is allowed: two of their numbers make one. */
const MOST_STATES = 2 ** 20

type Direction = 'forward' | 'backward'

class Draft {
  readonly ops: number[] = []
  readonly x: number[] = []
  readonly y: number[] = []
  readonly next: number[] = []
  readonly sets: UnitSet[] = []
  readonly places: Place[] = []
  readonly looks: Look[] = []
  readonly setNumbers = new Map<string, number>()
  readonly lookNumbers = new Map<Node, number>()
  /** Where a node begins, by the two states where it may go on. */
  readonly begins = new Map<Node, Map<number, number>>()
  /** Where an endless repetition decides whether to go on, by the state that follows it. */
  readonly loops = new Map<Node, Map<number, number>>()
  readonly direction: Direction
  readonly captures: boolean

  constructor(direction: Direction, captures: boolean) {
    this.direction = direction
    this.captures = captures
  }

  add(op: number, x: number, next: number, y = 0): number {
    this.ops.push(op)
    this.x.push(x)
    this.y.push(y)
    this.next.push(next)
    return this.ops.length - 1
  }

  /** A split that goes on first, and out where that leads nowhere; the other way round where it is lazy. */
  split(on: number, out: number, lazy: boolean): number {
    return lazy ? this.add(SPLIT, out, 0, on) : this.add(SPLIT, on, 0, out)
  }

  numberOfSet(set: UnitSet): number {
    const key = set.join()
    const known = this.setNumbers.get(key)
    if (known !== undefined) return known
    this.setNumbers.set(key, this.sets.length)
    return this.sets.push(set) - 1
  }

  numberOfPlace(place: Place): number {
    const known = this.places.indexOf(place)
    return known >= 0 ? known : this.places.push(place) - 1
  }

  numberOfLook(node: Node & { readonly kind: 'look' }): number {
    const known = this.lookNumbers.get(node)
    if (known !== undefined) return known
    this.lookNumbers.set(node, this.looks.length)
    const program = write(node.of, new Draft(node.ahead ? 'backward' : 'forward', false), 0)
    return this.looks.push({ ahead: node.ahead, program }) - 1
  }
}

/** `groups` counts those that capture. */
export const programOf = (root: Node, groups: number): Program =>
  write(root, new Draft('forward', true), 2 * (groups + 1))

type Columns = [Int32Array, Int32Array, Int32Array]

function write(root: Node, draft: Draft, slots: number): Program {
  const end = draft.add(MATCH, 0, 0)
  const start = begin(draft, root, end, end)
  const { sets, places, looks } = draft
  const [x, y, next] = [draft.x, draft.y, draft.next].map((numbers) => Int32Array.from(numbers)) as Columns
  return { ops: Uint8Array.from(draft.ops), x, y, next, start, slots, sets, places, looks }
}

/**
 * The state where a node begins that goes on at `idle` when it matched nothing, and at `moved` when it took a unit.
 * Calls itself as deep as groups are nested.
 */
function begin(draft: Draft, node: Node, idle: number, moved: number): number {
  const after = node.least === 0 ? idle : moved
  return once(draft.begins, node, after * MOST_STATES + moved, () => writeNode(draft, node, after, moved))
}

function once(known: Map<Node, Map<number, number>>, node: Node, after: number, make: () => number): number {
  const byAfter = known.get(node) ?? new Map<number, number>()
  known.set(node, byAfter)
  const state = byAfter.get(after) ?? make()
  byAfter.set(after, state)
  return state
}

function writeNode(draft: Draft, node: Node, idle: number, moved: number): number {
  switch (node.kind) {
    case 'empty':
      return idle
    case 'set':
      return draft.add(TAKE, draft.numberOfSet(node.set), moved)
    case 'place':
      return draft.add(AT, draft.numberOfPlace(node.place), idle)
    case 'keep':
      return draft.captures ? draft.add(NOTE, 0, idle) : idle
    case 'look':
      return draft.add(LOOK, draft.numberOfLook(node), idle, node.negative ? 1 : 0)
    case 'sequence':
      return writeSequence(draft, draft.direction === 'forward' ? node.of.toReversed() : node.of, idle, moved)
    case 'choice':
      return node.of
        .map((way) => begin(draft, way, idle, moved))
        .reduceRight((rest, way) => draft.split(way, rest, false))
    case 'group': {
      if (!draft.captures) return begin(draft, node.of, idle, moved)
      const closeMoved = draft.add(NOTE, 2 * node.index + 1, moved)
      const closeIdle = idle === moved ? closeMoved : draft.add(NOTE, 2 * node.index + 1, idle)
      return draft.add(NOTE, 2 * node.index, begin(draft, node.of, closeIdle, closeMoved))
    }
    case 'repeat':
      return node.max === Infinity
        ? writeEndless(draft, node, idle, moved)
        : writeCounted(draft, node, idle, moved)
  }
}

/** Parts from the last to the first. */
function writeSequence(draft: Draft, parts: readonly Node[], idle: number, moved: number): number {
  let ways = { idle, moved }
  for (const part of parts) {
    ways = {
      idle: begin(draft, part, ways.idle, ways.moved),
      moved: begin(draft, part, ways.moved, ways.moved),
    }
  }
  return ways.idle
}

type Repeat = Node & { readonly kind: 'repeat' }

/** Copies for what must be there, the last of which is a loop; `*` is a loop that need not be entered. */
function writeEndless(draft: Draft, node: Repeat, idle: number, moved: number): number {
  const { of, min, lazy } = node
  const loop = once(draft.loops, node, moved, () => {
    const state = draft.add(SPLIT, 0, 0)
    const body = begin(draft, of, moved, state)
    draft.x[state] = lazy ? moved : body
    draft.y[state] = lazy ? body : moved
    return state
  })
  if (min === 0) return idle === moved ? loop : draft.split(begin(draft, of, idle, loop), idle, lazy)
  const last = begin(draft, of, idle, loop)
  const copies = new Array<Node>(min - 1).fill(of)
  return min === 1 ? last : writeSequence(draft, copies, last, begin(draft, of, moved, loop))
}

/** `x{1,3}` as `x(?:x(?:x)?)?`. */
function writeCounted(draft: Draft, { of, min, max, lazy }: Repeat, idle: number, moved: number): number {
  let ways = { idle, moved }
  for (let i = min; i < max; i += 1) {
    const onward = draft.split(begin(draft, of, ways.moved, ways.moved), moved, lazy)
    const fresh = () => draft.split(begin(draft, of, ways.idle, ways.moved), idle, lazy)
    ways = { idle: idle === moved ? onward : fresh(), moved: onward }
  }
  return writeSequence(draft, new Array<Node>(min).fill(of), ways.idle, ways.moved)
}
