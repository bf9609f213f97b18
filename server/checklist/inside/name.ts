/** Whether the name of the given URL leads anywhere, as this machine resolves it. */
import { ok, problem, unknown } from '#lib/checklist/result.ts'
import { type InsideCheck, notProbed } from '#server/checklist/tools.ts'

export const name: InsideCheck = {
  id: 'name',
  run: async ({ probed }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const dns = seen.evidence.probe?.dns
    if (dns === undefined) return unknown('Not reached.')
    const addresses = (dns.addresses ?? []).map(({ address }) => address)
    if (dns.outcome !== 'ok') return problem(`The name does not resolve (${dns.code ?? dns.outcome}).`)
    return ok(
      `The name resolves to ${addresses.length} ${addresses.length === 1 ? 'address' : 'addresses'}.`,
      {
        addresses,
      },
    )
  },
}
