/** Whether the name of the given URL leads anywhere, as this machine resolves it. */
import { type Check, notProbed, ok, problem, unknown } from '#server/checklist/check.ts'

export const name: Check = {
  id: 'name',
  part: 'network',
  title: 'Name resolves',
  commands: ['resolve'],
  run: async ({ probed }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const dns = seen.evidence.probe?.dns
    if (dns === undefined) return unknown('The probe did not get as far.')
    const addresses = (dns.addresses ?? []).map(({ address }) => address)
    if (dns.outcome !== 'ok') return problem(`The name does not resolve (${dns.code ?? dns.outcome}).`)
    return ok(`The name leads to ${addresses.length} ${addresses.length === 1 ? 'address' : 'addresses'}.`, {
      addresses,
    })
  },
}
