import type { PulseBeat } from '#components/charts/pulse-path.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

export interface PulsePicture {
  beats: PulseBeat[]
  /** Where the connection ended, 0 to 1; null while it lives. */
  closedAtX: number | null
  missed: number
}

/** More would not be told apart in a strip of this width. */
const most = 60

/**
 * The samples of the last `windowMs` before `endAt` as the strip draws them. A spike is a round trip: the
 * server's, where its events are known; else the page's; else a beat that arrived, at the smallest height.
 */
export function pulsePicture(samples: RingView<Sample>, endAt: number, windowMs: number): PulsePicture {
  const from = endAt - windowMs
  const x = (at: number) => (at - from) / windowMs
  const found = { server: [] as Timed[], page: [] as Timed[], beat: [] as Timed[], missed: [] as Timed[] }
  let closedAtX: number | null = null
  // Going back in time: what ended before the last opening is over.
  let reopened = false
  for (let index = samples.length - 1; index >= 0; index--) {
    const sample = samples.at(index)
    if (sample === undefined || sample.at < from) break
    if (sample.kind === 'server-rtt') found.server.push(sample)
    else if (sample.kind === 'page-rtt') found.page.push(sample)
    else if (sample.kind === 'beat') found.beat.push({ at: sample.at, ms: 0 })
    else if (sample.kind === 'missed' || sample.kind === 'unanswered')
      found.missed.push({ at: sample.at, ms: null })
    else if (sample.kind === 'open') reopened = true
    else if (sample.kind === 'close' && !reopened) closedAtX ??= x(sample.at)
  }
  const spikes = [found.server, found.page, found.beat].find((list) => list.length > 0) ?? []
  const highest = Math.max(1, ...spikes.slice(0, most).map((spike) => spike.ms ?? 0))
  const beats = [...spikes, ...found.missed]
    .sort((a, b) => a.at - b.at)
    .slice(-most)
    .map(({ at, ms }) => ({ x: x(at), height: ms === null ? null : Math.sqrt(ms / highest) }))
  return { beats, closedAtX, missed: found.missed.length }
}

interface Timed {
  at: number
  ms: number | null
}
