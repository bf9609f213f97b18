/** A proxy's own word that a timer of its own ended the tunnel: over silence, or over a peer that stopped reading. */
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

export type TunnelTimeout = {
  over: 'silence' | 'unread-data'
  /** From an error log: a line about this path, which may be another connection's. */
  notice: Because | undefined
  /** HAProxy's flags in this connection's own line. */
  flags: Because | undefined
}

export function tunnelTimeout({ proxy, cuts }: Facts): TunnelTimeout {
  const notice = noticeOf(proxy, 'tunnel-timed-out')
  const end = terminationOf(proxy, cuts.any?.ageMs)
  const side = end?.by === 'client-timeout' ? 'client' : end?.by === 'server-timeout' ? 'server' : undefined
  return {
    over: movedMuch(proxy) ? 'unread-data' : 'silence',
    notice: notice && say('The proxy logged that this tunnel timed out', notice.from),
    flags:
      end && side && end.phase === 'data'
        ? say(sentence`HAProxy ended the tunnel by a timeout on its ${side} side (${end.flags})`, end.from)
        : undefined,
  }
}

const MUCH_BYTES = 256 * 1024

// nginx logs the same words when a write to a stalled backend times out; there was traffic just before, then.
function movedMuch({ access }: Facts['proxy']): boolean {
  return access.some(({ record }) => (record.bytes ?? 0) > MUCH_BYTES)
}
