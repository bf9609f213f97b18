/** Whether a page of the given origin may use the sockets. */
import { ok, problem, unknown } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const originAllowed: InsideCheck = {
  id: 'origin-allowed',
  part: 'client',
  asks: 'Origin allowed',
  commands: ['curl', 'console'],
  run: ({ origin, site, config }) => {
    const facts = { allowed: [...config.allowedOrigins], own: site.publicBaseUrl }
    if (origin === undefined)
      return unknown('Give the origin of your page, for example https://app.example.', facts)
    if (site.isAllowedOrigin(origin, undefined)) return ok(`${origin} may use the sockets.`, facts)
    return problem(
      `${origin} is not in ALLOWED_ORIGINS: its handshakes get ${config.originRejection === 403 ? 'HTTP 403, which a page sees as 1006' : 'close code 1008'}.`,
      facts,
    )
  },
}
