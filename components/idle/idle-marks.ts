export interface IdleMark {
  seconds: number
  who: string
  /** Nobody documents the number; it is what users measured. */
  measured?: true
}

/**
 * The idle timers most often met, shortest first, for the ruler. The whole table with its sources is
 * `#lib/playbook/intermediaries/candidates.ts`, too large for the first load of this page; a test keeps the two in step.
 */
export const idleMarks: readonly IdleMark[] = [
  { seconds: 60, who: 'nginx, ALB' },
  { seconds: 100, who: 'Cloudflare', measured: true },
  { seconds: 350, who: 'NLB' },
  { seconds: 600, who: 'API GW' },
]

/** Whose limit a silence has outlived last, and whose it meets next. */
export function readRuler(silentMs: number): { passed: IdleMark | undefined; next: IdleMark | undefined } {
  const seconds = silentMs / 1000
  return {
    passed: idleMarks.findLast((mark) => mark.seconds <= seconds),
    next: idleMarks.find((mark) => mark.seconds > seconds),
  }
}
