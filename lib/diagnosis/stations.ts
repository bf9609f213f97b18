/** The stations of a connection’s path, and what can be said of each. */
import type { Sentence } from '#lib/text/foreign.ts'

export const stationIds = [
  'browser',
  'dns',
  'tcp',
  'tls',
  'proxy',
  'upgrade',
  'frames',
  'heartbeat',
  'close',
] as const
export type StationId = (typeof stationIds)[number]

/** As they are called wherever the path is drawn or written. */
export const stationNames = {
  browser: 'Browser',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  proxy: 'Proxy',
  upgrade: 'Upgrade',
  frames: 'Frames',
  heartbeat: 'Heartbeat',
  close: 'Close',
} as const satisfies Record<StationId, string>

/**
 * `noted`: it only tells of a failure elsewhere, as a browser does with 1006; `skipped`: there is nothing there (no TLS on ws://, no proxy that shows itself), and the way goes on behind it;
 * `waiting`: not reached; `unknown`: it was reached or passed, and nothing tells who is there.
 */
export type StationState = 'waiting' | 'active' | 'passed' | 'noted' | 'broken' | 'skipped' | 'unknown'

export const stationStates = {
  passed: 'passed',
  noted: 'reported it',
  broken: 'failed',
  active: 'in progress',
  skipped: 'not used',
  waiting: 'not reached',
  unknown: 'not known',
} as const satisfies Record<StationState, string>

export interface Station {
  readonly id: StationId
  readonly state: StationState
  /** A few characters: a time, a status, what broke; a dash where there is nothing to say. */
  readonly says: Sentence
  /** The whole of it, where `says` is short for something. */
  readonly whole?: Sentence
}
