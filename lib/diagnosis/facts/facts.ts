/** All facts of one evidence document: derived once, read by every cause. */
import { type Answer, readAnswer } from '#lib/diagnosis/facts/answer.ts'
import { type BackendView, readBackend } from '#lib/diagnosis/facts/backend.ts'
import { type ConsoleView, readConsole } from '#lib/diagnosis/facts/console.ts'
import { type Cuts, readCuts } from '#lib/diagnosis/facts/cut.ts'
import type { Ending } from '#lib/diagnosis/facts/ending.ts'
import { endingOfLog } from '#lib/diagnosis/facts/ending-of-log.ts'
import { endingOfPage } from '#lib/diagnosis/facts/ending-of-page.ts'
import { endingOfProbe, endingOfServer } from '#lib/diagnosis/facts/ending-of-probe.ts'
import { type PageView, readPage } from '#lib/diagnosis/facts/page.ts'
import { crowdOf, type PeerPicture, readPeers } from '#lib/diagnosis/facts/peers.ts'
import { type ProbeView, readProbe } from '#lib/diagnosis/facts/probe.ts'
import { type ProxyView, readProxy } from '#lib/diagnosis/facts/proxy.ts'
import { type ProxySettings, readSettings } from '#lib/diagnosis/facts/proxy-settings.ts'
import { type Retries, readRetries } from '#lib/diagnosis/facts/retries.ts'
import { type Endings, settleEnding } from '#lib/diagnosis/facts/settle-ending.ts'
import { readTarget, sameAuthority, type Target } from '#lib/diagnosis/facts/target.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

export type Facts = {
  evidence: Evidence
  target: Target
  page: PageView
  console: ConsoleView
  probe: ProbeView | undefined
  backend: BackendView
  proxy: ProxyView
  settings: ProxySettings
  retries: Retries
  peers: PeerPicture | undefined
  endings: Endings
  ending: Ending
  /** Only where the handshake was answered with a status. */
  answer: Answer | undefined
  cuts: Cuts
}

export function readFacts(evidence: Evidence): Facts {
  const target = readTarget(evidence)
  const sameTarget = (uri: string) => sameAuthority(target, uri)
  const page = readPage(evidence, sameTarget)
  const console = readConsole(evidence, sameTarget)
  const probe = readProbe(evidence)
  const backend = readBackend(evidence)
  const proxy = readProxy(evidence, target)
  const endings: Endings = {
    page: endingOfPage(page, console),
    probe: endingOfProbe(probe),
    server: endingOfServer(backend),
  }
  const settled = settleEnding(endings, backend)
  // Where nobody watched one connection, the log's own lines are the crowd.
  const peers = readPeers(evidence) ?? (settled.kind === 'unseen' ? crowdOf(proxy) : undefined)
  const ending = settled.kind === 'unseen' ? (endingOfLog(evidence, proxy, peers) ?? settled) : settled
  return {
    evidence,
    target,
    page,
    console,
    probe,
    backend,
    proxy,
    settings: readSettings(evidence, target),
    retries: readRetries(evidence, sameTarget),
    peers,
    endings,
    ending,
    answer: readAnswer(ending, probe, proxy, backend),
    cuts: readCuts(page, console, probe, backend),
  }
}
