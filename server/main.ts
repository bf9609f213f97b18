/** What `npm start` and `npm run dev` run. */

import { resolve } from 'node:path'
import { visibleLines } from '#lib/text/foreign.ts'
import { type Environment, loadEnvironment } from '#server/config/environment.ts'
import { serve } from '#server/serve.ts'

try {
  // What `npm start` is told to keep, it keeps in a file unless a setting says otherwise.
  const usual: Environment = process.argv.includes('--keep') ? { JOURNAL: 'sqlite' } : {}
  const environment: Environment = { ...usual, ...loadEnvironment(resolve('.env'), process.env) }
  await serve({
    environment,
    dev: process.argv.includes('--dev') || environment.NODE_ENV === 'development',
    pages: !process.argv.includes('--no-pages'),
  })
} catch (error) {
  process.stderr.write(`${visibleLines(error instanceof Error ? error.message : String(error))}\n`)
  process.exit(1)
}
