import { serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { unheardIn } from '#lib/facts/unheard.ts'
import { timeToCut } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'

/**
 * The server’s own program ended TCP, without a Close frame, without an error of the network before it, and without
 * saying why. Nothing on the way did then, unless the client’s end came earlier.
 */
export function endedItself(facts: Facts): Because | undefined {
  const said = ownEndIn(facts)
  if (said) return say(sentence`The program itself had ended the connection: ${said.detail}`, said.from)
  const { close, pongMissed, draining, exit, errors } = facts.backend
  if (!close?.sent || close.code !== 1006 || close.reason !== '') return undefined
  if (pongMissed || draining || exit || errors.length > 0 || unheardIn(facts.backend)) return undefined
  if (timeToCut(facts, close.ms) === 'after') return undefined
  return say(
    sentence`The server itself ended the connection without a Close frame, and names no error of the network`,
    serverPath(close.at),
  )
}

/** Said by a server, or by a program that may be one. */
const ownEndIn = ({ told }: Facts): Told | undefined =>
  told.server.find(({ isOwnEnd }) => isOwnEnd) ??
  told.client.find(({ isOwnEnd, isOfEither }) => isOwnEnd && isOfEither)
