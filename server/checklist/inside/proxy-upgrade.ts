/** Whether a handshake gets through the proxy that the person named, by a probe of its URL. */

import { ok, problem, warning } from '#lib/checklist/result.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type InsideCheck, notProbed } from '#server/checklist/tools.ts'

export const proxyUpgrade: InsideCheck = {
  id: 'proxy-upgrade',
  part: 'proxy',
  asks: 'Upgrade through the proxy',
  commands: ['curl', 'nginx-effective', 'nginx-handshakes', 'nginx-errors'],
  run: async ({ probed, url }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const { evidence } = seen
    const status = evidence.probe?.http?.status
    const { outcome, verdicts } = diagnose(evidence)
    const [verdict] = verdicts
    const facts = { url: url ?? '', ...(status !== undefined && { status }) }
    if (outcome === 'healthy')
      return ok('The handshake got through, and the connection stayed open for 2 s.', facts)
    const found =
      verdict === undefined ? 'no cause stands out' : (causeOf(verdict.cause)?.title ?? verdict.cause)
    const says = `${verdict?.certainty ?? 'unknown'}: ${found}.`
    const named = { ...facts, ...(verdict && { cause: verdict.cause }) }
    return status === 101
      ? warning(`The handshake got through, then: ${says}`, named)
      : problem(`${says[0]?.toUpperCase()}${says.slice(1)}`, named)
  },
}
