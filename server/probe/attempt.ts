/**
 * One attempt: DNS → TCP → TLS → HTTP upgrade → checks → frames, until a stage fails or the watch is over.
 * The result is the evidence of one probe; what was not reached is absent.
 */
import type { Socket } from 'node:net'
import { createSpeaker, type Speaker, withoutFirst } from '#lib/applications/speaker.ts'
import { checkHandshake } from '#lib/evidence/check-handshake.ts'
import { isLost, outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { StageEvent, StageName } from '#lib/evidence/progress.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { describeStage } from '#server/probe/describe-stage.ts'
import { type DialOptions, type DialStages, dial } from '#server/probe/dial.ts'
import { type HandshakeResult, shakeHands } from '#server/probe/handshake/handshake.ts'
import { type HandshakeParts, writeHandshake } from '#server/probe/handshake/handshake-request.ts'
import { type HoldOptions, hold } from '#server/probe/hold/hold.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import type { Resolver } from '#server/probe/transport/dns.ts'
import { createWire, type Wire, type WireEnd } from '#server/probe/transport/wire.ts'
import { type HeaderLine, headerOf } from '#server/wire/http-head.ts'

export interface AttemptOptions extends HandshakeParts, Omit<DialOptions, 'url'> {
  hold: Omit<HoldOptions, 'extensionBits' | 'onClosing' | 'speaker'>
  /** Says what the protocol above WebSocket asks of a client, where it is recognized. */
  speaks: boolean
  /** The address as it was given, where its client opens another: a sign of the protocol. */
  asked?: string
}

export interface AttemptTools {
  resolve: Resolver
  clock: ProbeClock
  signal: AbortSignal
  onStage: (event: StageEvent) => void
  /** TCP, and TLS of wss, have connected; nothing was asked yet. */
  onConnected?: ((socket: Socket, url: URL) => void) | undefined
}

/**
 * What was under way when the signal aborts is left out: a stage that was not let finish observed nothing.
 * @throws ProbeRefusal when the address is out of bounds or a part of the request is not allowed
 */
export async function attempt(options: AttemptOptions, tools: AttemptTools): Promise<ProbeEvidence> {
  const request = writeHandshake(options)
  const probe: ProbeEvidence = {}
  const stage = stages(probe, tools)

  const reached = await connect(options, tools, probe, stage)
  if (!reached) return probe
  stage.starts('http')
  const answer = await shakeHands(reached, request, tools.clock, tools.signal)
  if (tools.signal.aborted) {
    reached.destroy()
    return probe
  }
  Object.assign(probe, evidenceOf(answer, probe))
  stage.ends('http', answer.outcome === 'switched')
  if (answer.outcome !== 'switched') {
    reached.destroy()
    return probe
  }
  const checks = checkHandshake(answer.head.headers, { ...options, expectedAccept: request.expectedAccept })
  probe.checks = checks
  const isOpen = outcomeOfProbe(probe).stage === 'open'
  stage.ends('checks', isOpen)
  if (!isOpen) {
    // A browser ends it here, so there is nothing left to watch.
    probe.frames = []
    probe.end = { kind: 'open', ms: tools.clock.ms() }
    reached.finish()
    return probe
  }
  stage.starts('watch', options.hold.watchMs)
  const held = await hold(
    reached,
    {
      ...options.hold,
      ...(options.speaks && { speaker: speakerFor(options, answer.head.headers) }),
      extensionBits: options.extensions !== undefined && checks.extensions ? 4 : 0,
      onClosing: () => stage.starts('close'),
    },
    tools.clock,
    tools.signal,
  )
  Object.assign(probe, held)
  stage.ends('frames', true)
  const outcome = outcomeOfProbe(probe)
  stage.ends('watch', outcome.stage === 'open' && !isLost(outcome.end))
  if (probe.close) stage.ends('close', probe.close.answer === 'close_frame')
  if (probe.end?.kind !== 'open' || probe.close) reached.destroy()
  return probe
}

/** For the protocol above WebSocket that the handshake shows, or that the server's messages will. */
function speakerFor(
  { url, asked, subprotocols, hold }: AttemptOptions,
  headers: readonly HeaderLine[],
): Speaker {
  const speaker = createSpeaker({
    url,
    asked,
    subprotocols,
    picked: headerOf(headers, 'sec-websocket-protocol'),
  })
  return hold.send === undefined ? speaker : withoutFirst(speaker)
}

/** A connection for something else than a handshake: undefined where there is none. */
export const reach = (options: AttemptOptions, tools: AttemptTools): Promise<Wire | undefined> =>
  connect(options, tools, {}, stages({}, { ...tools, onStage: () => {} }))

async function connect(
  options: AttemptOptions,
  tools: AttemptTools,
  probe: ProbeEvidence,
  stage: DialStages,
): Promise<Wire | undefined> {
  const socket = await dial(options, { ...tools, stage }, probe)
  if (socket) tools.onConnected?.(socket, options.url)
  return socket && createWire(socket)
}

/** What the answer to the upgrade request adds to the evidence. */
function evidenceOf(answer: HandshakeResult, before: ProbeEvidence): Partial<ProbeEvidence> {
  const { ms } = answer
  switch (answer.outcome) {
    case 'switched':
      return {
        http: {
          ...headOf(answer.head),
          ...(answer.interim.length > 0 && { interim: [...answer.interim] }),
          ms,
        },
      }
    case 'refused':
      return {
        http: { ...headOf(answer.head), body_start: answer.body, ms },
        end: { kind: 'http_response', ms },
      }
    case 'not-http':
      return {
        http: { not_http: true, body_start: answer.start, ms },
        end: answer.then ? endAt(answer.then, ms) : { kind: 'no_answer', ms },
      }
    case 'too-long':
      // HPE_HEADER_OVERFLOW is what Node's own parser calls it.
      return {
        http: { body_start: answer.start, ms },
        end: { kind: 'error', code: 'HPE_HEADER_OVERFLOW', ms },
      }
    case 'no-answer':
      return { ...halfHead(answer.start, ms), end: { kind: 'no_answer', ms } }
    case 'ended': {
      const end = endAt(answer.end, ms)
      // In TLS 1.3 a missing client certificate is refused after the client's side of the handshake was done.
      const alert =
        end.kind === 'error' && String(end.code).startsWith('ERR_SSL_') ? String(end.code) : undefined
      const tls = alert && before.tls ? { tls: { ...before.tls, outcome: 'error', code: alert } } : {}
      return { ...tls, ...halfHead(answer.start, ms), end }
    }
  }
}

const endAt = (end: WireEnd, ms: number): NonNullable<ProbeEvidence['end']> => ({ ...end, ms })

const halfHead = (start: string, ms: number): Partial<ProbeEvidence> =>
  start === '' ? {} : { http: { body_start: start, ms } }

/** Kept of one name or value; no server means one that is longer. */
const LONGEST_HEADER = 8 * 1024

function headOf(head: Extract<HandshakeResult, { outcome: 'switched' }>['head']) {
  const { status, statusText, version, headers } = head
  const more = headers.flat().reduce((sum, text) => sum + Math.max(0, text.length - LONGEST_HEADER), 0)
  const cut = (text: string) => text.slice(0, LONGEST_HEADER)
  return {
    status,
    status_text: statusText,
    version,
    headers: headers.map(([name, value]): [string, string] => [cut(name), cut(value)]),
    ...(more > 0 && { more_header_bytes: more }),
  }
}

/** Tells the caller as each stage begins and ends, with what it found. */
function stages(probe: ProbeEvidence, { clock, onStage }: AttemptTools) {
  const parts: Partial<Record<StageName, readonly string[]>> = {
    dns: ['dns'],
    tcp: ['tcp'],
    tls: ['tls'],
    http: ['http', 'tls'],
    checks: ['checks'],
    frames: ['frames', 'first_message', 'ping', 'echo'],
    watch: ['end'],
    close: ['close', 'end'],
  }
  const found = (stage: StageName): ProbeEvidence =>
    Object.fromEntries(
      Object.entries(probe).filter(([key]) => (parts[stage] ?? []).includes(key) || key === 'end'),
    )
  return {
    starts(stage: StageName, forMs?: number) {
      const says = describeStage.starting(stage, forMs)
      onStage({
        type: 'stage',
        stage,
        state: 'started',
        ms: clock.ms(),
        says,
        ...(forMs ? { for_ms: forMs } : {}),
      })
    },
    ends(stage: StageName, ok: boolean) {
      const says = describeStage.ended(stage, probe)
      onStage({
        type: 'stage',
        stage,
        state: ok ? 'ok' : 'failed',
        ms: clock.ms(),
        says,
        found: found(stage),
      })
    },
  }
}
