/** How long the timer runs that ended the connection, as exactly as anything in the evidence tells. */
import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Limit } from '#lib/facts/settings.ts'

/** Seconds; undefined where nothing tells. */
export function observedSeconds(facts: Facts, kind: 'idle' | 'lifetime'): number | undefined {
  const { told, peers, cuts } = facts
  const meaning = kind === 'idle' ? 'idle-timeout' : 'lifetime'
  const said = [...told.server, ...told.proxy, ...told.client].find(
    ({ means, limitMs }) => means === meaning && limitMs !== undefined,
  )?.limitMs
  const set = limitThatFits(facts, kind)?.seconds
  const pattern = peers?.pattern
  const crowd =
    (pattern?.kind === 'idle' || pattern?.kind === 'lifetime') &&
    (pattern.kind === kind || pattern.or === kind)
      ? pattern.cluster.valueMs
      : peers?.rhythm?.everyMs
  const cut = kind === 'idle' ? cuts.any?.silenceMs : cuts.any?.ageMs
  const ms = said ?? (set === undefined ? undefined : set * 1000) ?? crowd ?? cut
  return ms === undefined || ms <= 0 ? undefined : ms / 1000
}

/** A limit of the proxy's configuration that the cut fits. */
export function limitThatFits({ cuts, settings }: Facts, kind: 'idle' | 'lifetime'): Limit | undefined {
  const ms = kind === 'idle' ? cuts.any?.silenceMs : cuts.any?.ageMs
  return ms === undefined ? undefined : settings[kind].find(({ seconds }) => closeTo(ms, seconds * 1000))
}

/** The proxy at hand allows more silence than there was: its timer is not the one that struck. */
export function sparedLimit(facts: Facts): Limit | undefined {
  const silenceMs = facts.cuts.any?.silenceMs
  const [limit] = facts.settings.idle
  if (!limit || silenceMs === undefined || limitThatFits(facts, 'idle')) return undefined
  return limit.seconds * 1000 > silenceMs * 1.2 ? limit : undefined
}

/** What a fix raises a timer to. */
const LONG_SECONDS = 3600

/** The proxy at hand allows as much silence as a fix would let it, or more: to write that changes nothing, or makes it worse. */
export function longLimit({ settings }: Facts): Limit | undefined {
  const [limit] = settings.idle
  return limit !== undefined && limit.seconds >= LONG_SECONDS ? limit : undefined
}

/** A heartbeat three times within the timer survives a lost beat or two. Whole seconds. */
export function beatSeconds(facts: Facts): number | undefined {
  const seconds = observedSeconds(facts, 'idle') ?? facts.settings.idle[0]?.seconds
  return seconds === undefined ? undefined : Math.max(1, Math.floor(seconds / 3))
}
