/**
 * What servers answer, as scripts over a raw socket, and what the product makes of it: one call probes and judges,
 * another compares the report with the right answer.
 */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Report, Verdict } from '#lib/diagnosis/report.ts'
import type { Certainty } from '#lib/playbook/cause.ts'
import { run as watch } from '#server/cli/watch.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import {
  closeFrame,
  frame,
  onClientFrame,
  type RawServer,
  rawServer,
  switching,
} from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

/** One request, and how a server answers it. */
export interface Visit {
  socket: Socket
  path: string
  query: URLSearchParams
  /** By its name in lower case. */
  header: (name: string) => string | undefined
  origin: string | undefined
  /** The page stands where the request goes. */
  isOwnOrigin: boolean
  /** Subprotocols, in the order in which they were asked for. */
  asked: readonly string[]
  isUpgrade: boolean
  /** Answers over HTTP and ends. */
  refuse: (status: string, body?: string, headers?: Readonly<Record<string, string>>) => void
  /** Answers 101, with the subprotocol that was picked. */
  switch: (subprotocol?: string) => void
  text: (message: string) => void
  /** A Close frame and the end of TCP; without a code an empty one. */
  close: (code?: number, reason?: string) => void
  /** Answers pings and the Close frame, as a sound server does, and hands on messages. */
  serve: (onText?: (message: string) => void) => void
  /** `switch` and `serve`. */
  open: (subprotocol?: string, onText?: (message: string) => void) => void
}

export type Server = (visit: Visit) => void

/** What is asked: the path, and the options of the probe. Retries are made unless they are turned off. */
export interface Question extends ProbeOptions {
  path?: string
  /** The name in the address; 127.0.0.1 unless given. */
  host?: string
}

export interface Answered {
  report: Report
  evidence: Awaited<ReturnType<typeof runProbe>>
  port: number
}

/** Runs the server until it is closed. */
export const serving = (server: Server): Promise<RawServer> =>
  rawServer((socket, head) => server(visitOf(socket, head)), { mindsHttp: true })

/** Runs the server, probes it as `why1006 diagnose` does, and judges. */
export async function answersTo(
  server: Server,
  { path = '/ws', host, ...options }: Question = {},
): Promise<Answered> {
  const running = await serving(server)
  try {
    const url = `ws://${host ?? '127.0.0.1'}:${running.port}${path}`
    const evidence = await runProbe(url, { retries: true, watchMs: 250, ...options })
    return { report: diagnose(evidence), evidence, port: running.port }
  } finally {
    await running.close()
  }
}

export interface Watched {
  code: number
  lost: number
  refused: number
  /** Each loss and refusal, as `--json` prints them. */
  events: readonly { kind: string; report: Report; again_in_ms: number; learned?: string }[]
  report: Report | undefined
}

/** Runs the server and `why1006 watch --json` with more arguments. */
export async function watched(server: Server, path: string, ...args: string[]): Promise<Watched> {
  const running = await serving(server)
  try {
    const { code, stdout } = await finish(watch, ['--json', `ws://127.0.0.1:${running.port}${path}`, ...args])
    const lines = stdout.trim().split('\n')
    const [summary, ...events] = lines.map((line) => JSON.parse(line)).toReversed()
    return {
      code,
      lost: summary.lost,
      refused: summary.refused,
      report: summary.report,
      events: events.toReversed(),
    }
  } finally {
    await running.close()
  }
}

/** The right answer to a question. */
export interface Right {
  /** `open`: a fault or undetermined. */
  outcome: 'healthy' | 'fault' | 'open'
  /** One of these comes first. */
  first?: readonly string[]
  /** Others that may be likely as well. */
  beside?: readonly string[]
  /** How sure the first may be at most; proven unless given. */
  most?: Certainty
  /** The first verdict, with its evidence and its fix, says each of them. */
  says?: readonly RegExp[]
  /** It says none of these. */
  never?: readonly RegExp[]
  /** One warning says it. */
  warns?: RegExp
}

/** Fails with the whole report where it is not the right answer. */
export function assertRight(report: Report, right: Right): void {
  const wrong = wrongIn(report, right)
  assert.deepEqual(
    wrong,
    [],
    [...wrong, ...report.verdicts.map(inOneLine), `${JSON.stringify(report.warnings)}`].join('\n'),
  )
}

const inOneLine = (verdict: Verdict): string => `${verdict.certainty} ${verdict.cause}: ${wordsOf(verdict)}`

/** Probes, judges and compares. */
export async function asks(server: Server, question: Question, right: Right): Promise<void> {
  assertRight((await answersTo(server, question)).report, right)
}

const CERTAINTIES: readonly Certainty[] = ['possible', 'likely', 'proven']

function wrongIn({ outcome, verdicts, warnings }: Report, right: Right): string[] {
  const wrong: string[] = []
  const isRight = right.outcome === 'open' ? outcome !== 'healthy' : outcome === right.outcome
  if (!isRight) wrong.push(`${outcome} instead of ${right.outcome}`)
  const [first, ...others] = verdicts
  if (right.first && !right.first.includes(first?.cause ?? '')) {
    wrong.push(`first is ${first?.cause ?? 'nothing'} instead of ${right.first.join(' or ')}`)
  }
  const allowed = new Set([...(right.first ?? []), ...(right.beside ?? [])])
  for (const { cause, certainty } of others) {
    if (certainty === 'proven' || (certainty === 'likely' && !allowed.has(cause)))
      wrong.push(`${cause} is ${certainty}`)
  }
  const most = CERTAINTIES.indexOf(right.most ?? 'proven')
  if (first && CERTAINTIES.indexOf(first.certainty) > most) wrong.push(`${first.cause} is ${first.certainty}`)
  const words = first ? wordsOf(first) : ''
  for (const says of right.says ?? []) if (!says.test(words)) wrong.push(`does not say ${says}`)
  for (const never of right.never ?? []) if (never.test(words)) wrong.push(`says ${never}`)
  if (right.warns && !warnings.some(({ says }) => right.warns?.test(says)))
    wrong.push(`no warning says ${right.warns}`)
  return wrong
}

/** Everything that the verdict tells: its evidence and its fix. */
export function wordsOf({ because, fix }: Verdict): string {
  const changes = fix.changes.map(({ where, text }) => `[${where}] ${text}`)
  return [...because.map(({ says }) => says), fix.summary, ...changes].join(' · ')
}

function visitOf(socket: Socket, head: string): Visit {
  const [, target = '/'] = head.split(' ')
  const url = new URL(target, 'http://server')
  const headers = new Map(head.split('\r\n').slice(1).map(fieldOf))
  const header = (name: string) => headers.get(name)
  const origin = header('origin')
  const visit: Visit = {
    socket,
    path: url.pathname,
    query: url.searchParams,
    header,
    origin,
    isOwnOrigin: origin !== undefined && URL.parse(origin)?.host === header('host'),
    asked: (header('sec-websocket-protocol') ?? '').split(',').flatMap((name) => name.trim() || []),
    isUpgrade: header('sec-websocket-key') !== undefined,
    refuse: (status, body = '', more = {}) => {
      const fields = { Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...more }
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
      socket.end([`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n'))
    },
    switch: (subprotocol) => {
      const picked = subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]
      socket.write(switching(head, ...picked))
    },
    text: (message) => void socket.write(frame(0x81, message)),
    close: (code, reason) => void socket.end(code === undefined ? frame(0x88) : closeFrame(code, reason)),
    serve: (onText) =>
      onClientFrame(socket, (opcode, payload) => {
        if (!socket.writable) return
        if (opcode === 8) socket.end(frame(0x88, payload))
        else if (opcode === 9) socket.write(frame(0x8a, payload))
        else if (opcode === 1) onText?.(payload.toString())
      }),
    open: (subprotocol, onText) => {
      visit.switch(subprotocol)
      visit.serve(onText)
    },
  }
  return visit
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
