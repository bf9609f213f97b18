/** `why1006 check`: the wire contract and the checklist against a live server, as a table. */

import { understandTarget } from '#lib/applications/target.ts'
import type { CheckOutcome } from '#lib/checklist/item.ts'
import { problem } from '#lib/checklist/result.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { type CheckRun, runChecks } from '#server/checklist/check.ts'
import { fetchFrom } from '#server/checklist/outside/expect.ts'
import type { CheckTarget, OutsideCheck } from '#server/checklist/outside/target.ts'
import { outsideChecks } from '#server/checklist/outside.ts'
import { defineCommand, exit, seconds, UsageError } from '#server/cli/command.ts'
import { hasColour, jsonLine } from '#server/cli/io.ts'
import { readCertificates } from '#server/cli/probe-options.ts'
import { aboutToken, authorization, tokenOf, tokenOption, tokenUsage } from '#server/cli/token.ts'
import { checkParts, loginHeader, parseHeader } from '#server/probe/handshake/handshake-request.ts'
import { ownOrigin } from '#server/probe/variations.ts'

const usage = `Usage: why1006 check <base-url> [options]

Asks a running server (Why1006’s own, or one that keeps its contract) for everything its clients rely on. Then goes
through the checklist for its deployment: origins, TLS, heartbeat, round trip, idle time. For CI.

  --json                 one JSON document instead of the table
  --idle <seconds>       also stay silent this long, to meet idle timers (65 meets the usual ones)
  --origin <origin>      the origin of your pages (default: the base URL’s own)
  --header "Name: value" add a header to every request; may be repeated
  --token <token>        ${tokenUsage}
  --ca <file>            trust the certificates in this PEM file
  --timeout <seconds>    how long an answer may take (default 5)
  --only <id,…>          only these checks
  --skip <id,…>          all but these

Exit code 0 when nothing failed, 1 when something did or Ctrl-C came first, 2 for wrong usage.
`

/** Side by side, since most of a check is waiting; few, since a server may limit connections. */
const AT_ONCE = 4

interface Plan {
  readonly target: Omit<CheckTarget, 'signal'>
  readonly token: string | undefined
  readonly checks: readonly OutsideCheck[]
  readonly json: boolean
}

export const run = defineCommand({
  usage,
  options: {
    json: { type: 'boolean' },
    idle: { type: 'string' },
    origin: { type: 'string' },
    header: { type: 'string', multiple: true },
    ...tokenOption,
    ca: { type: 'string' },
    timeout: { type: 'string' },
    only: { type: 'string' },
    skip: { type: 'string' },
  },
  read: async ({ values, positionals: [typed, ...more] }): Promise<Plan> => {
    if (typed === undefined || more.length > 0) {
      throw new UsageError(sentence`Give one base URL, such as http://localhost:9000.`)
    }
    const base = understandTarget(typed)
    if (!base.ok) throw new UsageError(base.says)
    const wsBase = base.url.replace(/[?#].*/s, '').replace(/\/$/, '')
    const token = tokenOf(values)
    const headers = [
      ...(values.header ?? []).map(parseHeader),
      ...loginHeader(base.credentials),
      ...Object.entries(authorization(token)),
    ]
    const origin = values.origin ?? ownOrigin(new URL(wsBase))
    checkParts({ origin, subprotocols: [], headers })
    return {
      json: values.json === true,
      token,
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
    const asked = await whatIsAsked(target, plan.token)
    if (asked) io.stderr.write(`${asked}\n`)
    const runs = await runChecks(plan.checks, target, {
      atOnce: AT_ONCE,
      signal: io.signal,
      onStart: ({ id }) => io.stderr.write(`… ${id}\n`),
      // The server did not let it finish.
      judgeError: (error) => problem(error instanceof Error ? error.message : String(error)),
    })
    // What was interrupted is not known to be fine.
    const isFine = !io.signal.aborted && runs.every(({ result }) => result.outcome !== 'problem')
    io.stdout.write(plan.json ? asJson(runs, isFine) : asTable(runs, hasColour(io.stdout)))
    return isFine ? exit.ok : exit.failed
  },
})

/** Some checks fail without the token: why is said once, before them. */
async function whatIsAsked(target: CheckTarget, token: string | undefined): Promise<Sentence | undefined> {
  const answer = await fetchFrom(target, '/api/events?limit=1').catch(() => undefined)
  return answer && aboutToken(answer.status, target.httpBase, token)
}

function chosen(only: string | undefined, skip: string | undefined): OutsideCheck[] {
  const ids = (text: string | undefined) => (text ?? '').split(',').filter((id) => id !== '')
  const unknown = [...ids(only), ...ids(skip)].find((id) => !outsideChecks.some((check) => check.id === id))
  if (unknown !== undefined) {
    throw new UsageError(
      sentence`There is no check “${unknown}”. There are: ${outsideChecks.map(({ id }) => id)}.`,
    )
  }
  const left = outsideChecks.filter(
    ({ id }) => (only === undefined || ids(only).includes(id)) && !ids(skip).includes(id),
  )
  // Nothing checked must not read as nothing wrong.
  if (left.length === 0) throw new UsageError(sentence`--only and --skip leave no check to make.`)
  return left
}

type Run = CheckRun<OutsideCheck>

/** The outcomes in this command's words. */
const WORDS = { ok: 'ok', problem: 'failed', warning: 'warning', unknown: 'skipped' } satisfies Record<
  CheckOutcome,
  string
>

const asJson = (runs: readonly Run[], isFine: boolean): string => {
  const checks = runs.map(({ check: { id, asks }, result: { outcome, says, facts }, tookMs }) => ({
    id,
    promise: asks,
    result: WORDS[outcome],
    says,
    facts,
    took_ms: tookMs,
  }))
  return jsonLine({ ok: isFine, checks })
}

const COLOURS = { ok: 32, problem: 31, warning: 33, unknown: 2 } satisfies Record<CheckOutcome, number>

function asTable(runs: readonly Run[], colour: boolean): string {
  const widest = Math.max(...runs.map(({ check }) => check.id.length))
  const rows = runs.map(({ check, result: { outcome, says } }) => {
    const word = WORDS[outcome].padEnd(7)
    const mark = colour ? `\u001b[${COLOURS[outcome]}m${word}\u001b[0m` : word
    return `${mark}  ${check.id.padEnd(widest)}  ${check.asks}\n${' '.repeat(widest + 11)}${says}`
  })
  const count = (outcome: CheckOutcome) => runs.filter(({ result }) => result.outcome === outcome).length
  const total = `${count('ok')} ok, ${count('problem')} failed, ${count('warning')} warnings, ${count('unknown')} skipped`
  return `${rows.join('\n')}\n\n${total}\n`
}
