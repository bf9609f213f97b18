/** The contract of a check: one promise of the wire contract or one line of the checklist, asked of a live server. */
export type Outcome = { result: 'ok' | 'failed' | 'warning' | 'skipped'; says: string }

export interface Check {
  id: string
  /** What must be true, as the table prints it. */
  promise: string
  run: (target: CheckTarget) => Promise<Outcome>
}

export interface CheckTarget {
  /** `https://host/prefix`, without a slash at the end. */
  httpBase: string
  wsBase: string
  /** The origin of a page that this server delivers. */
  ownOrigin: string
  headers: readonly (readonly [string, string])[]
  ca: string | undefined
  /** How long an answer may take. */
  patienceMs: number
  /** How long the idle check stays silent. */
  idleSeconds: number
  signal: AbortSignal
}

export const ok = (says: string): Outcome => ({ result: 'ok', says })
export const failed = (says: string): Outcome => ({ result: 'failed', says })
export const warning = (says: string): Outcome => ({ result: 'warning', says })
export const skipped = (says: string): Outcome => ({ result: 'skipped', says })
