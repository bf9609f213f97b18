/** Worth saying, and no part of the outcome. */

import { ofApplication } from '#lib/diagnosis/application-warnings.ts'
import type { Outcome, Warning } from '#lib/diagnosis/report.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import { endOnWire, isPongDue, type RetryOutcome } from '#lib/evidence/probe-outcome.ts'
import { variationWords } from '#lib/evidence/retry-kinds.ts'
import { isFine } from '#lib/facts/ending/settle.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { mayTravel } from '#lib/protocol/close-codes.ts'
import { excerpt, foreign, sentence } from '#lib/text/foreign.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

export function warningsOf(facts: Facts, outcome: Outcome): Warning[] {
  return [
    ...blockedByClient(facts),
    ...anyOrigin(facts),
    ...certificate(facts),
    ...unboundedCompression(facts),
    ...pingUnanswered(facts),
    ...closeHandshake(facts),
    ...badKey(facts),
    ...oldVersion(facts),
    ...noHeartbeat(facts, outcome),
    ...proxyLog(facts),
    ...unreadLines(facts),
    ...probeDiffers(facts),
    ...flood(facts),
    ...ofApplication(facts),
    ...retriesLeftOut(facts),
    ...secretsMasked(facts),
  ]
}

/** RFC 6455 §4.1: 16 bytes in base64. */
function badKey({ probe, answer }: Facts): Warning[] {
  if (!probe?.evidence.bad_key || answer?.status !== 400) return []
  const says = sentence`The Sec-WebSocket-Key of this request is not 16 bytes in base64, and servers answer 400 to that alone. Repeat it with dGhlIHNhbXBsZSBub25jZQ==.`
  return [{ id: 'bad-key', says }]
}

/** Only where nobody's origin is as good as the page's own, and none was refused. */
function blockedByClient({ told: { client } }: Facts): Warning[] {
  const told = client.some(({ means }) => means === 'blocked-by-client')
  const says = sentence`A browser extension or company policy blocked the connection.`
  return told ? [{ id: 'blocked-by-client', says }] : []
}

function anyOrigin({ retries, target, probe }: Facts): Warning[] {
  const named = retries.origin.filter(({ vary }) => typeof vary.origin === 'string')
  const foreign = named.find(({ vary, opened }) => opened && !ownOrigins(target).includes(vary.origin ?? ''))
  if (!foreign || !probe?.opened || named.some(({ outcome }) => !isLetIn(outcome))) return []
  const says = sentence`A connection with the foreign origin ${foreign.vary.origin ?? ''} was accepted. Where cookies authenticate, any website can use a visitor’s session (cross-site WebSocket hijacking).`
  return [{ id: 'any-origin-accepted', says }]
}

/** A refusal may also come as a Close frame right after the 101. */
const isLetIn = (outcome: RetryOutcome): boolean =>
  outcome.stage === 'open' && endOnWire(outcome.end).kind !== 'close'

function ownOrigins({ pageOrigin, url }: Facts['target']): (string | undefined)[] {
  return [pageOrigin, url && `${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`]
}

/** The probe counts the seconds itself; a recording has the server's own Date header for a clock. */
function certificate({ probe }: Facts): Warning[] {
  const tls = probe?.evidence.tls
  const date = probe?.evidence.http?.headers?.find(([name]) => name.toLowerCase() === 'date')?.[1]
  const leftMs =
    tls?.valid_for_seconds === undefined
      ? Date.parse(tls?.valid_to ?? '') - Date.parse(date ?? '')
      : tls.valid_for_seconds * 1000
  const days = Math.floor(leftMs / DAY_MS)
  if (Number.isNaN(days) || days < 0 || days > SOON_DAYS) return []
  return [{ id: 'certificate-ends-soon', says: sentence`The certificate is valid for ${days} more days.` }]
}

/** Compression without a bound on its memory: about 300 KB a connection on the server (RFC 7692 §7.1). */
function unboundedCompression({ retries }: Facts): Warning[] {
  const retry = retries.compression.find(({ opened }) => opened)
  const agreed = headerValue(retry?.headers, 'sec-websocket-extensions') ?? ''
  if (
    !/permessage-deflate/i.test(agreed) ||
    /server_no_context_takeover|server_max_window_bits/i.test(agreed)
  ) {
    return []
  }
  const says = sentence`The server agrees to compress with a full window kept for each connection: its memory grows with every client. Limit it (server_no_context_takeover, window bits) or leave compression off.`
  return [{ id: 'compression-without-limits', says }]
}

function pingUnanswered({ probe }: Facts): Warning[] {
  if (
    !probe?.opened ||
    probe.evidence.ping?.rtt_ms !== null ||
    (probe.end && endOnWire(probe.end).kind === 'fin')
  )
    return []
  if (!isPongDue(probe.evidence)) return []
  const says = sentence`The server did not answer a ping while it was watched (RFC 6455 §5.5.3 asks it to).`
  return [{ id: 'ping-not-answered', says }]
}

/**
 * How the probe's own close, or the server's, would have looked to a page. Measured with Chromium 156 and Firefox 153.
 */
function closeHandshake({ probe }: Facts): Warning[] {
  const { close, end, after_close: after } = probe?.evidence ?? {}
  const found: Warning[] = []
  if (close?.answer === 'fin' || close?.answer === 'rst') {
    const says = sentence`The server ended TCP and did not answer the Close frame with its own. In a page every orderly close() ends with 1006, and wasClean is false.`
    found.push({ id: 'close-not-answered', says })
  }
  const code = end?.kind === 'close_frame' && typeof end.code === 'number' ? end.code : undefined
  if (end?.by === 'probe' && code !== undefined && !mayTravel(code)) {
    const reason = end.reason ? sentence` and the reason “${foreign(end.reason, 60)}”` : ''
    const says = sentence`The server answered the Close frame with code ${code}${reason}: no server may send that code. A page sees it in place of its own, and stricter clients see a protocol error.`
    found.push({ id: 'close-answered-wrongly', says })
  }
  if (after !== undefined && end?.kind === 'close_frame') {
    const what = after.opcode === 8 ? 'a second Close frame' : 'more frames'
    const says = sentence`The server sent ${what} after its Close frame (RFC 6455 §5.5.1 forbids it). Chromium reports 1006 in place of ${code ?? 1005}, and Firefox keeps the first.`
    found.push({ id: 'frames-after-close', says })
  }
  return found
}

/** Over HTTP/1.0 there is no Upgrade (RFC 9110 §7.8); Chromium 156 takes the answer all the same. */
function oldVersion({ probe }: Facts): Warning[] {
  const http = probe?.evidence.http
  if (http?.status !== 101 || http.version !== '1.0') return []
  const says = sentence`The 101 came as HTTP/1.0: Firefox refuses it, and the page sees 1006. Chromium accepts it.`
  return [{ id: 'switched-in-http-1.0', says }]
}

const LONG_MS = 30_000

function noHeartbeat({ probe, ending }: Facts, outcome: Outcome): Warning[] {
  if (outcome !== 'healthy' || !isFine(ending) || !probe?.opened) return []
  const watchedMs = (probe.outcome.ms ?? 0) - (probe.answeredMs ?? 0)
  // Greetings and answers come at once; what comes later of its own accord is a heartbeat or as good as one.
  const later = probe.frames.filter(({ opcode, ms = 0 }) => opcode < 10 && opcode !== 8 && ms > GREETING_MS)
  if (watchedMs < LONG_MS || later.length > 0) return []
  const says = sentence`Nothing arrived of itself in ${Math.round(watchedMs / 1000)} s: without a heartbeat any idle timer on the way will end the connection.`
  return [{ id: 'no-heartbeat-seen', says }]
}

const GREETING_MS = 2000

function unreadLines({ evidence: { unread = [] } }: Facts): Warning[] {
  const [first] = unread
  if (first === undefined) return []
  const count = unread.length === 1 ? 'A line that speaks' : `${unread.length} lines that speak`
  const says = sentence`${count} of a failure could not be understood, such as “${excerpt(first)}”.`
  return [{ id: 'lines-not-understood', says }]
}

function proxyLog({ proxy }: Facts): Warning[] {
  return proxy.unreadable
    ? [
        {
          id: 'log-not-understood',
          says: sentence`No proxy log line was recognized, so the log was not used.`,
        },
      ]
    : []
}

function probeDiffers({ endings, ending }: Facts): Warning[] {
  const { page, probe } = endings
  if (!page || !probe || page.kind === probe.kind || ending.seenBy !== 'browser') return []
  if (page.kind === 'open' && probe.kind === 'dns') {
    const says = sentence`The page connected, and the probe could not resolve the name: they ask different resolvers.`
    return [{ id: 'probe-resolves-differently', says }]
  }
  if (page.kind === 'open' && probe.kind === 'tls') {
    const says = sentence`The page connected, and the probe refused the certificate: they trust different authorities.`
    return [{ id: 'probe-distrusts', says }]
  }
  return []
}

function flood({ probe }: Facts): Warning[] {
  const { frames = [], more_frames: more = 0 } = probe?.evidence ?? {}
  if (probe?.end && endOnWire(probe.end).kind === 'left') {
    const says = sentence`The server sent more data than the probe reads. The probe stopped early; later events are unknown.`
    return [{ id: 'too-much-data', says }]
  }
  if (more === 0) return []
  const says = sentence`The server sent ${frames.length + more} frames; only the first ${frames.length} are listed.`
  return [{ id: 'many-frames', says }]
}

const MOST_MASKED = 8

function secretsMasked({ evidence }: Facts): Warning[] {
  const masked = evidence.masked ?? []
  if (masked.length === 0) return []
  const named = masked.slice(0, MOST_MASKED).map((what) => what.slice(0, 60))
  const more = masked.length > MOST_MASKED ? ` and ${masked.length - MOST_MASKED} more` : ''
  const says = sentence`Secrets were masked in the evidence, and are nowhere kept: ${named.join(', ')}${more}.`
  return [{ id: 'secrets-masked', says }]
}

const MOST_LEFT_OUT = 6

/** What the time did not suffice for may be what would have told. */
function retriesLeftOut({ evidence: { retries = [] } }: Facts): Warning[] {
  const leftOut = retries
    .filter(({ out_of_time: isLeftOut }) => isLeftOut)
    .map(({ vary }) => variationWords(vary))
  if (leftOut.length === 0) return []
  const more = leftOut.length - MOST_LEFT_OUT
  const words = [...leftOut.slice(0, MOST_LEFT_OUT), ...(more > 0 ? [`${more} more`] : [])]
  const says = sentence`The time for retries was over before the probe had tried again ${words.join('; ')}.`
  return [{ id: 'retries-left-out', says }]
}
