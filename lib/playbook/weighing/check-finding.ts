/** Weighs the causes by which a client refuses a 101. */

import type { CheckName, FailedChecks } from '#lib/evidence/handshake-checks.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { whyNotOpened } from '#lib/facts/told.ts'
import {
  type Because,
  type Finding,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export type RefusedPart = 'headers' | 'subprotocol' | 'extension'

const PART: Record<CheckName, RefusedPart> = {
  accept: 'headers',
  upgrade: 'headers',
  connection: 'headers',
  subprotocol: 'subprotocol',
  extensions: 'extension',
  interim: 'headers',
}
const MEANING = {
  headers: 'bad-101',
  subprotocol: 'subprotocol',
  extension: 'extension',
} satisfies Record<RefusedPart, Meaning>

/** What a server says that it could not agree on with its client; a 101 that is broken is read by clients alone. */
const REFUSED: ReadonlySet<Meaning> = new Set([MEANING.subprotocol, MEANING.extension])

export function checkFinding(facts: Facts, part: RefusedPart): Finding {
  const { probe, ending } = facts
  const told = whyNotOpened(facts.told)
  if (told) {
    const because = say(told.detail, told.from)
    if (told.means === 'bad-answer') return weighed(possible(because), part === 'headers' ? 0.3 : 0.2)
    if (told.means !== MEANING[part]) return ruledOut(because)
    return proven(because, ...(part === 'headers' ? oldVersion(facts) : []))
  }
  const failure = probe?.failure
  const refused = failure ? undefined : facts.told.server.find(({ means }) => REFUSED.has(means))
  if (refused) {
    const because = say(sentence`The server says: ${refused.detail}`, refused.from)
    return refused.means === MEANING[part] ? likely(because) : ruledOut(because)
  }
  if (failure?.stage === 'checks') {
    const failed = failure.failed.filter((name) => partOf(name, failure) === part)
    const because = checksSay(failure, facts)
    return failed.length > 0 ? proven(...because) : ruledOut(...because)
  }
  if (failure) return ruledOut(...ending.because)
  if (part === 'subprotocol') return subprotocolFinding(facts)
  if (probe?.opened && ending.kind === 'unopened')
    return ruledOut(say('The 101 response is valid', 'probe.checks'))
  return weighed(possible(...ending.because), 0.3)
}

/** A handshake needs HTTP/1.1 or higher on both sides (RFC 6455 §4.1, and the status line of §4.2.2). */
function oldVersion({ probe }: Facts): Because[] {
  const { status, version } = probe?.evidence.http ?? {}
  return status === 101 && version === '1.0'
    ? [say('The 101 came as HTTP/1.0, and a handshake is answered in HTTP/1.1', 'probe.http.version')]
    : []
}

const isRepeated = (name: CheckName, { repeated }: FailedChecks): boolean =>
  repeated.some(({ check }) => check === name)

/** What comes twice is no matter of what the two sides agree on. */
const partOf = (name: CheckName, failure: FailedChecks): RefusedPart =>
  isRepeated(name, failure) ? 'headers' : PART[name]

function checksSay(failure: FailedChecks, { probe }: Facts): Because[] {
  const others = failure.failed.filter((name) => name !== 'interim' && !isRepeated(name, failure))
  const interim = failure.failed.includes('interim') ? (probe?.evidence.http?.interim ?? []) : []
  return [
    ...failure.repeated.map(({ header }) =>
      say(sentence`The 101 carries ${header} more than once, and browsers refuse that`, 'probe.http.headers'),
    ),
    ...(interim.length > 0
      ? [
          say(
            sentence`The server sent ${interim.join(', ')} before its 101: Chromium fails the connection over it, and Firefox accepts it`,
            'probe.http.interim',
          ),
        ]
      : []),
    ...(others.length > 0 ? [say(sentence`The 101 fails: ${others.join(', ')}`, 'probe.checks')] : []),
  ]
}

/** Chromium refuses a 101 without a subprotocol when some were asked for; the retry without them opens. */
function subprotocolFinding({ target, retries, ending }: Facts): Finding {
  const without = retries.subprotocols.find((retry) => retry.opened)
  if (without) return proven(say('With other subprotocols the same handshake opens', without.from))
  if (target.subprotocols.length === 0 && ending.kind === 'unopened') {
    return ruledOut(say('No subprotocol was asked for', 'target.subprotocols'))
  }
  return weighed(possible(...ending.because), target.subprotocols.length > 0 ? 0.4 : 0.2)
}
