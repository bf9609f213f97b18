/** What a server or proxy says of its own refusal: causes that such a reason does not speak of step back. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Cause, Finding } from '#lib/playbook/cause.ts'
import type { Meaning } from '#lib/words/meaning.ts'

const UPGRADE = [
  'upgrade-headers-stripped',
  'upstream-http-version',
  'not-a-websocket-endpoint',
  'http2-websocket',
  'server-without-websocket',
]
const ORIGIN = ['origin-rejected', 'origin-missing', 'origin-rewritten']

/** The causes that a reason can stand for. */
const CAUSES_OF: Partial<Record<Meaning, readonly string[]>> = {
  'upgrade-missing': UPGRADE,
  'handshake-header': UPGRADE,
  'http-version': UPGRADE,
  'no-websocket-support': [...UPGRADE, 'server-error'],
  'origin-refused': ORIGIN,
  'origin-missing': ORIGIN,
  'host-refused': ORIGIN,
  'no-route': ['path-not-found'],
  forbidden: ['forbidden', 'authentication-required', 'origin-rejected'],
  unauthorized: ['authentication-required', 'forbidden'],
  'session-unknown': ['sticky-session-missing'],
  'application-protocol': ['application-protocol-mismatch', 'subprotocol-mismatch'],
  subprotocol: ['subprotocol-mismatch', 'application-protocol-mismatch'],
  extension: ['extension-mismatch'],
  'rate-limited': ['rate-limited', 'service-limit'],
  'too-many-connections': ['rate-limited', 'service-limit', 'server-error', 'proxy-misconfigured'],
  'request-too-large': ['request-too-large'],
  'plain-on-tls': ['plain-on-tls-port'],
}

const STEP_BACK = 0.3

const BEFORE_OPENING: ReadonlySet<Cause['stage']> = new Set(['page', 'dns', 'tcp', 'tls', 'handshake'])

/** @param finding of a cause before the opening; what it has beside the ending itself is untouched */
export function besideReason(finding: Finding, cause: Cause, { told }: Facts): Finding {
  if (finding.is !== 'possible' || !BEFORE_OPENING.has(cause.stage)) return finding
  const reason = [...told.server, ...told.proxy, ...told.client].find(
    ({ means }) => CAUSES_OF[means] !== undefined,
  )
  if (reason === undefined || CAUSES_OF[reason.means]?.includes(cause.id)) return finding
  return { ...finding, weight: (finding.weight ?? 0.5) * STEP_BACK }
}
