/** `why1006 reproduce`: one fault on a port of its own, to try one's own client's reconnect logic against. */
import { type FaultCall, type LabProblem, readKnobs } from '#lib/lab/address.ts'
import { faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import { describeBounds } from '#lib/lab/knob.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { formatLine } from '#lib/protocol/log-line.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { CommandError, defineCommand, exit, UsageError } from '#server/cli/command.ts'
import { type Io, untilAborted } from '#server/cli/io.ts'
import { didYouMean } from '#server/cli/nearest.ts'
import { endpointsBehindFault, startReproduction } from '#server/cli/reproduce/reproduction.ts'
import { readConfig } from '#server/config/config.ts'
import type { InstrumentEvent } from '#server/instrument/event.ts'
import { ListenError } from '#server/wire/listen.ts'

const usage = `Usage: why1006 reproduce <fault> [knob=value …] [--port N] [--endpoint PATH] [--list]

Listens on a port of this machine and does one thing to every WebSocket that connects, until Ctrl-C.
The URL goes to stdout, what happens to stderr.

  why1006 reproduce idle-timeout after_seconds=6
  why1006 reproduce close code=1012 reason=deploy --port 9100

  --port N         the port; without it the system chooses a free one
  --endpoint PATH  /ws, /ws/echo or /ws/health (the default): what answers clients that ask for another path
  --list           the faults and their knobs

Exit codes: 0 ok, 1 port unavailable, 2 unknown fault or setting.
`

interface Order {
  readonly call: FaultCall
  readonly port: number
  readonly endpoint: string
}

export const run = defineCommand({
  usage,
  options: { port: { type: 'string' }, endpoint: { type: 'string' }, list: { type: 'boolean' } },
  read: ({ values, positionals }) => (values.list ? 'list' : readOrder(positionals, values)),
  run: async (order, io) => {
    if (order === 'list') {
      io.stdout.write(listFaults())
      return exit.ok
    }
    try {
      return await reproduce(order, io)
    } catch (error) {
      if (!(error instanceof ListenError)) throw error
      throw new CommandError(whyNotListening(error, order.port), exit.failed)
    }
  },
})

/** @throws UsageError */
function readOrder(
  [fault, ...settings]: readonly string[],
  { port = '0', endpoint = '/ws/health' }: { port?: string; endpoint?: string },
): Order {
  if (fault === undefined) throw new UsageError(sentence`Missing fault. Use --list to see them.`)
  if (!isFaultId(fault)) {
    throw new UsageError(sentence`There is no fault “${fault}”.${didYouMean(fault, faultIds)}`)
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(sentence`--port takes 0 to 65535, not ${port}.`)
  }
  if (!endpointsBehindFault.includes(endpoint)) {
    throw new UsageError(sentence`--endpoint takes ${endpointsBehindFault.join(', ')}, not ${endpoint}.`)
  }
  const bare = settings.find((setting) => !setting.includes('='))
  if (bare !== undefined) throw new UsageError(sentence`${bare} has no value: knobs are given as name=value.`)
  const reading = readKnobs(fault, new URLSearchParams(settings.map(splitSetting)))
  if (!reading.ok) throw new UsageError(...reading.problems.map(describeProblem))
  return { call: reading.call, port: Number(port), endpoint }
}

function splitSetting(setting: string): [name: string, value: string] {
  const equals = setting.indexOf('=')
  return [setting.slice(0, equals).replaceAll('-', '_'), setting.slice(equals + 1)]
}

const describeProblem = ({ message, allowed }: LabProblem): Sentence =>
  sentence`${message}. Allowed: ${allowed.length === 0 ? 'none' : allowed}.`

async function reproduce({ call, port, endpoint }: Order, io: Io): Promise<number> {
  const result = readConfig({})
  if (!result.ok) throw new Error(result.problems.join('\n'))
  const tell = (event: InstrumentEvent) => {
    if (event.kind === 'heartbeat') return
    // Who wrote the answer is this command, whatever file of it.
    const { by: _, ...told }: DiagnosticEvent = { ...event }
    io.stderr.write(`${formatLine(told)}\n`)
  }
  const reproduction = await startReproduction({ call, config: result.config, port, endpoint, tell })
  io.stdout.write(`ws://localhost:${reproduction.port}${endpoint}\n`)
  io.stderr.write(`${faultOf(call.fault).says} Ctrl-C ends it.\n`)
  await untilAborted(io.signal)
  await reproduction.close()
  return exit.ok
}

/** In words of this command: the error itself speaks of the server's environment. */
function whyNotListening({ code, message }: ListenError, port: number): Sentence {
  if (code === 'EADDRINUSE')
    return sentence`Port ${port} is in use. Stop the other program, or give another --port.`
  if (code === 'EACCES')
    return sentence`Port ${port} needs privileges this user does not have: give a --port above 1023.`
  return sentence`${message}`
}

function listFaults(): string {
  return faultIds
    .map((id) => {
      const { says, knobs } = faultOf(id)
      const rows = Object.entries(knobs).map(
        ([name, knob]) => `    ${name}=${knob.default}  ${knob.says} (${describeBounds(knob)})\n`,
      )
      return `${id}\n  ${says}\n${rows.join('')}`
    })
    .join('')
}
