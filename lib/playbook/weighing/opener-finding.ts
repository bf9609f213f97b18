/** Weighs a cause by the one change with which a connection opens that fails without it. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Opener, Retry } from '#lib/facts/retries.ts'
import { type Because, type Finding, likely, proven, say, weighed } from '#lib/playbook/cause.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** Undefined where no retry, or one with another change, opened it. */
export function openerFinding(facts: Facts, question: Opener['question']): Finding | undefined {
  const { opener } = facts
  if (opener?.question !== question) return undefined
  const because: Because[] = [say(openerSays(facts, opener.retry), opener.retry.from)]
  if (!opener.isRepeated) return weighed(likely(...because), 0.9)
  const again = say('Repeated as it was, it failed again', facts.retries.again[0]?.from ?? 'retries')
  return proven(...because, again)
}

function openerSays(facts: Facts, { vary }: Retry): Sentence {
  const opens = facts.probe?.opened ? 'connection stays open' : 'handshake is accepted'
  if (vary.query !== undefined) return sentence`With ${vary.query} the same ${opens}`
  if (vary.path !== undefined || vary.url !== undefined)
    return sentence`At ${vary.path ?? vary.url ?? ''} the same ${opens}`
  if (vary.subprotocols !== undefined)
    return vary.subprotocols.length === 0
      ? sentence`Without a subprotocol the same ${opens}`
      : sentence`With the subprotocol ${vary.subprotocols.join(' or ')} the same ${opens}`
  return vary.origin === null
    ? sentence`Without an Origin the same ${opens}`
    : sentence`With Origin ${vary.origin ?? ''} the same ${opens}`
}
