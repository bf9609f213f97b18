/** What can be observed of a connection: whether an evidence document has it, and how a person would get it. */
import { type WantedRetry, wantedRetries } from '#lib/evidence/retry-kinds.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Observation } from '#lib/playbook/cause.ts'

type Row = {
  isIn: (evidence: Evidence) => boolean
  /** Something that a person can go and get. */
  words: string
}

const MEMBERS = {
  'browser.events': {
    isIn: (e) => (e.browser?.events?.length ?? 0) > 0,
    words: 'the order of error, open and close events in the page',
  },
  'browser.console': {
    isIn: (e) => e.browser?.console !== undefined,
    words: 'what the browser console says',
  },
  client: {
    isIn: (e) => e.client !== undefined || e.browser !== undefined,
    words: 'what the client itself logged, with times',
  },
  elsewhere: {
    isIn: (e) => (e.elsewhere?.length ?? 0) > 0,
    words: 'whether another browser, machine or network shows the same',
  },
  probe: {
    isIn: (e) => e.probe !== undefined,
    words: 'a probe of the same URL, which sees status and headers',
  },
  'proxy.access_log': {
    isIn: (e) => e.proxy?.access_log !== undefined,
    words: 'the proxy’s access log',
  },
  'proxy.error_log': {
    isIn: (e) => e.proxy?.error_log !== undefined,
    words: 'the proxy’s error log',
  },
  'proxy.config': {
    isIn: (e) => e.proxy?.config !== undefined,
    words: 'the proxy’s configuration',
  },
  server: {
    isIn: (e) => e.server !== undefined,
    words: 'what the server behind it received and logged',
  },
  peers: {
    isIn: (e) => (e.peers?.length ?? 0) > 0,
    words: 'how other connections to the same server ended',
  },
} satisfies Record<Exclude<Observation, `retries.${WantedRetry}`>, Row>

const RETRIES = wantedRetries.map(({ kind, wanted }): [Observation, Row] => [
  `retries.${kind}`,
  {
    isIn: (e) => (e.retries ?? []).some((retry) => retry.vary[kind] !== undefined && !retry.out_of_time),
    words: wanted,
  },
])

const TABLE: ReadonlyMap<string, Row> = new Map([...Object.entries(MEMBERS), ...RETRIES])

/** Every observation there is. */
export const observations = [...TABLE.keys()] as Observation[]

export const isObserved = (evidence: Evidence, observation: Observation): boolean =>
  TABLE.get(observation)?.isIn(evidence) ?? false

/** @param observation as a report names it; one of a later version stands for itself */
export const observationWords = (observation: string): string => TABLE.get(observation)?.words ?? observation
