/**
 * nginx without its two proxy_set_header lines: hop-by-hop headers end at the proxy (RFC 9110 §7.6.1), and the
 * backend is told that this connection is for one request.
 */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { withHeader, withoutHeader } from '#server/lab/head.ts'

export const stripUpgradeHeaders: BehaviourOf<'strip-upgrade-headers'> = (_line, { missing }) => ({
  request: (head) => {
    const upgradeLost = missing !== 'connection'
    const headers = upgradeLost ? withoutHeader(head.headers, 'upgrade') : head.headers
    const connection = missing === 'upgrade' ? 'upgrade' : 'close'
    return { ...head, headers: withHeader(headers, 'Connection', connection) }
  },
})
