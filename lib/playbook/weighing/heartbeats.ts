/** Two ends whose timers do not fit: the one beats less often than the other waits. */
import { DEFAULT_WAIT_MS } from '#lib/applications/timers.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'

export type Misfit = { because: Because; waitMs: number; program: string }

const timersOf =
  ({ application }: Facts['evidence'], program: string | undefined) =>
  (side: string, does: string) =>
    application?.timers?.find(
      (timer) => timer.program === program && timer.side === side && timer.does === does,
    )

/** It waits from the opening on, and again from each message; timers of pages are late, and no more than this. */
const LATE_MS = 2000

/** The client gave up as long after the opening as it waits: not one heartbeat of the server arrived. */
export function neverBeat({ cuts, evidence, told }: Facts): Because | undefined {
  const said = toldByClient(told, 'ping-timeout')
  const waits = timersOf(evidence, said?.application)('client', 'waits')
  const waitMs = said?.limitMs ?? waits?.ms ?? DEFAULT_WAIT_MS[said?.application ?? '']
  const { ageMs, from } = cuts.page ?? {}
  if (said?.application === undefined || waitMs === undefined || ageMs === undefined || from === undefined)
    return undefined
  if (ageMs < waitMs || ageMs > waitMs + LATE_MS) return undefined
  return say(
    sentence`The client gave up ${secondsOf(ageMs)} after the opening, and it waits ${secondsOf(waitMs)}: no heartbeat of the server arrived at all. The server sends them less often, or something on the way holds them back`,
    from,
  )
}

/** The server's own heartbeat comes too late for the client that gave up; undefined where its timer is not known, or fits. */
export function misfit({ evidence, told }: Facts): Misfit | undefined {
  const program = toldByClient(told, 'ping-timeout')?.application
  const of = timersOf(evidence, program)
  const beat = of('server', 'beats')
  const wait = of('client', 'waits')
  const waitMs = wait?.ms ?? (program === undefined ? undefined : DEFAULT_WAIT_MS[program])
  if (program === undefined || beat === undefined || waitMs === undefined || beat.ms < waitMs)
    return undefined
  const says = sentence`The server sends something every ${secondsOf(beat.ms)} (${beat.name}), and the client gives up after ${secondsOf(waitMs)} without anything${wait ? sentence` (${wait.name})` : ''}`
  return { because: say(says, 'application.timers'), waitMs, program }
}
