/** Whether the settings are those that people think they set. */
import { type Check, ok } from '#server/checklist/check.ts'

export const environment: Check = {
  id: 'environment',
  part: 'server',
  title: 'Environment loaded',
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
