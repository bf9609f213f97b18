/** Whether a 101 opens a WebSocket: what a browser checks of it, as far as the probe noted it. */
import type { HeaderList, ProbeEvidence } from '#lib/evidence/schema.ts'

/** `interim`: an answer such as 100 Continue came before the 101, over which Chromium fails (156; Firefox 153 does not). */
export type CheckName = 'accept' | 'upgrade' | 'connection' | 'subprotocol' | 'extensions' | 'interim'

/** A header that may come once and came twice, and the check that it belongs to. */
export type RepeatedHeader = { check: CheckName; header: string }

/** Both are empty where a browser opens it. */
export type FailedChecks = { failed: CheckName[]; repeated: RepeatedHeader[] }

export function failedChecks({ checks, http }: Pick<ProbeEvidence, 'checks' | 'http'>): FailedChecks {
  const repeated = repeatedIn(http?.headers)
  const failed = CHECKS.filter((name) => {
    if (name === 'interim') return (http?.interim?.length ?? 0) > 0
    return checks?.[name] === false || repeated.some(({ check }) => check === name)
  })
  return { failed, repeated }
}

const CHECKS: readonly CheckName[] = [
  'accept',
  'upgrade',
  'connection',
  'subprotocol',
  'extensions',
  'interim',
]

const ONCE: readonly RepeatedHeader[] = [
  { check: 'accept', header: 'Sec-WebSocket-Accept' },
  { check: 'upgrade', header: 'Upgrade' },
  { check: 'subprotocol', header: 'Sec-WebSocket-Protocol' },
]

/**
 * RFC 6455 §11.3.3 and §11.3.4; Chromium fails the connection over these and over Upgrade (net/websockets,
 * GetSingleHeaderValue and ValidateSubProtocol). Recorders may join the lines by a comma, which no single value has.
 */
function repeatedIn(headers: HeaderList = []): RepeatedHeader[] {
  return ONCE.filter(({ header }) => {
    const lines = headers.filter(([name]) => name.trim().toLowerCase() === header.toLowerCase())
    return lines.flatMap(([, value]) => value.split(',')).length > 1
  })
}
