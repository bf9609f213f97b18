/** Which observations an evidence document holds. */
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Observation } from '#lib/playbook/cause.ts'

const retried = (evidence: Evidence, name: string): boolean =>
  (evidence.retries ?? []).some(({ vary }) => vary[name] !== undefined)

const PRESENT = {
  'browser.events': (e) => (e.browser?.events?.length ?? 0) > 0,
  'browser.console': (e) => e.browser?.console !== undefined,
  probe: (e) => e.probe !== undefined,
  'proxy.access_log': (e) => e.proxy?.access_log !== undefined,
  'proxy.error_log': (e) => e.proxy?.error_log !== undefined,
  'proxy.config': (e) => e.proxy?.config !== undefined,
  server: (e) => e.server !== undefined,
  peers: (e) => (e.peers?.length ?? 0) > 0,
  'retries.url': (e) => retried(e, 'url'),
  'retries.origin': (e) => retried(e, 'origin'),
  'retries.subprotocols': (e) => retried(e, 'subprotocols'),
  'retries.heartbeat_seconds': (e) => retried(e, 'heartbeat_seconds'),
  'retries.scheme': (e) => retried(e, 'scheme'),
} satisfies Record<Observation, (evidence: Evidence) => boolean>

/** Every observation there is. */
export const observations = Object.keys(PRESENT) as Observation[]

export const isObserved = (evidence: Evidence, observation: Observation): boolean =>
  PRESENT[observation](evidence)
