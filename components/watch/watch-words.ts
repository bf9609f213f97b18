import type { Tone } from '#components/ui/badge.tsx'
import type { WatchLoss, WatchSummary } from '#lib/api/watch.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

export const states = {
  connecting: { word: 'connecting', tone: 'waiting' },
  up: { word: 'up', tone: 'alive' },
  down: { word: 'down', tone: 'dead' },
  stopped: { word: 'stopped', tone: 'unknown' },
} satisfies Record<WatchSummary['state'], { word: string; tone: Tone }>

/** The leading verdict in words; the wire's own words where there is none. */
export function causeWords({ cause, certainty, says }: WatchLoss): string {
  if (cause === undefined) return says
  const title = causeOf(cause)?.title ?? cause
  return certainty === undefined ? title : `${title}, ${certainty}`
}

/** `wss://` says little in a list of them. */
export const shortUrl = (url: string): string => url.replace(/^wss?:\/\//, '')
