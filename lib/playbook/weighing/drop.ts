/**
 * A connection that opened and was lost without a Close frame: who let go?
 *
 * To a page all of these look the same (1006, no error event, empty console). Each signal below stands for a
 * mechanism that one of the other observers can see. `decisive` admits no other cause for this connection,
 * `strong` speaks for one and could be a coincidence.
 */

import { serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf, terminationOf } from '#lib/facts/proxy.ts'
import { heldFor, wasCut } from '#lib/facts/retries.ts'
import { crowdSignals } from '#lib/playbook/weighing/drop-crowd.ts'
import { type DropSignal, decisive, strong } from '#lib/playbook/weighing/drop-signal.ts'

export function dropSignals(facts: Facts): DropSignal[] {
  return [
    ...idleSignals(facts),
    ...lifetimeSignals(facts),
    ...restartSignals(facts),
    ...backendSignals(facts),
    ...networkSignals(facts),
    ...crowdSignals(facts),
  ]
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** Silence before the cut fits a limit that the configuration sets. */
export function idleLimit(facts: Facts) {
  const cut = facts.cuts.any
  return cut && facts.settings.idle.find((limit) => closeTo(cut.silenceMs, limit.seconds * 1000))
}

function idleSignals(facts: Facts): DropSignal[] {
  const signals: DropSignal[] = []
  const { cuts, proxy, retries } = facts
  const limit = idleLimit(facts)
  const timedOut = noticeOf(proxy, 'tunnel-timed-out')
  // Other connections to the same path may have timed out; this one only if its silence fits.
  const fits = limit !== undefined || (facts.settings.idle.length === 0 && isOnlyLine(facts))
  // nginx logs the same words when a write to a stalled backend times out; there was traffic just before, then.
  const stalled = movedMuch(facts)
  if (timedOut) {
    const because = say('The proxy logged that this tunnel timed out', timedOut.from)
    if (stalled) signals.push(strong('peer-not-reading', because))
    else signals.push(fits ? decisive('idle-timeout', because) : strong('idle-timeout', because))
  }
  const end = terminationOf(proxy, cuts.any?.ageMs)
  if (end && (end.by === 'client-timeout' || end.by === 'server-timeout') && end.phase === 'data') {
    const side = end.by === 'client-timeout' ? 'client' : 'server'
    const because = say(`HAProxy ended the tunnel by a timeout on its ${side} side (${end.flags})`, end.from)
    signals.push(stalled ? strong('peer-not-reading', because) : decisive('idle-timeout', because))
  }
  const stalledClient = noticeOf(proxy, 'tunnel-client-timed-out')
  if (stalledClient) {
    const says = 'The proxy gave up sending to a client that did not read'
    signals.push(decisive('peer-not-reading', say(says, stalledClient.from)))
  }
  if (limit && cuts.any) {
    const says = `${seconds(cuts.any.silenceMs)} of silence came before the cut, and ${limit.setting} allows no more`
    signals.push(strong('idle-timeout', say(says, 'proxy.config')))
  }
  for (const retry of retries.heartbeat) {
    const cut = cuts.probe ?? cuts.any
    if (!cut || !heldFor(retry, cut.ageMs * 1.1 + 500)) continue
    const says = `With a heartbeat every ${retry.vary.heartbeat_seconds} s the connection outlived the cut`
    signals.push(strong('idle-timeout', say(says, retry.from)))
  }
  return signals
}

/** The log has this one connection, and agrees on how long it was. */
function isOnlyLine({ proxy: { access }, cuts }: Facts): boolean {
  const [line] = access
  const durationMs = line?.record.durationMs
  if (access.length > 1) return false
  return durationMs === undefined || cuts.any === undefined || closeTo(durationMs, cuts.any.ageMs)
}

const PING = 9
const MUCH_BYTES = 256 * 1024

function movedMuch({ proxy }: Facts): boolean {
  return proxy.access.some(({ record }) => (record.bytes ?? 0) > MUCH_BYTES)
}

function lifetimeSignals({ cuts, settings, retries, probe }: Facts): DropSignal[] {
  const signals: DropSignal[] = []
  const cut = cuts.any
  const limit = cut && settings.lifetime.find((known) => closeTo(cut.ageMs, known.seconds * 1000))
  if (limit && cut) {
    const says = `The connection was ${seconds(cut.ageMs)} old, and ${limit.setting} ends it at that age`
    signals.push(strong('max-lifetime', say(says, 'proxy.config')))
  }
  // A server that pings may miss our pongs at the same age each time; then the age alone tells nothing.
  const pinged = probe?.frames.some(({ opcode }) => opcode === PING)
  for (const retry of pinged ? [] : retries.heartbeat) {
    const first = cuts.probe ?? cut
    if (!first || !wasCut(retry) || !closeTo(retry.end?.ms ?? 0, first.ageMs)) continue
    const says = `With a heartbeat it was cut at the same age (${seconds(first.ageMs)}) all the same`
    signals.push(strong('max-lifetime', say(says, retry.from)))
  }
  return signals
}

function restartSignals({ proxy, cuts }: Facts): DropSignal[] {
  const signals: DropSignal[] = []
  const end = terminationOf(proxy, cuts.any?.ageMs)
  if (end?.by === 'killed') {
    const because = say(`HAProxy killed the session itself (${end.flags})`, end.from)
    // An operator may kill a single session; with a stop beside it there is no other reading.
    signals.push((noticeOf(proxy, 'stop') ? decisive : strong)('proxy-restart', because))
  }
  const crash = noticeOf(proxy, 'worker-crashed')
  if (crash) signals.push(strong('proxy-restart', say("The proxy's worker process died", crash.from)))
  const change = noticeOf(proxy, 'stop', 'reload')
  if (!change) return signals
  const unfinished = proxy.access.find(({ record }) => record.complete === false)
  const because = say(
    `The proxy was ${change.record.sign === 'stop' ? 'stopped' : 'reloaded'} while the connection was open`,
    change.from,
  )
  if (unfinished) {
    signals.push(decisive('proxy-restart', because))
    const says = 'The proxy itself did not count the request as complete'
    signals.push(decisive('proxy-restart', say(says, unfinished.from)))
  } else signals.push(strong('proxy-restart', because))
  return signals
}

function backendSignals(facts: Facts): DropSignal[] {
  const signals: DropSignal[] = []
  const { backend, proxy, cuts } = facts
  const cutMs = cuts.any ? cuts.any.ageMs + LATE_MS : Number.POSITIVE_INFINITY
  if (backend.exit && (backend.exit.ms ?? 0) <= cutMs) {
    const how = backend.exit.signal ?? `exit code ${backend.exit.exitCode ?? 'unknown'}`
    const says = `The backend's process ended (${how})`
    // What a process held is closed as it ends: a connection that lived on was another process's.
    const outlived = cutMs - (backend.exit.ms ?? cutMs) > OUTLIVED_MS
    signals.push((outlived ? strong : decisive)('backend-dropped', say(says, serverPath(backend.exit.at))))
  }
  // A reset by the client is logged at info; one by the backend at error (ngx_connection_error).
  const reset = noticeOf(proxy, 'tunnel-reset')
  if (reset && reset.record.level !== 'info') {
    signals.push(strong('backend-dropped', say('The backend reset the connection to the proxy', reset.from)))
  }
  const end = terminationOf(proxy, cuts.any?.ageMs)
  if (end?.by === 'server' || end?.by === 'server-down') {
    const says = `HAProxy logged that the server side ended the session (${end.flags})`
    signals.push(strong('backend-dropped', say(says, end.from)))
  } else if (end?.by === 'nobody' && (facts.ending.seenBy === 'browser' || facts.ending.seenBy === 'probe')) {
    const says = `HAProxy saw an orderly end (${end.flags}); the client did not close, so the backend did`
    signals.push(strong('backend-dropped', say(says, end.from)))
  } else if (!end && signals.length === 0) signals.push(...byExclusion(facts))
  return signals
}

/** A reset or FIN needs no longer from a dying process to the client, proxies between them included. */
const OUTLIVED_MS = 5000

/** What a backend records later than this after the cut is a consequence of it. */
const LATE_MS = 1500

/** The proxy finished the request in order, long before its own limit: the backend hung up. */
function byExclusion({ proxy, settings, cuts }: Facts): DropSignal[] {
  const line = proxy.access.find(({ record }) => record.status === 101 && record.complete !== false)
  const limit = settings.idle[0]
  const silenceMs = cuts.any?.silenceMs
  if (!line || !limit || silenceMs === undefined || silenceMs > limit.seconds * 800) return []
  if (!proxy.errorsWatched || noticeOf(proxy, 'reload', 'stop', 'worker-crashed', 'worker-ending')) return []
  const says = `The proxy ended the request in order after ${seconds(silenceMs)} of silence, well before ${limit.setting}`
  return [strong('backend-dropped', say(says, line.from))]
}

function networkSignals(facts: Facts): DropSignal[] {
  const { backend, cuts } = facts
  const signals: DropSignal[] = []
  const cutMs = cuts.any ? cuts.any.ageMs + LATE_MS : Number.POSITIVE_INFINITY
  const missed = backend.pongMissed
  if (missed && missed.ms <= cutMs) {
    const because = say('The server ended the connection over a missed pong', serverPath(missed.at))
    // Some heartbeats forgive one missed pong: what ended much later may have ended for another reason.
    const forgiven = cutMs - missed.ms > OUTLIVED_MS
    signals.push((forgiven ? strong : decisive)('pong-timeout', because))
  }
  const told = missed ? undefined : pongWords(facts)
  if (told) signals.push(strong('pong-timeout', told))
  const opened = backend.watched && backend.upgradedMs !== undefined
  if (opened && cuts.tcp === 'rst' && !backend.exit && (backend.lastEventMs ?? 0) > cutMs) {
    const says = 'The client got a reset, and the backend held the connection open long after'
    signals.push(strong('middlebox-reset', say(says, 'server')))
  }
  return signals
}

/** How Python websockets, aiohttp, uvicorn, Go programs and hand-made heartbeats tell that a ping went unanswered. */
const PONG_WORDS =
  /(keep-?alive|heartbeat|ping)[^\n]{0,40}(timed? ?out|no pong|unanswered)|no pong|missed pong|pong (was )?(missed|not received|timed? ?out)/i

function pongWords({ backend }: Facts): Because | undefined {
  const lines = [
    ...backend.errors.map(({ code, message, at }) => ({ text: `${code} ${message}`.trim(), at })),
    ...backend.logs,
  ]
  const line = lines.find(({ text }) => PONG_WORDS.test(text))
  return line && say(`The server says: ${line.text.slice(0, 160)}`, serverPath(line.at))
}
