import { serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { unheardIn } from '#lib/facts/unheard.ts'
import { timeToCut } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'

/**
 * The server’s own program ended TCP, without a Close frame, without an error of the network before it, and without
 * saying why. Nothing on the way did then, unless the client’s end came earlier.
 */
export function endedItself(facts: Facts): Because | undefined {
  const { close, pongMissed, draining, exit, errors } = facts.backend
  if (!close?.sent || close.code !== 1006 || close.reason !== '') return undefined
  if (pongMissed || draining || exit || errors.length > 0 || unheardIn(facts.backend)) return undefined
  if (timeToCut(facts, close.ms) === 'after') return undefined
  return say(
    sentence`The server itself ended the connection without a Close frame, and names no error of the network`,
    serverPath(close.at),
  )
}
