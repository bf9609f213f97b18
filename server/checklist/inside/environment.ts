/** Whether the settings are those that people think they set. */
import { ok } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const environment: InsideCheck = {
  id: 'environment',
  // A value that does not parse stops the start, so what runs has been judged.
  run: ({ config, site }) =>
    ok('Settings in use. Invalid values stop the server at startup.', {
      WS_PING_INTERVAL: config.pingIntervalSeconds,
      WS_PING_TIMEOUT: config.pingTimeoutSeconds,
      ALLOWED_ORIGINS: [...config.allowedOrigins],
      PUBLIC_BASE_URL: site.publicBaseUrl,
      WS_PUBLIC_URL: site.wsPublicUrl,
    }),
}
