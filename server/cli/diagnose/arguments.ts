/** The command line of `why1006 diagnose`. */
import { parseArgs } from 'node:util'
import { BUDGET } from '#server/probe/clock.ts'
import { parseHeader } from '#server/probe/handshake-request.ts'
import { LONGEST_HOLD_SECONDS, type ProbeOptions } from '#server/probe/probe.ts'

export const usage = `Usage: why1006 diagnose <url> [options]

Opens the WebSocket stage by stage on raw sockets, tries again with one thing changed where that would tell,
and says what is wrong, how sure that is, and what to do. Understands ws://, wss://, https://, host:port,
Socket.IO and SignalR addresses.

  --json                 one JSON document on stdout: the report with its evidence
  --markdown             a report to paste into an issue
  --origin <origin>      the Origin to send; "none" for no Origin (default: the target's own)
  --subprotocol <name>   ask for a subprotocol; may be repeated or separated by commas
  --header "Name: value" add a header (a cookie, an authorization); may be repeated
  --send <text>          send this message first: some servers drop whoever does not authenticate
  --hold <seconds>       hold the connection in silence, up to ${LONGEST_HOLD_SECONDS} s, to meet idle timers
  --direct <url>         the backend behind the proxy, tried too when the first attempt fails
  --ca <file>            trust the certificates in this PEM file beside Node's own
  --insecure             go on behind a certificate that fails its check
  --timeout <seconds>    patience for one stage, 0.1 to 60 (default ${BUDGET.stageMs / 1000})
  --ipv4, --ipv6         only addresses of this family
  --since <file>         compare with an earlier --json document: what changed, did the fix work?
  --no-retries           only the first attempt

Exit code 0 when healthy, 1 for a fault or when it stays undetermined, 2 for wrong usage.
`

export interface DiagnoseArguments {
  url: string
  format: 'text' | 'json' | 'markdown'
  caFile: string | undefined
  /** An earlier document of `--json`. */
  sinceFile: string | undefined
  options: ProbeOptions
}

const OPTIONS = {
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  origin: { type: 'string' },
  subprotocol: { type: 'string', multiple: true },
  header: { type: 'string', multiple: true },
  send: { type: 'string' },
  hold: { type: 'string' },
  direct: { type: 'string' },
  ca: { type: 'string' },
  insecure: { type: 'boolean' },
  timeout: { type: 'string' },
  since: { type: 'string' },
  ipv4: { type: 'boolean' },
  ipv6: { type: 'boolean' },
  'no-retries': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** A problem in one sentence when the arguments are wrong; `help` when they ask for the text above. */
export function readArguments(args: readonly string[]): DiagnoseArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
    if (values.help) return 'help'
    const [url, ...more] = positionals
    if (url === undefined) return { problem: 'Give the URL to diagnose.' }
    if (more.length > 0) return { problem: `One URL at a time: what is “${more[0]}”?` }
    if (values.ipv4 && values.ipv6) return { problem: '--ipv4 and --ipv6 exclude each other.' }
    const stageMs =
      values.timeout === undefined ? undefined : seconds('--timeout', values.timeout, 0.1, 60) * 1000
    return {
      url,
      format: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
      caFile: values.ca,
      sinceFile: values.since,
      options: {
        ...(values.origin === undefined ? {} : { origin: values.origin === 'none' ? null : values.origin }),
        subprotocols: (values.subprotocol ?? []).flatMap((names) =>
          names.split(',').map((name) => name.trim()),
        ),
        headers: (values.header ?? []).map(parseHeader),
        ...(values.send === undefined ? {} : { send: values.send }),
        ...(values.hold === undefined
          ? {}
          : { holdSeconds: seconds('--hold', values.hold, 0, LONGEST_HOLD_SECONDS) }),
        ...(values.direct === undefined ? {} : { direct: values.direct }),
        insecure: values.insecure === true,
        ...(stageMs === undefined
          ? {}
          : { budget: { stageMs, runMs: Math.max(BUDGET.runMs, stageMs * 4.5) } }),
        ...(values.ipv4 ? { family: 4 } : values.ipv6 ? { family: 6 } : {}),
        retries: values['no-retries'] !== true,
      },
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** @throws Error that names the option and what it takes */
export function seconds(option: string, text: string, least: number, most: number): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw new Error(`${option} takes ${least} to ${most} seconds, not “${text}”.`)
  }
  return value
}
