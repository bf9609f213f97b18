/** The process of the server: environment → config → keeping → log → app → pages; the shutdown in reverse. */
import { hostname } from 'node:os'
import { LINE_MARK } from '#lib/protocol/log-line.ts'
import { invitation, isReached } from '#server/access/invitation.ts'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import type { Environment } from '#server/config/environment.ts'
import { loadPages } from '#server/http/pages.ts'
import { openKeeping } from '#server/keeping.ts'
import { createConsole } from '#server/log/console.ts'
import { logJournal } from '#server/log/log.ts'
import { createOutput } from '#server/log/output.ts'
import { endWithProcess } from '#server/shutdown.ts'
import packageFile from '../package.json' with { type: 'json' }

/** Settings that are not allowed, a line each. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SettingsError'
  }
}

export interface ServeOptions {
  /** What the configuration is read from. */
  readonly environment: Environment
  readonly dev: boolean
  /** False: sockets and JSON alone, for tests and for machines that have no build of the pages. */
  readonly pages: boolean
}

/**
 * Serves until the process gets a signal, which then ends it. Resolves once everything is ready.
 * Rejects with words for people when a setting is wrong or the port cannot be had.
 */
export async function serve({ environment, dev, pages }: ServeOptions): Promise<void> {
  const startedAt = performance.now()
  const result = readConfig(environment)
  if (!result.ok) throw new SettingsError(result.problems)
  const { config } = result

  // React and Next choose their builds by it when they are loaded.
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })

  // With LOG_FORMAT=json stdout is one JSON object a line, so words for people go to stderr.
  const output = createOutput(1, (lines) =>
    config.logFormat === 'json'
      ? `{"dropped_lines":${lines}}\n`
      : `${LINE_MARK}${lines} lines dropped, because the log was not read fast enough\n`,
  )
  const say = (line: string) =>
    config.logFormat === 'json' ? process.stderr.write(`${line}\n`) : output.write(`${line}\n`)

  const complain = (lines: string) => process.stderr.write(lines)
  globalThis.console = createConsole({
    log: config.logFormat === 'json' ? complain : output.write,
    error: complain,
  })

  const instance = `${hostname()}-${process.pid}`
  const keeping = openKeeping(config, instance)
  const { journal, reports, watches, links, facts, ready } = keeping
  logJournal(journal, { format: config.logFormat, level: config.logLevel, write: output.write })
  const app = await createApp({
    config,
    journal,
    reports,
    watches,
    links,
    facts,
    kept: ready,
    version: packageFile.version,
    dev,
    // Whoever listens on loopback alone has no use for a token until a proxy brings somebody else.
    askedForToken: () => {
      if (isReached(config)) return
      say(invitation(config, app))
      say(
        'Where a proxy on this machine brings others, set TRUSTED_PROXIES=127.0.0.1,::1 so that none of them is taken for local.',
      )
    },
    ...(pages && { pages: (port: number) => loadPages({ dev, port }) }),
  })
  endWithProcess({
    journal,
    say,
    flush: output.flush,
    stop: async () => {
      await app.close()
      await reports.close()
      await keeping.close()
    },
  })
  for (const { code, message } of keeping.troubles) journal.append({ kind: 'error', code, message })
  say(keeping.says)
  const { port, publicBaseUrl } = app.site
  say(`listening on ${publicBaseUrl} (${app.addresses.map((address) => `${address}:${port}`).join(', ')})`)
  if (isReached(config)) say(invitation(config, app))
  if (!app.pages) return
  await app.pages.ready
  say(`pages are ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
