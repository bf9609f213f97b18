/** The command line of `why1006 watch`. */
import { parseArgs } from 'node:util'
import { seconds } from '#server/cli/diagnose/arguments.ts'
import { parseHeader } from '#server/probe/handshake-request.ts'
import { LONGEST_WATCH_MS } from '#server/probe/keep-watch.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'

export const usage = `Usage: why1006 watch <url> [options]

Keeps a WebSocket open for hours, opens it again when it is lost, and reports every loss with its cause. Ends with
Ctrl-C, and then says what the losses have in common: age, silence before the cut, time of day.

  --heartbeat <seconds>  send a ping this often (default: silence, and the server's pings are answered)
  --for <time>           how long: 90, 90s, 15m, 8h, 2d (default: until Ctrl-C)
  --losses <number>      end after so many losses and failed attempts
  --json                 one JSON document a line: each loss, then the summary
  --origin, --subprotocol, --header, --send, --ca, --insecure, --ipv4, --ipv6: as for diagnose

Exit code 0 when the connection was never lost, 1 when it was or could not be opened, 2 for wrong usage.
`

export interface WatchArguments {
  url: string
  json: boolean
  caFile: string | undefined
  forMs: number
  mostLosses: number
  options: ProbeOptions
}

const OPTIONS = {
  heartbeat: { type: 'string' },
  for: { type: 'string' },
  losses: { type: 'string' },
  json: { type: 'boolean' },
  origin: { type: 'string' },
  subprotocol: { type: 'string', multiple: true },
  header: { type: 'string', multiple: true },
  send: { type: 'string' },
  ca: { type: 'string' },
  insecure: { type: 'boolean' },
  ipv4: { type: 'boolean' },
  ipv6: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const UNIT_MS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export function readArguments(args: readonly string[]): WatchArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
    if (values.help) return 'help'
    const [url, ...more] = positionals
    if (url === undefined) return { problem: 'Give the URL to watch.' }
    if (more.length > 0) return { problem: `One URL at a time: what is “${more[0]}”?` }
    if (values.ipv4 && values.ipv6) return { problem: '--ipv4 and --ipv6 exclude each other.' }
    return {
      url,
      json: values.json === true,
      caFile: values.ca,
      forMs: values.for === undefined ? Number.POSITIVE_INFINITY : duration(values.for),
      mostLosses: values.losses === undefined ? Number.POSITIVE_INFINITY : number('--losses', values.losses),
      options: {
        ...(values.heartbeat === undefined
          ? {}
          : { heartbeatSeconds: seconds('--heartbeat', values.heartbeat, 0.1, 3600) }),
        ...(values.origin === undefined ? {} : { origin: values.origin === 'none' ? null : values.origin }),
        subprotocols: (values.subprotocol ?? []).flatMap((names) =>
          names.split(',').map((name) => name.trim()),
        ),
        headers: (values.header ?? []).map(parseHeader),
        ...(values.send === undefined ? {} : { send: values.send }),
        insecure: values.insecure === true,
        ...(values.ipv4 ? { family: 4 } : values.ipv6 ? { family: 6 } : {}),
      },
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function duration(text: string): number {
  const [, value = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? []
  const ms = Number(value) * (UNIT_MS[unit] ?? Number.NaN)
  if (value === '' || !(ms > 0 && ms <= LONGEST_WATCH_MS)) {
    throw new Error(`--for takes a time such as 90s, 15m or 8h, up to 24 days, not “${text}”.`)
  }
  return ms
}

function number(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${option} takes a number from 1 on, not “${text}”.`)
  return Number(text)
}
