/**
 * Runs a program over a text, all its states side by side (Pike's machine): no state is entered twice at one place, so
 * that the time is at most proportional to states × length, whatever the pattern. Threads are kept in the order in which
 * a backtracking matcher would try them, so that the match and its groups are the same.
 */
import { AT, LOOK, MATCH, NOTE, type Program, SPLIT, TAKE } from '#lib/text/pattern/program.ts'
import { has, NEWLINE, type UnitSet, WORD } from '#lib/text/pattern/sets.ts'
import type { Place } from '#lib/text/pattern/tree.ts'

type Units = Uint8Array | Uint32Array

/** States that may still be entered. Each search takes what it needs from it, and gives up where nothing is left. */
export interface Effort {
  steps: number
}

/**
 * The first match in a text: where each group begins and ends, in units, -1 where it took no part. Undefined where
 * nothing matches.
 */
export const search = (program: Program, units: Units, effort: Effort): Int32Array | undefined | 'gave-up' =>
  new Run(program, units, effort).first()

const tables = new WeakMap<UnitSet, Uint8Array>()

/** Which of the lowest 256 units are in a set. */
function tableOf(set: UnitSet): Uint8Array {
  const known = tables.get(set)
  if (known) return known
  const table = new Uint8Array(256)
  for (let i = 0; i < set.length; i += 2) table.fill(1, set[i], Math.min(set[i + 1] ?? 0, 255) + 1)
  tables.set(set, table)
  return table
}

const words = tableOf(WORD)

const FEW_THREADS = 32

/** Threads at one place, first things first: the state each is in, and the slots that it has noted. */
class Threads {
  readonly states: Int32Array
  readonly width: number
  slots: Int32Array
  count = 0

  constructor(program: Program) {
    this.states = new Int32Array(program.ops.length)
    this.width = program.slots
    // Few states of a large program are alive at one place: the room for what they noted grows with them.
    this.slots = new Int32Array(Math.min(program.ops.length, FEW_THREADS) * this.width)
  }

  add(state: number, slots: Int32Array): void {
    const end = (this.count + 1) * this.width
    if (end > this.slots.length) {
      const more = new Int32Array(Math.min(2 * end, this.states.length * this.width))
      more.set(this.slots)
      this.slots = more
    }
    this.states[this.count] = state
    this.slots.set(slots, this.count * this.width)
    this.count += 1
  }
}

/** What a program is run with, one search after the other: to make it anew would take longer than most searches. */
interface Room {
  readonly now: Threads
  readonly coming: Threads
  readonly tables: readonly Uint8Array[]
  /** The place at which each state was entered last, counted from the first of `places`. */
  readonly entered: Int32Array
  readonly slots: Int32Array
  /** What earlier searches have counted. */
  places: number
}

const rooms = new WeakMap<Program, Room>()
/** Beyond it, places are counted from zero again. */
const MOST_PLACES = 2 ** 30

function roomOf(program: Program): Room {
  const known = rooms.get(program)
  if (known && known.places < MOST_PLACES) return known
  const room: Room = {
    now: new Threads(program),
    coming: new Threads(program),
    tables: program.sets.map(tableOf),
    entered: new Int32Array(program.ops.length).fill(-1),
    slots: new Int32Array(program.slots),
    places: 0,
  }
  rooms.set(program, room)
  return room
}

class Run {
  readonly effort: Effort
  readonly program: Program
  readonly units: Units
  readonly tables: readonly Uint8Array[]
  /** The place at which each state was entered last, behind `places` of others. */
  readonly entered: Int32Array
  readonly places: number
  /** Slots of the thread that is followed. */
  readonly slots: Int32Array
  /** States to be followed; a slot's number below zero, and before it what the slot held. */
  readonly waiting: number[] = []
  /** Where each of what is looked at has matched, once somebody asked. */
  readonly looked: (Uint8Array | undefined)[] = []
  now: Threads
  coming: Threads

  constructor(program: Program, units: Units, effort: Effort) {
    this.effort = effort
    this.program = program
    this.units = units
    const room = roomOf(program)
    this.tables = room.tables
    this.entered = room.entered
    this.places = room.places
    this.slots = room.slots
    this.now = room.now
    this.coming = room.coming
    this.now.count = 0
    this.coming.count = 0
    room.places += units.length + 1
  }

  first(): Int32Array | undefined | 'gave-up' {
    const { program, units, slots } = this
    let found: Int32Array | undefined
    for (let at = 0; at <= units.length; at += 1) {
      if (!found) {
        slots.fill(-1)
        slots[0] = at
        this.enter(program.start, at, this.now)
      } else if (this.now.count === 0) break
      for (let i = 0; i < this.now.count; i += 1) {
        const state = this.now.states[i] ?? 0
        const own = i * program.slots
        if (program.ops[state] === MATCH) {
          found = this.now.slots.slice(own, own + program.slots)
          found[1] = at
          // What comes after is what a backtracking matcher would not have tried.
          break
        }
        if (at === units.length || !this.takes(state, units[at] ?? 0)) continue
        slots.set(this.now.slots.subarray(own, own + program.slots))
        this.enter(program.next[state] ?? 0, at + 1, this.coming)
      }
      if (this.effort.steps < 0) return 'gave-up'
      this.turn()
    }
    return found
  }

  /** 1 for each place from which the program matches: read backwards where it looks ahead, else where it ends. */
  everywhere(backward: boolean): Uint8Array {
    const { program, units } = this
    const matches = new Uint8Array(units.length + 1)
    for (let step = 0; step <= units.length && this.effort.steps >= 0; step += 1) {
      const at = backward ? units.length - step : step
      this.enter(program.start, at, this.now)
      for (let i = 0; i < this.now.count; i += 1) {
        const state = this.now.states[i] ?? 0
        if (program.ops[state] === MATCH) matches[at] = 1
        else if (step < units.length && this.takes(state, units[backward ? at - 1 : at] ?? 0)) {
          this.enter(program.next[state] ?? 0, backward ? at - 1 : at + 1, this.coming)
        }
      }
      this.turn()
    }
    return matches
  }

  private turn(): void {
    const done = this.now
    this.now = this.coming
    this.coming = done
    done.count = 0
  }

  private takes(state: number, unit: number): boolean {
    const set = this.program.x[state] ?? 0
    if (unit < 256) return this.tables[set]?.[unit] === 1
    return has(this.program.sets[set] ?? [], unit)
  }

  /** Follows what needs no unit, and puts the states that take one, or that match, into the list. */
  private enter(start: number, at: number, list: Threads): void {
    const { ops, x, y, next } = this.program
    const { waiting, slots, entered, places } = this
    waiting.push(start)
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      if (state < 0) {
        slots[~state] = waiting.pop() ?? -1
        continue
      }
      if (entered[state] === places + at) continue
      entered[state] = places + at
      this.effort.steps -= 1
      switch (ops[state]) {
        case SPLIT:
          waiting.push(y[state] ?? 0, x[state] ?? 0)
          break
        case NOTE: {
          const slot = x[state] ?? 0
          waiting.push(slots[slot] ?? -1, ~slot, next[state] ?? 0)
          slots[slot] = at
          break
        }
        case AT:
          if (this.isAt(this.program.places[x[state] ?? 0], at)) waiting.push(next[state] ?? 0)
          break
        case LOOK:
          if (this.matchesAt(x[state] ?? 0, at) !== (y[state] === 1)) waiting.push(next[state] ?? 0)
          break
        case TAKE:
        case MATCH:
          list.add(state, slots)
      }
    }
  }

  private matchesAt(look: number, at: number): boolean {
    this.looked[look] ??= this.lookEverywhere(look)
    return this.looked[look]?.[at] === 1
  }

  private lookEverywhere(number: number): Uint8Array | undefined {
    const look = this.program.looks[number]
    if (!look) return undefined
    return new Run(look.program, this.units, this.effort).everywhere(look.ahead)
  }

  private isAt(place: Place | undefined, at: number): boolean {
    const { units } = this
    const last = units.length - 1
    const isWord = (index: number) => words[units[index] ?? 256] === 1
    switch (place) {
      case 'start':
        return at === 0
      case 'end':
        return at > last
      case 'end-or-last-newline':
        return at > last || (at === last && units[at] === NEWLINE)
      case 'line-start':
        return at === 0 || (at <= last && units[at - 1] === NEWLINE)
      case 'line-end':
        return at > last || units[at] === NEWLINE
      case 'boundary':
        return isWord(at - 1) !== isWord(at)
      default:
        return isWord(at - 1) === isWord(at)
    }
  }
}
