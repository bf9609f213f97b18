/** What connections tell together: counted, in histograms, by trouble; each counts, and some are kept as examples. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { LifetimeReading, type LifetimeReadingData } from '#lib/logs/lifetimes.ts'
import { Sample, type SampleData } from '#lib/logs/sample.ts'
import { lifetimeOf, ranked, type Trouble, type TroubleGroup, troubleOf } from '#lib/logs/trouble.ts'

type Group = {
  trouble: Trouble
  /** Ended with 1001, and no line says who sent it. */
  isLeft: boolean
  count: number
  reading: LifetimeReading
  sample: Sample
}

export type TotalsData = {
  ended: number
  refused: number
  open: number
  codes: Map<number, number>
  statuses: Map<number, number>
  reading: LifetimeReadingData
  groups: {
    key: string
    trouble: Trouble
    isLeft: boolean
    count: number
    reading: LifetimeReadingData
    sample: SampleData
  }[]
}

/** Where there are more kinds of trouble than these, the later ones are known less exactly. */
const ROOM = [
  { groups: 4, points: 16_384, examples: 2500, bytes: 3 << 20 },
  { groups: 24, points: 1024, examples: 250, bytes: 1 << 18 },
  { groups: Number.POSITIVE_INFINITY, points: 64, examples: 8, bytes: 1 << 14 },
] as const

export class Totals {
  ended = 0
  refused = 0
  /** No line says that they ended. */
  open = 0
  /** How often each close code is stated. */
  readonly codes = new Map<number, number>()
  /** How often each status refused a handshake. */
  readonly statuses = new Map<number, number>()
  /** Of all that ended. */
  readonly reading = new LifetimeReading()
  readonly #groups = new Map<string, Group>()
  readonly #share: number

  /**
   * @param share of the examples that fit, 1 for all; a thread that reads a part needs fewer. Infinity where the
   * connections are held by somebody else anyway: all of them are examples
   */
  constructor(share = 1) {
    this.#share = share
  }

  add(connection: LoggedConnection): void {
    const { outcome, code, status, initiator } = connection
    this[outcome]++
    if (code !== undefined) count(this.codes, code)
    if (outcome === 'refused' && status !== undefined) count(this.statuses, status)
    const lifetime = lifetimeOf(connection)
    if (outcome === 'ended') this.reading.add(lifetime)
    const trouble = troubleOf(connection)
    const group = this.#groupOf(trouble, code === 1001 && initiator === undefined)
    group.count++
    group.reading.add(lifetime)
    group.sample.add(connection)
  }

  merge(other: Totals): void {
    this.absorb(other.data())
  }

  absorb(data: TotalsData): void {
    this.ended += data.ended
    this.refused += data.refused
    this.open += data.open
    for (const [code, times] of data.codes) count(this.codes, code, times)
    for (const [status, times] of data.statuses) count(this.statuses, status, times)
    this.reading.merge(LifetimeReading.of(data.reading))
    for (const { trouble, isLeft, count, reading, sample } of data.groups) {
      const group = this.#groupOf(trouble, isLeft)
      group.count += count
      group.reading.merge(LifetimeReading.of(reading))
      group.sample.merge(sample)
    }
  }

  data(): TotalsData {
    const { ended, refused, open, codes, statuses } = this
    const groups = Array.from(this.#groups, ([key, { reading, sample, ...group }]) => {
      return { key, ...group, reading: reading.data(), sample: sample.data() }
    })
    return { ended, refused, open, codes, statuses, reading: this.reading.data(), groups }
  }

  /** Examples of all of them. */
  examples(): LoggedConnection[] {
    return [...this.#groups.values()].flatMap(({ sample }) => sample.list)
  }

  /** The largest group that needs an explanation first; orderly ones are left out. */
  troubles(): TroubleGroup[] {
    const groups = this.#resolved().map(({ trouble, count, reading, examples }) => ({
      trouble,
      count,
      connections: examples,
      reading,
      picture: reading.picture(),
    }))
    return ranked(groups, this.ended + this.refused + this.open)
  }

  /**
   * Of connections that ended with 1001 where no line says who sent it: one by one people left their pages, but many of
   * different ages at one moment were sent away.
   */
  #resolved() {
    const left = new LifetimeReading()
    for (const { isLeft, reading } of this.#groups.values()) if (isLeft) left.merge(reading)
    const wereSentAway = left.picture().pattern.kind === 'reload'
    const groups = new Map<string, Omit<Group, 'sample' | 'isLeft'> & { examples: LoggedConnection[] }>()
    for (const { trouble: own, isLeft, count, reading, sample } of this.#groups.values()) {
      const trouble: Trouble = isLeft && wereSentAway ? { kind: 'closed', code: 1001 } : own
      if (trouble.kind === 'none') continue
      const before = groups.get(keyOf(trouble))
      if (before === undefined) {
        groups.set(keyOf(trouble), { trouble, count, reading, examples: [...sample.list] })
        continue
      }
      const both = new LifetimeReading()
      both.merge(before.reading)
      both.merge(reading)
      before.count += count
      before.reading = both
      before.examples.push(...sample.list)
    }
    return [...groups.values()]
  }

  #groupOf(trouble: Trouble, isLeft: boolean): Group {
    const key = `${isLeft ? 'left ' : ''}${keyOf(trouble)}`
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const room = ROOM.find(({ groups }) => this.#groups.size < groups) ?? ROOM[2]
    const group = {
      trouble,
      isLeft,
      count: 0,
      reading: new LifetimeReading(room.points),
      sample: new Sample(room.examples * this.#share, room.bytes * this.#share),
    }
    this.#groups.set(key, group)
    return group
  }
}

const keyOf = (trouble: Trouble): string => Object.values(trouble).join(' ')

function count(counts: Map<number, number>, value: number, times = 1): void {
  counts.set(value, (counts.get(value) ?? 0) + times)
}

export function totalsOf(connections: readonly LoggedConnection[]): Totals {
  const totals = new Totals(Number.POSITIVE_INFINITY)
  for (const connection of connections) totals.add(connection)
  return totals
}
