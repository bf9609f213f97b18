/** Whether the settings are those that people think they set. */
import { ok } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const environment: InsideCheck = {
  id: 'environment',
  part: 'server',
  asks: 'Environment loaded',
  commands: [],
  // A value that does not parse stops the start, so what runs has been judged.
  run: ({ config, site }) =>
    ok('These settings are in force; a wrong one would have stopped the start.', {
      WS_PING_INTERVAL: config.pingIntervalSeconds,
      WS_PING_TIMEOUT: config.pingTimeoutSeconds,
      ALLOWED_ORIGINS: [...config.allowedOrigins],
      PUBLIC_BASE_URL: site.publicBaseUrl,
      WS_PUBLIC_URL: site.wsPublicUrl,
    }),
}
