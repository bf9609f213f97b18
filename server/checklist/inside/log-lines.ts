/** Whether connections reach the log, which is what every search in a runbook relies on. */
import { ok, unknown, warning } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

const searched = ['CONNECTION ATTEMPT START', 'disconnected - code=']
const inJson = ['"kind":"attempt"', '"kind":"disconnected"']

export const logLines: InsideCheck = {
  id: 'log-lines',
  run: async ({ journal, config }) => {
    const page = await journal.read({ limit: 1, filter: { kinds: ['attempt'] } })
    if (config.logLevel === 'warn' || config.logLevel === 'error') {
      return warning(`LOG_LEVEL is ${config.logLevel}: attempts and ordinary ends are not printed.`)
    }
    if (page.records.length === 0) return unknown('No connection yet, so the log has no line to find.')
    return config.logFormat === 'json'
      ? ok('Connections are logged to stdout as JSON lines. These searches find them.', { searches: inJson })
      : ok('Connections are logged to stdout. These searches find them.', { searches: searched })
  },
}
