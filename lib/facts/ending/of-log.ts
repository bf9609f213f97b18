/**
 * The ending as a proxy's lines and the crowd of connections tell it: used where nobody watched one connection.
 *
 * A line about an upgraded connection rarely says whether a Close frame came first. It counts as dropped only
 * where the line, an error line or the pattern of all connections speaks of a cut; else nobody saw its end.
 */

import type { Evidence } from '#lib/evidence/schema.ts'
import { type Because, say } from '#lib/facts/because.ts'
import { clientGone } from '#lib/facts/client-gone.ts'
import { ENDING_SAYS, type Ending } from '#lib/facts/ending/ending.ts'
import { endingOfWords } from '#lib/facts/ending/of-words.ts'
import { endOfTunnel } from '#lib/facts/envoy-flags.ts'
import { countOfPeers, type PeerPicture } from '#lib/facts/peers.ts'
import { noticeOf, type ProxyView } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import type { ToldView } from '#lib/facts/told.ts'
import type { Sign } from '#lib/logs/record.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

const seenBy = 'log'

/**
 * Written into logs and sent to nobody: the client closed before an answer (499 of nginx, ngx_http_request.h; 460 of
 * an AWS load balancer, "Troubleshoot your Application Load Balancers").
 */
const LEFT: ReadonlySet<number> = new Set([460, 499])

export function endingOfLog(
  evidence: Evidence,
  proxy: ProxyView,
  peers: PeerPicture | undefined,
  told: ToldView,
): Ending | undefined {
  const line = proxy.access.find(({ record }) => record.status === undefined || isHandshake(record.status))
  if (line?.record.status !== undefined && line.record.status !== 101) {
    const { status } = line.record
    if (LEFT.has(status)) return leftUnanswered(status, line.from)
    return {
      kind: 'answered',
      status,
      seenBy,
      because: [say(sentence`The log has HTTP ${status} for the handshake`, line.from)],
    }
  }
  const aborted = abortedIn(proxy)
  if (aborted) return { kind: 'pending', seenBy, because: [aborted] }
  if (peers?.sentAway)
    return { ...SENT_AWAY, because: [say('Each connection was closed with 1001', 'peers')] }
  const cut =
    cutSaid(proxy) ??
    cutTold(proxy, told) ??
    clientGone(proxy, told) ??
    crashSaid(proxy) ??
    patternSaid(peers)
  if (cut !== undefined) return { kind: 'dropped', seenBy, because: [cut] }
  if (line !== undefined) {
    const because = [say(sentence`The log has HTTP 101 for the handshake`, line.from)]
    return line.record.status === 101 ? { kind: 'opened', seenBy, because } : undefined
  }
  const [words] = told.proxy.flatMap((each) =>
    each.status !== undefined && LEFT.has(each.status)
      ? leftUnanswered(each.status, each.from)
      : (endingOfWords(each, seenBy) ?? []),
  )
  return refusedBySign(proxy) ?? words ?? orderly(evidence)
}

function leftUnanswered(status: number, from: string): Ending {
  const says = sentence`The log has ${status}: the client gave up before there was an answer`
  return { kind: 'pending', seenBy, because: [say(says, from)] }
}

/** “The client aborted” while HAProxy waited for its request, a server, or the answer of one (configuration.txt, §8.5). */
const ABORTED = /^C[RQCH]/

/** HAProxy answers nothing then, and writes -1 for the status. */
function abortedIn({ access }: ProxyView): Because | undefined {
  const line = access.find(({ record: { status, flags = '' } }) => status === 0 && ABORTED.test(flags))
  const flags = line?.record.flags ?? ''
  return (
    line &&
    say(sentence`HAProxy’s line ends with ${flags}: the client gave up before there was an answer`, line.from)
  )
}

const SENT_AWAY = { kind: 'closed', code: 1001, reason: '', clean: true, by: 'peer', seenBy } as const

/** A tunnel's line, or a refusal; what was answered 200 may have been a page. */
function isHandshake(status: number): boolean {
  return status === 101 || status >= 300 || status === 200
}

function cutSaid(proxy: ProxyView): Because | undefined {
  const notice = noticeOf(proxy, 'tunnel-timed-out', 'tunnel-client-timed-out', 'tunnel-reset', 'tunnel-lost')
  if (notice !== undefined)
    return say(sentence`The proxy logged “${excerpt(notice.record.text)}”`, notice.from)
  const end = terminationOf(proxy)
  if (end !== undefined && end.by !== 'nobody' && end.by !== 'client' && end.by !== 'other') {
    return say(sentence`HAProxy’s line ends with ${end.flags}`, end.from)
  }
  const flag = endOfTunnel(proxy)
  if (flag) return say(sentence`Envoy’s line has ${flag.flag}`, flag.from)
  const unfinished = proxy.access.find(({ record }) => record.status === 101 && record.complete === false)
  return unfinished && say('The proxy did not count the request as complete', unfinished.from)
}

/** Said of the proxy itself, and of no connection. */
const OF_ITSELF: ReadonlySet<Sign> = new Set(['worker-crashed', 'worker-ending', 'reload', 'stop', 'other'])

/** That a worker died is all that is told: whatever it held ended. */
function crashSaid({ access, notices }: ProxyView): Because | undefined {
  const crash = notices.find(({ record }) => record.sign === 'worker-crashed')
  if (crash === undefined || access.length > 0) return undefined
  return notices.every(({ record }) => OF_ITSELF.has(record.sign))
    ? say(sentence`The proxy logged “${excerpt(crash.record.text)}”`, crash.from)
    : undefined
}

function patternSaid(peers: PeerPicture | undefined): Because | undefined {
  return peers === undefined || peers.pattern.kind === 'none' ? undefined : say(ENDING_SAYS.dropped, 'peers')
}

/** The words of a cloud for tunnels that their clients did not end, where the phrasebook knows them, and most ended so. */
function cutTold({ access }: ProxyView, { proxy }: ToldView): Because | undefined {
  const places = new Set(access.flatMap(({ record: { cut }, from }) => (cut === undefined ? [] : [from])))
  const tunnels = access.filter(({ record: { status } }) => status === 101).length
  const words = places.size * 2 < tunnels ? undefined : proxy.find(({ from }) => places.has(from))
  return words && say(words.detail, words.from)
}

/** What a proxy answers when this goes wrong (nginx; the others differ in 502 against 503). */
const STATUS_OF: Partial<Record<Sign, number>> = {
  'connect-refused': 502,
  'connect-failed': 502,
  'connect-timed-out': 504,
  'response-timed-out': 504,
  'closed-before-response': 502,
  'reset-before-response': 502,
  'response-header-too-big': 502,
  'response-invalid': 502,
  'upstream-not-tls': 502,
  'upstream-is-tls': 502,
  'upstream-tls-failed': 502,
  'request-too-large': 400,
  'no-live-upstream': 502,
  'unknown-upstream-host': 502,
  'no-resolver': 502,
  'setting-wrong': 500,
  'upstream-tls-off': 500,
  'no-protocol-handler': 500,
  'connection-limit': 503,
  'request-limit': 503,
  forbidden: 403,
}

function refusedBySign(proxy: ProxyView): Ending | undefined {
  for (const { record, from } of proxy.notices) {
    const status = STATUS_OF[record.sign]
    const says = sentence`The proxy logged “${excerpt(record.text)}”`
    if (status !== undefined) return { kind: 'answered', status, seenBy, because: [say(says, from)] }
    if (record.sign === 'client-left') return { kind: 'pending', seenBy, because: [say(says, from)] }
    // nginx takes it for HTTP/0.9, and adds no header of its own.
    if (record.sign === 'response-not-http') return { kind: 'unanswered', seenBy, because: [say(says, from)] }
  }
  // A page’s address without a file leaves such a line, too: it counts where nothing else is said.
  const file = noticeOf(proxy, 'file-not-found')
  if (
    file &&
    proxy.notices.every(({ record }) => record.sign === 'file-not-found' || record.sign === 'other')
  )
    return {
      kind: 'answered',
      status: 404,
      seenBy,
      because: [say(sentence`The proxy logged “${excerpt(file.record.text)}”`, file.from)],
    }
  // Scanners leave this line at every public port: it counts where there is no other.
  const plain = noticeOf(proxy, 'plain-http-to-tls-port', 'tls-to-plain-http-port')
  if (plain === undefined || proxy.notices.some(({ record }) => record.sign !== plain.record.sign))
    return undefined
  const says = sentence`The proxy logged “${excerpt(plain.record.text)}”`
  if (plain.record.sign === 'tls-to-plain-http-port')
    return { kind: 'tls', seenBy, because: [say(says, plain.from)] }
  return { kind: 'answered', status: 400, seenBy, because: [say(says, plain.from)] }
}

function orderly({ peers }: Evidence): Ending | undefined {
  // 1001 is what a page sends that is left, and what a gateway sends that ends an idle connection.
  const isOrderly =
    (peers?.every(({ code }) => code !== undefined && isOrderlyEnd(code)) ?? false) &&
    (peers?.some(({ code }) => code !== 1001) ?? false)
  if (peers === undefined || peers.length === 0 || !isOrderly) return undefined
  return {
    kind: 'open',
    seenBy,
    because: [say(sentence`All ${countOfPeers(peers)} connections ended in order`, 'peers')],
  }
}
