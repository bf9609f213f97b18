import { negotiate } from '#components/api/negotiate.ts'
import { placesOf } from '#lib/applications/bare-host.ts'
import type { Fallback } from '#lib/store/connection/connection.ts'

/** Nobody named a path: where libraries put their WebSockets is tried once the host itself has refused. */
export const fallbacksOf = (host: string): Fallback[] => [
  ...placesOf(new URL(host)).map(({ label, url, subprotocols }) => ({
    label,
    find: async () => ({ url, subprotocols }),
  })),
  {
    label: 'SignalR negotiation',
    isFresh: true,
    find: async () => {
      const url = await negotiate(host)
      return url === null ? null : { url, subprotocols: [] }
    },
  },
]
