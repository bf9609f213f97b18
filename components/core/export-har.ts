import { download } from '#components/ui/download.ts'
import { say } from '#components/ui/toast-queue.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { live } from './live-core.ts'

/** Saves these connections, all of them by default, as one HAR file. */
export async function exportHar(ids?: readonly ConnectionId[]): Promise<void> {
  const { connections, connectionIds, server } = live.store.getState()
  const rows = (ids ?? connectionIds).flatMap((id) => connections[id] ?? [])
  try {
    const { harOf } = await import('#lib/record/har.ts')
    const version = server.status === 'up' ? server.version : 'unknown'
    const name = `connections-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.har`
    download(harOf(rows, version), name, 'application/json')
  } catch {
    say('The export could not load because the Why1006 server is not responding.', 'dead')
  }
}
