/** `why1006 check`: the wire contract and the checklist against a live server, as a table. */
import { printable } from '#lib/diagnosis/text.ts'
import { understandTarget } from '#lib/protocol/dialect.ts'
import type { Check, CheckTarget, Outcome } from '#server/cli/check/check.ts'
import { contractChecks } from '#server/cli/check/contract-checks.ts'
import { deploymentChecks } from '#server/cli/check/deployment-checks.ts'
import { eventChecks } from '#server/cli/check/event-checks.ts'
import { heartbeatChecks } from '#server/cli/check/heartbeat-checks.ts'
import { defineCommand, exit, seconds, UsageError } from '#server/cli/command.ts'
import { hasColour } from '#server/cli/io.ts'
import { readCertificates } from '#server/cli/probe-options.ts'
import { checkParts, loginHeader, parseHeader } from '#server/probe/handshake-request.ts'
import { ownOrigin } from '#server/probe/variations.ts'

const usage = `Usage: why1006 check <base-url> [options]

Asks a running server (Why1006's own, or one that keeps its contract) for everything its clients rely on, and goes
through the checklist for its deployment: origins, TLS, heartbeat, round trip, idle time. For CI.

  --json                 one JSON document instead of the table
  --idle <seconds>       also stay silent this long, to meet idle timers (65 meets the usual ones)
  --origin <origin>      the origin of your pages (default: the base URL's own)
  --header "Name: value" add a header to every request; may be repeated
  --ca <file>            trust the certificates in this PEM file
  --timeout <seconds>    how long an answer may take (default 5)
  --only <id,…>          only these checks
  --skip <id,…>          all but these

Exit code 0 when nothing failed, 1 when something did or Ctrl-C came first, 2 for wrong usage.
`

export const allChecks: readonly Check[] = [
  ...contractChecks,
  ...heartbeatChecks,
  ...eventChecks,
  ...deploymentChecks,
]

const INTERRUPTED = 'interrupted'
/** Side by side, since most of a check is waiting; few, since a server may limit connections. */
const AT_ONCE = 4

interface Plan {
  readonly target: Omit<CheckTarget, 'signal'>
  readonly checks: readonly Check[]
  readonly json: boolean
}

export const run = defineCommand({
  usage,
  options: {
    json: { type: 'boolean' },
    idle: { type: 'string' },
    origin: { type: 'string' },
    header: { type: 'string', multiple: true },
    ca: { type: 'string' },
    timeout: { type: 'string' },
    only: { type: 'string' },
    skip: { type: 'string' },
  },
  read: async ({ values, positionals: [typed, ...more] }): Promise<Plan> => {
    if (typed === undefined || more.length > 0) {
      throw new UsageError('Give one base URL, such as http://localhost:9000.')
    }
    const base = understandTarget(typed)
    if (!base.ok) throw new UsageError(base.says)
    const wsBase = base.url.replace(/[?#].*$/, '').replace(/\/$/, '')
    const headers = [...(values.header ?? []).map(parseHeader), ...loginHeader(base.credentials)]
    const origin = values.origin ?? ownOrigin(new URL(wsBase))
    checkParts({ origin, subprotocols: [], headers })
    return {
      json: values.json === true,
      checks: chosen(values.only, values.skip),
      target: {
        wsBase,
        httpBase: wsBase.replace(/^ws/, 'http'),
        ownOrigin: origin,
        headers,
        ca: values.ca === undefined ? undefined : await readCertificates(values.ca),
        patienceMs: seconds('--timeout', values.timeout ?? '5', 0.1, 60) * 1000,
        idleSeconds: seconds('--idle', values.idle ?? '0', 0, 3600),
      },
    }
  },
  run: async (plan, io) => {
    const target = { ...plan.target, signal: io.signal }
    const results = await runAll(plan.checks, target, (check) => io.stderr.write(`… ${check.id}\n`))
    // What was interrupted is not known to be fine.
    const isFine = !io.signal.aborted && results.every(({ outcome }) => outcome.result !== 'failed')
    io.stdout.write(plan.json ? asJson(results, isFine) : asTable(results, hasColour(io.stdout)))
    return isFine ? exit.ok : exit.failed
  },
})

function chosen(only: string | undefined, skip: string | undefined): Check[] {
  const ids = (text: string | undefined) => (text ?? '').split(',').filter((id) => id !== '')
  const unknown = [...ids(only), ...ids(skip)].find((id) => !allChecks.some((check) => check.id === id))
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no check “${unknown}”. There are: ${allChecks.map(({ id }) => id).join(', ')}.`,
    )
  }
  const left = allChecks.filter(
    ({ id }) => (only === undefined || ids(only).includes(id)) && !ids(skip).includes(id),
  )
  // Nothing checked must not read as nothing wrong.
  if (left.length === 0) throw new UsageError('--only and --skip leave no check to make.')
  return left
}

interface Result {
  check: Check
  outcome: Outcome
}

async function runAll(
  checks: readonly Check[],
  target: CheckTarget,
  onStart: (check: Check) => void,
): Promise<Result[]> {
  const results = new Map<Check, Outcome>()
  const queue = [...checks]
  const work = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      if (target.signal.aborted) return
      onStart(check)
      results.set(check, await outcomeOf(check, target))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return checks.map((check) => ({
    check,
    outcome: results.get(check) ?? { result: 'skipped', says: INTERRUPTED },
  }))
}

/** A check that throws has failed: the server did not let it finish. */
async function outcomeOf(check: Check, target: CheckTarget): Promise<Outcome> {
  const interrupted = { result: 'skipped', says: INTERRUPTED } as const
  try {
    const outcome = await check.run(target)
    return target.signal.aborted ? interrupted : outcome
  } catch (error) {
    if (target.signal.aborted) return interrupted
    return { result: 'failed', says: error instanceof Error ? error.message : String(error) }
  }
}

const asJson = (results: readonly Result[], isFine: boolean): string =>
  `${JSON.stringify({
    ok: isFine,
    checks: results.map(({ check, outcome }) => ({ id: check.id, promise: check.promise, ...outcome })),
  })}\n`

const COLOURS = { ok: 32, failed: 31, warning: 33, skipped: 2 } satisfies Record<Outcome['result'], number>

function asTable(results: readonly Result[], colour: boolean): string {
  const widest = Math.max(...results.map(({ check }) => check.id.length))
  const rows = results.map(({ check, outcome }) => {
    const word = outcome.result.padEnd(7)
    const mark = colour ? `\u001b[${COLOURS[outcome.result]}m${word}\u001b[0m` : word
    return `${mark}  ${check.id.padEnd(widest)}  ${check.promise}\n${' '.repeat(widest + 11)}${printable(outcome.says)}`
  })
  const count = (result: Outcome['result']) =>
    results.filter(({ outcome }) => outcome.result === result).length
  const total = `${count('ok')} ok, ${count('failed')} failed, ${count('warning')} warnings, ${count('skipped')} skipped`
  return `${rows.join('\n')}\n\n${total}\n`
}
