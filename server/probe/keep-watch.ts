/**
 * Keeps one connection for hours or days and tells of every loss, with its evidence: most trouble is intermittent.
 * Each comes with those before it, since only several of them tell an idle timer from a lifetime or a reload.
 */

import { isLost, outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import type { Evidence, PeerEvidence, ProbeEvidence } from '#lib/evidence/schema.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { type ProbeOptions, type ProbeTools, probe } from '#server/probe/probe.ts'
import { pause } from '#server/probe/transport/clock.ts'
import { opcodes } from '#server/wire/frame.ts'

export type WatchEvent = Refused | { kind: 'opened'; at_ms: number } | Lost

/** The connection could not be opened. */
export interface Refused {
  kind: 'refused'
  at_ms: number
  evidence: Evidence
  /** The losses before, for the verdict: the newest thousand. */
  peers: PeerEvidence[]
  /** How long until the next attempt. */
  again_in_ms: number
}

export interface Lost extends Omit<Refused, 'kind'> {
  kind: 'lost'
  age_ms: number
  silence_ms: number
  /** Its times on the wall clock. */
  life: PeerEvidence
  /** What this loss and those before it have in common; absent for the first one. */
  learned?: Sentence
}

export interface WatchPlan {
  url: string
  options: ProbeOptions
  /** How long to go on, in milliseconds. */
  forMs: number
  /** Ends the watch after so many losses and refusals. */
  mostLosses: number
  /** Losses of an earlier run, oldest first. */
  lifetimes?: readonly PeerEvidence[]
}

export interface WatchTools extends Omit<ProbeTools, 'onStage' | 'signal'> {
  signal: AbortSignal
  /** Wall clock, epoch milliseconds. */
  clock: () => number
  onEvent: (event: WatchEvent) => void
  onStage?: (event: StageEvent) => void
  /** For the spread of reconnects, 0 to 1. */
  random: () => number
}

export interface WatchSummary {
  attempts: number
  lost: number
  refused: number
}

/** setTimeout holds no more than 2^31 - 1 ms. */
export const LONGEST_WATCH_MS = 2_147_483_647
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Whoever was connected for longer is let in again at once. */
const STEADY_MS = 10_000
/** Losses that are kept to judge later ones beside them. */
export const MOST_PEERS = 1000

/** @throws ProbeRefusal when the target or an option is wrong or not allowed */
export async function keepWatch(plan: WatchPlan, tools: WatchTools): Promise<WatchSummary> {
  const { clock, signal, onEvent, random } = tools
  const until = clock() + plan.forMs
  const summary: WatchSummary = { attempts: 0, lost: 0, refused: 0 }
  let lifetimes: readonly PeerEvidence[] = plan.lifetimes ?? []
  let failuresInARow = 0
  while (!signal.aborted && clock() < until) {
    const beganMs = clock()
    summary.attempts += 1
    const evidence = await probe(
      plan.url,
      { ...plan.options, retries: false, watchMs: Math.min(until - beganMs, LONGEST_WATCH_MS) },
      {
        ...tools,
        onStage: (event) => {
          tools.onStage?.(event)
          const { stage, state } = event
          if (stage === 'watch' && state === 'started') onEvent({ kind: 'opened', at_ms: clock() })
        },
      },
    )
    const life = lifeOf(evidence, beganMs)
    // Interrupted, a connection that was lost before was lost all the same.
    if (signal.aborted && typeof life === 'string') break
    if (life === 'held' && clock() >= until) break
    // It was not lost, and the watch is not over: only this connection was read, or held, to the probe's limit.
    if (life === 'left' || life === 'held') {
      if (await pause(waitMs(1, random), signal)) continue
      break
    }
    const atMs = clock()
    const peers = lifetimes.slice(-MOST_PEERS)
    if (life === 'refused') {
      summary.refused += 1
      failuresInARow += 1
      const againInMs = waitMs(failuresInARow, random)
      onEvent({ kind: 'refused', at_ms: atMs, evidence, peers, again_in_ms: againInMs })
      if (isEnough(summary, plan) || !(await pause(againInMs, signal))) break
      continue
    }
    const { opened_ms: openedMs = 0, last_byte_ms: lastByteMs = 0, closed_ms: closedMs = 0 } = life
    const ageMs = closedMs - openedMs
    // A server that ends each connection soon gets more time before the next; one that held begins anew.
    failuresInARow = ageMs < STEADY_MS ? failuresInARow + 1 : 1
    const againInMs = waitMs(failuresInARow, random)
    summary.lost += 1
    lifetimes = [...peers, life]
    const learned = learnedFrom(lifetimes)
    onEvent({
      kind: 'lost',
      at_ms: atMs,
      age_ms: ageMs,
      silence_ms: closedMs - lastByteMs,
      again_in_ms: againInMs,
      ...(learned && { learned }),
      life,
      evidence,
      peers,
    })
    if (isEnough(summary, plan) || !(await pause(againInMs, signal))) break
  }
  return summary
}

/** What all losses so far have in common: how they ended, and at which age. */
export function learnedFrom(lifetimes: readonly PeerEvidence[]): Sentence | undefined {
  if (lifetimes.length < 2) return undefined
  const ages = lifetimes.map(({ opened_ms: from = 0, closed_ms: to = 0 }) => to - from)
  const least = ages.reduce((a, b) => Math.min(a, b))
  const most = ages.reduce((a, b) => Math.max(a, b))
  const codes = new Set(lifetimes.map(({ code }) => code))
  const [code] = codes
  const how =
    codes.size > 1
      ? 'in different ways'
      : code === 1006
        ? 'without a valid Close frame (1006)'
        : `with close code ${code ?? 1005}`
  const when = isAlike(least, most)
    ? sentence`each after about ${inSeconds(most)}`
    : sentence`after ${inSeconds(least)} to ${inSeconds(most)}`
  return sentence`All ${lifetimes.length} connections ended ${how}, ${when}.`
}

/** Within what timers and clocks add: 5% or 300 ms. */
const isAlike = (leastMs: number, mostMs: number): boolean => mostMs - leastMs <= Math.max(300, mostMs * 0.05)

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

const isEnough = ({ lost, refused }: WatchSummary, { mostLosses }: WatchPlan): boolean =>
  lost + refused >= mostLosses

/** Exponential back-off with full jitter, so that many watchers do not come back at once. */
function waitMs(failures: number, random: () => number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  return Math.round(most / 2 + (most / 2) * random())
}

/** What became of one connection, its times moved to the wall clock. */
function lifeOf({ probe: seen = {} }: Evidence, beganMs: number): PeerEvidence | 'held' | 'left' | 'refused' {
  const outcome = outcomeOfProbe(seen)
  if (outcome.stage !== 'open') return 'refused'
  if (!isLost(outcome.end)) return outcome.end.kind === 'left' ? 'left' : 'held'
  const openedMs = beganMs + (seen.http?.ms ?? 0)
  return {
    opened_ms: openedMs,
    last_byte_ms: Math.max(openedMs, beganMs + lastByteMs(seen)),
    closed_ms: beganMs + (outcome.ms ?? 0),
    // A cut without a close frame, and a broken frame, is what a browser reports as 1006.
    code: outcome.end.kind === 'close' ? outcome.end.code : 1006,
  }
}

/** Of what moved before the end: a Close frame is the end, and comes after the silence that it may be for. */
function lastByteMs({ frames = [], sent = [], end, last_byte_ms: lastMs = 0 }: ProbeEvidence): number {
  if (end?.kind !== 'close_frame') return lastMs
  const isOther = ({ opcode }: { opcode: number }) => opcode !== opcodes.close
  return Math.max(0, frames.findLast(isOther)?.ms ?? 0, sent.findLast(isOther)?.ms ?? 0)
}
