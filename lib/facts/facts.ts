/** All facts of one evidence document: derived once, read by every cause. */

import type { Evidence } from '#lib/evidence/schema.ts'
import { toldByStatuses } from '#lib/facts/alb-statuses.ts'
import { type Answer, readAnswer } from '#lib/facts/answer.ts'
import { type ApplicationView, readApplication } from '#lib/facts/application.ts'
import { type BackendView, readBackend } from '#lib/facts/backend.ts'
import type { Because } from '#lib/facts/because.ts'
import { clientGone } from '#lib/facts/client-gone.ts'
import { type Cuts, readCuts } from '#lib/facts/cut.ts'
import type { Ending } from '#lib/facts/ending/ending.ts'
import { endingOfClient } from '#lib/facts/ending/of-client.ts'
import { endingOfLog } from '#lib/facts/ending/of-log.ts'
import { endingOfProbe } from '#lib/facts/ending/of-probe.ts'
import { endingOfServer } from '#lib/facts/ending/of-server.ts'
import { type Endings, saysMore, settleEnding } from '#lib/facts/ending/settle.ts'
import { toldByFlags } from '#lib/facts/envoy-flags.ts'
import { type LastWords, lastWordsOf } from '#lib/facts/last-words.ts'
import { type PageView, readPage } from '#lib/facts/page.ts'
import { crowdOf, type PeerPicture, readPeers } from '#lib/facts/peers.ts'
import { type ProbeView, readProbe } from '#lib/facts/probe.ts'
import { noticeOf, type ProxyView, readProxy } from '#lib/facts/proxy.ts'
import { readSettings } from '#lib/facts/proxy-settings.ts'
import { type Opener, openerOf, type Retries, readRetries } from '#lib/facts/retries.ts'
import type { ProxySettings } from '#lib/facts/settings.ts'
import { readStack, type Stack } from '#lib/facts/stack.ts'
import { readTarget, sameAuthority, type Target } from '#lib/facts/target.ts'
import { besideRefusal, readTold, type ToldView } from '#lib/facts/told.ts'

export type Facts = {
  evidence: Evidence
  target: Target
  page: PageView
  /** The protocol above WebSocket, where it shows. */
  application: ApplicationView | undefined
  /** What programs said, sentence by sentence. */
  told: ToldView
  /** Which programs are at work at each end. */
  stack: Stack
  probe: ProbeView | undefined
  backend: BackendView
  proxy: ProxyView
  settings: ProxySettings
  retries: Retries
  /** What opens it, where a retry found that. */
  opener: Opener | undefined
  peers: PeerPicture | undefined
  /** A proxy’s word that the client’s side ended TCP. */
  clientGone: Because | undefined
  endings: Endings
  ending: Ending
  /** Only where the handshake was answered with a status. */
  answer: Answer | undefined
  cuts: Cuts
  /** Why the server closed, by its own word for it. */
  lastWords: LastWords | undefined
}

export function readFacts(evidence: Evidence): Facts {
  const target = readTarget(evidence)
  const sameTarget = (uri: string) => sameAuthority(target, uri)
  const page = readPage(evidence, sameTarget)
  const probe = readProbe(evidence)
  const proxy = readProxy(evidence, target)
  const application = readApplication(evidence)
  const told = besideRefusal(
    readTold(
      evidence,
      proxy.words,
      [...toldByFlags(proxy), ...toldByStatuses(proxy)],
      sameTarget,
      application,
    ),
    noticeOf(proxy, 'refuses-to-start') !== undefined,
  )
  const backend = readBackend(evidence, told)
  const settings = readSettings(evidence, target, probe, portOfOrigin(told))
  const retries = readRetries(evidence, sameTarget)
  const endings: Endings = {
    page: endingOfClient(page, told),
    probe: endingOfProbe(probe),
    server: endingOfServer(backend, told),
  }
  const isFromText = !page.timed && probe === undefined
  const settled = settleEnding(endings, backend, isFromText)
  // Where nobody watched one connection, the log's own lines are the crowd.
  const peers = readPeers(evidence) ?? (settled.kind === 'unseen' ? crowdOf(proxy) : undefined)
  const ending = withLog(settled, endingOfLog(evidence, proxy, peers, told), backend, isFromText)
  return {
    evidence,
    target,
    page,
    application,
    told,
    stack: readStack(evidence, told, proxy, target, application),
    probe,
    backend,
    proxy,
    settings,
    retries,
    opener: openerOf(retries, probe),
    peers,
    clientGone: clientGone(proxy, told),
    endings,
    ending,
    answer: readAnswer(ending, probe, proxy, backend, settings, told),
    cuts: readCuts(page, told, probe, backend),
    lastWords: lastWordsOf({ ending, told, evidence }),
  }
}

/** The port of a page's Origin that a server named when it refused it; undefined for a usual one. */
function portOfOrigin({ server }: ToldView): number | undefined {
  const origin = server.find((each) => each.origin !== undefined)?.origin ?? ''
  const port = URL.parse(origin.includes('://') ? origin : `https://${origin}`)?.port
  return port ? Number(port) : undefined
}

/** Endings of a client that saw that it failed, and not where. */
const UNTOLD: readonly Ending['kind'][] = ['unopened', 'lost', 'refused']

/** Endings of a backend that saw a request, and not what came of it. */
const BEFORE_THE_ANSWER: readonly Ending['kind'][] = ['pending', 'opened', 'refused-101']

/** A proxy that refuses the backend’s 101 hangs up at once. */
const AT_ONCE_MS = 500

const endedAtOnce = ({ ends: [end], upgradedMs, timed }: BackendView): boolean =>
  timed && end !== undefined && upgradedMs !== undefined && end.ms - upgradedMs < AT_ONCE_MS

const isEndOfOpen = ({ kind }: Ending): boolean => kind === 'dropped' || kind === 'closed'

/** A log tells the end where no one watched the connection, and the answer where its client did not see it. */
function withLog(
  settled: Ending,
  logged: Ending | undefined,
  backend: BackendView,
  isFromText: boolean,
): Ending {
  if (settled.kind === 'unseen') return logged ?? settled
  if (isFromText && settled.seenBy !== 'server' && logged && saysMore(logged, settled))
    return { ...logged, because: [...logged.because, ...settled.because] }
  // That it opened is all that was seen of it: a line that tells its end goes on from there.
  if (settled.kind === 'opened' && settled.seenBy !== 'probe' && logged && isEndOfOpen(logged))
    return { ...logged, because: [...logged.because, ...settled.because] }
  // What a backend got and sent says nothing of what its proxy made of it.
  const isBehind =
    settled.seenBy === 'server' && (BEFORE_THE_ANSWER.includes(settled.kind) || endedAtOnce(backend))
  if (!(UNTOLD.includes(settled.kind) || isBehind) || logged?.kind !== 'answered') return settled
  return { ...logged, because: [...logged.because, ...settled.because] }
}
