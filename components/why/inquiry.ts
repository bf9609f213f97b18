/**
 * Why a connection of the Live page ended, judged in this browser by what it recorded: that works when the server of
 * the page is the one that is gone. What would decide is tried by the server's probe, with the same evidence.
 */
import { createStore } from 'zustand/vanilla'
import { live } from '#components/core/live-core.ts'
import { readHere } from '#components/diagnose/ask/reader.ts'
import { recordedEvidence } from '#components/diagnose/recorded.ts'
import { type Experiment, startExperiment } from '#components/experiment/experiment.ts'
import { pastTrial } from '#components/experiment/trial.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'

/** @throws Error in a sentence */
export async function judgeConnection(id: ConnectionId, signal: AbortSignal): Promise<Report> {
  const { report } = await readHere({ evidence: evidenceOf(id) }, signal)
  return report
}

function evidenceOf(id: ConnectionId) {
  const connection = live.store.getState().connections[id]
  return connection && recordedEvidence(id, connection.target.url)
}

/** What is tried to decide, by the connection that it is about: it goes on while nobody looks. */
export const testStore = createStore<{ readonly tests: Readonly<Record<ConnectionId, Experiment>> }>(() => ({
  tests: {},
}))

/**
 * Opens the URL from the server, idle for longer than the connection lived, and with a heartbeat when it is dropped.
 * Judges both together with what this browser recorded.
 */
export function testWithHeartbeat({ id, target, losses }: Connection): void {
  const lived = losses.kept.at(-1)?.state.lastedMs ?? 0
  const order = {
    url: target.url,
    ...(target.subprotocols.length > 0 && { subprotocols: [...target.subprotocols] }),
    hold_seconds: holdSeconds(lived),
  }
  const trial = pastTrial(evidenceOf(id) ?? null)
  const experiment = startExperiment({ trial, watchMs: null, plan: () => ({ probe: order }) })
  testStore.getState().tests[id]?.end()
  testStore.setState(({ tests }) => ({ tests: { ...tests, [id]: experiment } }))
  void experiment.judge()
}

export function endTest(id: ConnectionId): void {
  const { [id]: test, ...tests } = testStore.getState().tests
  test?.end()
  testStore.setState({ tests })
}

const LONGEST_HOLD_SECONDS = 3600

/** A quarter longer than it lived, and a second for the handshake: a timer is never that inexact. */
function holdSeconds(livedMs: number): number {
  return Math.min(LONGEST_HOLD_SECONDS, Math.ceil((livedMs * 1.25) / 1000) + 1)
}

/** How long the test takes in milliseconds, where the connection is dropped again: idle, then twice that with a heartbeat. */
export function testMs({ losses }: Pick<Connection, 'losses'>): number {
  return (losses.kept.at(-1)?.state.lastedMs ?? 0) * 3
}
