/** The checklist for a deployment: origins, proxies, TLS, heartbeat and the success criteria. */

import { type CheckResult, ok, problem, unknown, warning } from '#lib/checklist/result.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { isLoopback } from '#lib/protocol/host.ts'
import { converse, NotOpened } from '#server/checklist/outside/conversation.ts'
import type { CheckTarget, OutsideCheck } from '#server/checklist/outside/target.ts'
import { probe } from '#server/probe/probe.ts'
import { AT_THE_MACHINE } from '#server/probe/transport/address-guard.ts'
import { FOREIGN_ORIGIN } from '#server/probe/variations.ts'

/** A success criterion of the playbook: the round trip of a small message stays below. */
const SLOW_MS = 100
/** A success criterion of the playbook: open for longer than this while idle. */
const LONG_IDLE_SECONDS = 30
const SOON_DAYS = 14

function probed(target: CheckTarget, options: { holdSeconds?: number } = {}): Promise<Evidence> {
  return probe(
    `${target.wsBase}/ws`,
    {
      origin: target.ownOrigin,
      headers: target.headers,
      ...(target.ca === undefined ? {} : { ca: target.ca }),
      watchMs: 200,
      ...options,
    },
    { policy: AT_THE_MACHINE, signal: target.signal },
  )
}

/** The probe's verdict, as far as it says that something is wrong. */
function wrongWith(evidence: Evidence): string | undefined {
  const { outcome, verdicts } = diagnose(evidence)
  if (outcome === 'healthy') return undefined
  const [first] = verdicts
  return first ? `${first.cause} (${first.certainty}): ${first.fix.summary}` : 'undetermined'
}

async function originAnswer(target: CheckTarget, origin: string): Promise<'accepted' | number> {
  try {
    const talk = await converse(target, '/ws', { origin })
    // A rejection by 1008 comes after the handshake.
    const closed = await talk.next('closed', undefined, 300)
    talk.end()
    return closed ? closed.code : 'accepted'
  } catch (error) {
    if (error instanceof NotOpened && error.status !== undefined) return error.status
    throw error
  }
}

export const deploymentChecks: readonly OutsideCheck[] = [
  {
    id: 'upgrade',
    asks: 'the handshake passes every hop, and frames come back',
    async run(target) {
      const evidence = await probed(target)
      const wrong = wrongWith(evidence)
      const handshakeMs = evidence.probe?.http?.ms ?? 0
      return wrong ? problem(wrong) : ok(`101 after ${handshakeMs} ms`, { handshake_ms: handshakeMs })
    },
  },
  {
    id: 'own-origin',
    asks: 'the server’s own pages may connect',
    async run(target) {
      const answer = await originAnswer(target, target.ownOrigin)
      return answer === 'accepted'
        ? ok(target.ownOrigin)
        : problem(`${target.ownOrigin} is refused with ${answer}`)
    },
  },
  {
    id: 'foreign-origin',
    asks: 'foreign websites may not connect',
    async run(target) {
      const answer = await originAnswer(target, FOREIGN_ORIGIN)
      if (answer === 'accepted')
        return problem(`${FOREIGN_ORIGIN} was let in: set ALLOWED_ORIGINS, or check the Origin`)
      return answer === 403 || answer === 1008
        ? ok(`refused with ${answer}`)
        : warning(`refused with ${answer}, not 403`)
    },
  },
  {
    id: 'encryption',
    asks: 'pages over https can connect',
    async run({ wsBase }) {
      const { protocol, hostname } = new URL(wsBase)
      if (protocol === 'wss:') return ok('wss://')
      return isLoopback(hostname)
        ? ok('ws:// on loopback, which browsers allow')
        : warning('ws:// is blocked as mixed content on every https page')
    },
  },
  {
    id: 'certificate',
    asks: `the certificate is valid for ${SOON_DAYS} days more`,
    async run(target) {
      if (!target.wsBase.startsWith('wss:')) return unknown('no TLS')
      const { probe: seen } = await probed(target)
      const tls = seen?.tls
      if (tls?.outcome !== 'ok') return problem(tls?.code ?? 'TLS was not reached')
      const days = Math.floor((tls.valid_for_seconds ?? 0) / 86_400)
      const facts = { valid_for_days: days }
      return days >= SOON_DAYS ? ok(`${days} days`, facts) : warning(`${days} days are left`, facts)
    },
  },
  {
    id: 'round-trip',
    asks: `a ping comes back within ${SLOW_MS} ms`,
    async run(target) {
      const talk = await converse(target, '/ws')
      const trips: number[] = []
      for (let count = 0; count < 5; count += 1) {
        const began = performance.now()
        talk.ping()
        if (!(await talk.next('pong'))) break
        trips.push(performance.now() - began)
      }
      talk.end()
      const median = trips.sort((a, b) => a - b)[Math.floor(trips.length / 2)]
      if (median === undefined) return problem('no ping was answered')
      const says = `median of ${trips.length}: ${median.toFixed(1)} ms`
      const facts = { median_ms: Number(median.toFixed(1)), pings: trips.length }
      return median < SLOW_MS ? ok(says, facts) : warning(says, facts)
    },
  },
  {
    id: 'close',
    asks: 'closing with 1000 is answered with 1000',
    async run(target) {
      const talk = await converse(target, '/ws')
      talk.close(1000)
      const closed = await talk.next('closed')
      talk.end()
      return closed?.code === 1000 ? ok('1000') : problem(closed ? `${closed.code}` : 'no answer')
    },
  },
  {
    id: 'idle',
    asks: `an idle connection stays open for more than ${LONG_IDLE_SECONDS} s`,
    run: idle,
  },
]

async function idle(target: CheckTarget): Promise<CheckResult> {
  const { idleSeconds } = target
  if (idleSeconds === 0)
    return unknown(`run again with --idle ${LONG_IDLE_SECONDS + 5}, or 65 for the usual timers`)
  const evidence = await probed(target, { holdSeconds: idleSeconds })
  const wrong = wrongWith(evidence)
  if (wrong) return problem(wrong)
  return idleSeconds > LONG_IDLE_SECONDS
    ? ok(`${idleSeconds} s`)
    : warning(`${idleSeconds} s, which is not more than ${LONG_IDLE_SECONDS}`)
}
