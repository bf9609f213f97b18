/** A server that gives a silent client up with a Close frame that says nothing of why, as Engine.IO does. */
import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'

export const givenUpOverPong = ({
  ending,
  backend: { pongMissed },
}: Pick<Facts, 'ending' | 'backend'>): Because | undefined =>
  ending.kind === 'closed' && ending.by === 'peer' && ending.code === 1005 && pongMissed
    ? say('A ping of the server was unanswered when the server closed it', serverPath(pongMissed.at))
    : undefined
