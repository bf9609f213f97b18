/** Whether connections reach the log, which is what every search in a runbook relies on. */
import { type Check, ok, unknown, warning } from '#server/checklist/check.ts'

const searched = ['CONNECTION ATTEMPT START', 'disconnected - code=']

export const logLines: Check = {
  id: 'log-lines',
  part: 'server',
  title: 'Log lines present',
  commands: [],
  run: async ({ journal, config }) => {
    const page = await journal.read({ limit: 1, filter: { kinds: ['attempt'] } })
    if (config.logLevel === 'warn' || config.logLevel === 'error') {
      return warning(`LOG_LEVEL is ${config.logLevel}: attempts and ordinary ends are not printed.`)
    }
    if (page.records.length === 0)
      return unknown('Nobody has tried to connect yet, so there is no line to find.')
    return ok('Connections are logged on stdout; these searches hit.', { searches: searched })
  },
}
