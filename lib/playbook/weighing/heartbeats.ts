/** Two ends whose timers do not fit: the one beats less often than the other waits. */
import { DEFAULT_WAIT_MS } from '#lib/applications/timers.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'

export type Misfit = { because: Because; waitMs: number; program: string }

/** The server's own heartbeat comes too late for the client that gave up; undefined where its timer is not known, or fits. */
export function misfit({ evidence, told }: Facts): Misfit | undefined {
  const program = toldByClient(told, 'ping-timeout')?.application
  const timers = evidence.application?.timers ?? []
  const of = (side: string, does: string) =>
    timers.find((timer) => timer.program === program && timer.side === side && timer.does === does)
  const beat = of('server', 'beats')
  const wait = of('client', 'waits')
  const waitMs = wait?.ms ?? (program === undefined ? undefined : DEFAULT_WAIT_MS[program])
  if (program === undefined || beat === undefined || waitMs === undefined || beat.ms < waitMs)
    return undefined
  const says = sentence`The server sends something every ${secondsOf(beat.ms)} (${beat.name}), and the client gives up after ${secondsOf(waitMs)} without anything${wait ? sentence` (${wait.name})` : ''}`
  return { because: say(says, 'application.timers'), waitMs, program }
}
