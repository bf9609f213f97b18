/** Which addresses the server listens on, and who can reach them. */

import { ok, warning } from '#lib/checklist/result.ts'
import { isLoopbackAddress } from '#lib/protocol/host.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const listening: InsideCheck = {
  id: 'listening',
  run: ({ addresses, site }) => {
    const facts = { addresses: addresses.map((address) => `${address}:${site.port}`) }
    if (!addresses.every(isLoopbackAddress)) {
      return warning(
        'Other machines can connect. Put a proxy with TLS in front, and a firewall around it.',
        facts,
      )
    }
    return ok(
      'Only programs on this machine can connect. That is right behind a local proxy, and wrong in a container whose port is published.',
      facts,
    )
  },
}
