/** Counters and histograms of our own: as cheap as a map, so that counting costs nothing to whom nobody asks for metrics. */

export type Labels = Readonly<Record<string, string>>

/** As the text format of Prometheus has it: `metricName` where it is not that of the family. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
  readonly metricName?: string
}

export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  values(): readonly Sample[]
}

export interface Counter extends Family {
  add(labels: Labels, by?: number): void
}

export interface Histogram extends Family {
  observe(labels: Labels, value: number): void
}

export function createCounter(name: string, help: string): Counter {
  const counts = new Map<string, { readonly labels: Labels; value: number }>()
  return {
    name,
    help,
    type: 'counter',
    add: (labels, by = 1) => {
      const key = keyOf(labels)
      const known = counts.get(key)
      if (known) known.value += by
      else counts.set(key, { labels, value: by })
    },
    values: () => [...counts.values()],
  }
}

export function createGauge(name: string, help: string, values: () => readonly Sample[]): Family {
  return { name, help, type: 'gauge', values }
}

/** @param bounds upper ones, inclusive, ascending */
export function createHistogram(name: string, help: string, bounds: readonly number[]): Histogram {
  const all = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number }>()
  return {
    name,
    help,
    type: 'histogram',
    observe: (labels, value) => {
      const key = keyOf(labels)
      const known = all.get(key) ?? { labels, counts: [...bounds, 0].map(() => 0), sum: 0 }
      all.set(key, known)
      const at = bounds.findIndex((bound) => value <= bound)
      const slot = at === -1 ? bounds.length : at
      known.counts[slot] = (known.counts[slot] ?? 0) + 1
      known.sum += value
    },
    values: () => [...all.values()].flatMap((each) => bucketsOf(name, bounds, each)),
  }
}

function bucketsOf(
  name: string,
  bounds: readonly number[],
  { labels, counts, sum }: { labels: Labels; counts: readonly number[]; sum: number },
): Sample[] {
  let below = 0
  const buckets = counts.map((count, at): Sample => {
    below += count
    const le = at < bounds.length ? String(bounds[at]) : '+Inf'
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below }
  })
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: below },
  ]
}

function keyOf(labels: Labels): string {
  let key = ''
  for (const name in labels) key += `${labels[name]}\u0000`
  return key
}
