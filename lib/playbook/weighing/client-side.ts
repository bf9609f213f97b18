/** What speaks of the client's own side: its machine, its browser, its network. */

import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { COMPRESSION_OFF, HTTP2_OFF, PAGE_WORKS } from '#lib/intake/comparison.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

const GIVEN_UP = ['suspended', 'network-changed', 'stalled', 'ping-timeout'] as const

/** Why the client gave its connection up, in its own words; over a ping that went unanswered where it says no more. */
export function gaveUpOver({ told }: Facts): (typeof GIVEN_UP)[number] {
  return GIVEN_UP.find((means) => toldByClient(told, means) !== undefined) ?? 'ping-timeout'
}

/** A client's own view of the end: what a probe or a log saw happened to another machine, or to none. */
export const isSeenByClient = ({ ending }: Facts): boolean =>
  ending.seenBy === 'browser' || ending.seenBy === 'client'

/** The client’s own system ended the connection, which a phone does to an app that it stops, and to all when its network goes. */
export const abortIn = ({ told }: Facts): Told | undefined => told.client.find(({ isOwnAbort }) => isOwnAbort)

/** The probe sent the page's Origin, was let in and held what it opened. */
export function probeOpened({ probe, target }: Facts): boolean {
  const sent = probe?.evidence.origin
  const isPages = sent === undefined || target.pageOrigin === undefined || sent === target.pageOrigin
  return probe?.opened === true && isPages && probe.end?.kind !== 'violation'
}

/** The probe's connection lived where the page's failed, or much longer than it. */
export function probeOutlived(facts: Facts): Because | undefined {
  const { probe, cuts, ending } = facts
  if (!probeOpened(facts) || !isSeenByClient(facts)) return undefined
  if (ending.kind === 'unopened' || ending.kind === 'lost')
    return say('The probe opened the same address with the page’s Origin', 'probe.http.status')
  const heldMs = (probe?.outcome.ms ?? 0) - (probe?.answeredMs ?? 0)
  const ageMs = cuts.page?.ageMs
  const isLonger = ageMs !== undefined && heldMs > ageMs * 2 + 1000 && !closeTo(heldMs, ageMs)
  const held = probe?.end?.kind === 'open' || (probe?.end?.kind === 'close' && probe.end.by === 'probe')
  return isLonger && held
    ? say(
        sentence`The probe held the same connection for ${(heldMs / 1000).toFixed(1)} s without a fault`,
        'probe.end',
      )
    : undefined
}

/** Somebody compared, and elsewhere it works. */
export function worksElsewhere({ evidence }: Facts): Because | undefined {
  const at = (evidence.elsewhere ?? []).findIndex(
    ({ what, outcome }) =>
      what !== COMPRESSION_OFF &&
      what !== HTTP2_OFF &&
      what !== PAGE_WORKS &&
      /^(?:opens|differs)$/i.test(outcome),
  )
  const other = evidence.elsewhere?.[at]
  return (
    other &&
    say(
      sentence`With ${other.what} it ${other.outcome === 'opens' ? 'opens' : 'differs'}`,
      `elsewhere[${at}]`,
    )
  )
}

/** Somebody switched compression off, and the fault was gone. */
export const worksWithoutCompression = (facts: Facts): Because | undefined =>
  worksWith(facts, COMPRESSION_OFF)

/** Somebody switched HTTP/2 off, and the fault was gone. */
export const worksWithoutHttp2 = (facts: Facts): Because | undefined => worksWith(facts, HTTP2_OFF)

function worksWith({ evidence }: Facts, change: string): Because | undefined {
  const at = (evidence.elsewhere ?? []).findIndex(
    ({ what, outcome }) => what === change && outcome === 'opens',
  )
  return at < 0 ? undefined : say(sentence`With ${change} it works`, `elsewhere[${at}]`)
}

/** Somebody compared, and elsewhere it fails in the same way. */
export function failsElsewhere({ evidence }: Facts): Because | undefined {
  const at = (evidence.elsewhere ?? []).findIndex(({ outcome }) => /^same$/i.test(outcome))
  const other = evidence.elsewhere?.[at]
  return other && say(sentence`With ${other.what} it fails in the same way`, `elsewhere[${at}]`)
}
