/** What the other connections of the same server or log say of a lost transport. */

import type { BackendView } from '#lib/facts/backend.ts'
import { say } from '#lib/facts/because.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { outlivedItsSilence } from '#lib/facts/outlived-silence.ts'
import { noticeOf, type ProxyView, terminationOf } from '#lib/facts/proxy.ts'
import type { Moment } from '#lib/logs/lifetimes.ts'
import { type DropSignal, strong } from '#lib/playbook/weighing/drop-signal.ts'

const OF_PATTERN = { idle: 'idle-timeout', lifetime: 'max-lifetime' } as const

export function crowdSignals(facts: Facts): DropSignal[] {
  const { peers, proxy, backend } = facts
  const pattern = peers?.pattern
  if (!pattern || pattern.kind === 'none') return []
  if (pattern.kind === 'reload') return momentSignals(pattern.moments, proxy, backend)
  const told = 'or' in pattern && pattern.or !== undefined ? [pattern.kind, pattern.or] : [pattern.kind]
  // Where beats are regular, one age is one silence too; a timer of silence would have struck before.
  const kinds = told.length > 1 && outlivedItsSilence(facts) ? told.filter((kind) => kind !== 'idle') : told
  return kinds.map((kind) => strong(OF_PATTERN[kind], say(PATTERN_SAYS[kind], 'peers')))
}

const PATTERN_SAYS = {
  idle: 'Other connections were cut after the same silence',
  lifetime: 'Other connections were cut at the same age',
}

const SOON_MS = 120_000
const MOMENT_SAYS = 'Connections of different ages were cut at the same moment'

/** A proxy that restarts and a backend that dies both cut everything at once: the next handshakes tell. */
function momentSignals(moments: readonly Moment[], proxy: ProxyView, backend: BackendView): DropSignal[] {
  const because = say(MOMENT_SAYS, 'peers')
  const failing = proxy.access.find(
    ({ record: { status = 0, atMs = 0 } }) =>
      [502, 503, 504].includes(status) &&
      moments.some((moment) => atMs >= moment.atMs && atMs - moment.atMs <= SOON_MS),
  )
  if (failing) {
    const says = `Right after it the proxy answered ${failing.record.status}: the backend was gone`
    return [strong('backend-dropped', because), strong('backend-dropped', say(says, failing.from))]
  }
  const restarted =
    terminationOf(proxy)?.by === 'killed' ||
    noticeOf(proxy, 'reload', 'stop', 'worker-crashed', 'worker-ending') !== undefined ||
    proxy.access.some(({ record }) => record.complete === false)
  // A backend that wrote down the end of its connections was not the one that died.
  if (restarted || backend.watched) return [strong('proxy-restart', because)]
  return [strong('proxy-restart', because), strong('backend-dropped', because)]
}
