/** Whether a handshake gets through the proxy that the person named, by a probe of its URL. */

import { ok, problem, warning } from '#lib/checklist/result.ts'
import { type InsideCheck, notProbed } from '#server/checklist/tools.ts'
import { encodeJson } from '#server/wire/json.ts'

export const proxyUpgrade: InsideCheck = {
  id: 'proxy-upgrade',
  run: async ({ probed, judge, url }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const { evidence } = seen
    const status = evidence.probe?.http?.status
    const { leading, title } = await judge.judge({ brought: encodeJson({ evidence }) })
    const { outcome, cause, certainty = 'unknown' } = leading
    const facts = { url: url ?? '', ...(status !== undefined && { status }) }
    if (outcome === 'healthy')
      return ok('The handshake got through, and the connection stayed open for 2 s.', facts)
    const says = `${certainty}: ${title ?? cause ?? 'no cause is likelier than the others'}.`
    const named = { ...facts, ...(cause !== undefined && { cause }) }
    return status === 101
      ? warning(`The handshake got through, then: ${says}`, named)
      : problem(`${says[0]?.toUpperCase()}${says.slice(1)}`, named)
  },
}
