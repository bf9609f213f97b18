/**
 * An answer that only a request without its upgrade gets, given to a request that had one: something on the way took
 * the headers out. Which hop that could be, the answer's own headers tell.
 */
import { headerValue } from '#lib/evidence/headers.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { type Hop, hopOfHost, hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { newsOf } from '#lib/playbook/intermediaries/upgrades.ts'
import { foreign, type Sentence, sentence } from '#lib/text/foreign.ts'

/** Undefined where the answer fits an upgrade that arrived, or nobody knows what was asked. */
export function lostUpgrade(facts: Facts): Because | undefined {
  const { answer, probe } = facts
  const http = probe?.evidence.http
  // An answer that was copied without its request may be that to a page.
  const isKnown = probe?.evidence.origin !== undefined || probe?.evidence.tcp !== undefined
  const logged = isKnown ? undefined : missedHeader(facts)
  if (logged) return logged
  if (!answer || !isKnown || http?.status !== answer.status) return undefined
  if (answer.status === 426 && asksForThis(facts))
    return say(
      'An upgrade to WebSocket was asked for, and 426 asks for one: the request lost it on the way',
      answer.from,
    )
  const missed = missedHeader(facts)
  if (missed) return missed
  // gorilla/websocket names the version in every refusal, and 400 is what it answers to a request without the upgrade.
  if (answer.status === 400 && namesOurVersion(facts))
    return say(
      'The server names version 13 of WebSocket, which was asked for: the request arrived without it or without its upgrade',
      'probe.http.headers',
    )
  return undefined
}

/** The server says that a header of the handshake did not come, and what was sent had it. */
export function missedHeader({ answer, probe, told, proxy }: Facts): Because | undefined {
  // A proxy that writes down that a WebSocket was asked for had the handshake of a browser, or of a client like one.
  const isLogged = proxy.access.some(
    ({ record: { upgrade, status } }) => upgrade === true && status === answer?.status,
  )
  const isKnown = isLogged || probe?.evidence.origin !== undefined || probe?.evidence.tcp !== undefined
  if (!isKnown || probe?.evidence.bad_key || answer?.status !== 400) return undefined
  const missed = told.server.find(({ means }) => means === 'handshake-header')
  return (
    missed &&
    say(sentence`The server misses a header of the handshake that was sent: ${missed.detail}`, missed.from)
  )
}

/** A server that wants TLS or HTTP/2 names that; one that wants another version names those. */
function asksForThis({ answer }: Facts): boolean {
  const wanted = headerValue(answer?.headers, 'upgrade')
  const versions = headerValue(answer?.headers, 'sec-websocket-version')
  return (
    (wanted === undefined || /\bwebsocket\b/i.test(wanted)) &&
    (versions === undefined || /\b13\b/.test(versions))
  )
}

const namesOurVersion = ({ answer }: Facts): boolean =>
  /^\s*13\s*$/.test(headerValue(answer?.headers, 'sec-websocket-version') ?? '')

/** The hops that the answer names, whoever they are. */
export function hopsSeen({ probe }: Facts): { hops: readonly Hop[]; because: Because[] } {
  const headers = probe?.evidence.http?.headers ?? []
  const hops = hopsOf(headers)
  const via = headerValue(headers, 'via')
  if (hops.length === 0 && via === undefined) return { hops, because: [] }
  const names = hops.map(({ who }) => who).join(', ')
  const says =
    names === ''
      ? sentence`The answer came through “${foreign(via ?? '', 80)}” (Via)`
      : sentence`The answer came through ${names}`
  return { hops, because: [say(says, 'probe.http.headers')] }
}

/** What to know of those hops beside what to write: that one passes upgrades by itself, or cannot. */
export const newsOfHops = (facts: Facts): Sentence[] => [
  ...new Set(
    [
      ...hopsSeen(facts).hops.map(({ id }) => id),
      ...facts.stack.proxy,
      hopOfHost(facts.target.host)?.id ?? '',
    ].flatMap((id) => newsOf(id) ?? []),
  ),
]
