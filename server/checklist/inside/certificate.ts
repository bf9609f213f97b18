/** Whether the certificate of the given URL is valid, and for how long. */
import { ok, problem, unknown, warning } from '#lib/checklist/result.ts'
import { type InsideCheck, notProbed } from '#server/checklist/tools.ts'

/** Automatic renewal begins about a month before the end: what is closer was not renewed. */
const soonDays = 14
const secondsADay = 86_400

export const certificate: InsideCheck = {
  id: 'certificate',
  run: async ({ probed }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const { probe, target } = seen.evidence
    if (!target?.url?.startsWith('wss:')) return ok('ws:// has none. HTTPS pages need wss://.')
    const tls = probe?.tls
    if (tls === undefined) return unknown('Not reached.')
    if (tls.outcome !== 'ok') {
      return problem(`TLS failed: ${tls.code ?? tls.outcome}.`, {
        ...(tls.message !== undefined && { message: tls.message }),
      })
    }
    const days = Math.floor((tls.valid_for_seconds ?? 0) / secondsADay)
    const facts = { ...(tls.issuer !== undefined && { issuer: tls.issuer }), valid_for_days: days }
    return days < soonDays
      ? warning(`The certificate is valid and expires in ${days} days.`, facts)
      : ok(`The certificate is valid for ${days} more days.`, facts)
  },
}
