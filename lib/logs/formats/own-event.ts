/**
 * Our own events as `LOG_FORMAT=json` prints them. Read field by field rather than by the wire's schema: a log
 * of an older server may lack fields, and a line that says when and why a connection ended is worth having.
 */

import type { AppRecord } from '#lib/logs/record.ts'
import { LATEST_MS } from '#lib/logs/stamp.ts'
import { type EventKind, eventKinds } from '#lib/protocol/events.ts'

const known: ReadonlySet<unknown> = new Set(eventKinds)

function isKind(value: unknown): value is EventKind {
  return known.has(value)
}

export function readOwnEvent(fields: Record<string, unknown>): AppRecord | undefined {
  const { kind, at } = fields
  if (!isKind(kind) || typeof at !== 'number' || !(Math.abs(at) * 1000 <= LATEST_MS)) return undefined
  return {
    kind: 'app',
    format: 'why1006-json',
    event: kind,
    atMs: at * 1000,
    resolutionMs: 1,
    ...recordFields({
      text: (key) => {
        const value = fields[key]
        return typeof value === 'string' ? value : undefined
      },
      number: (key) => {
        const value = fields[key]
        return typeof value === 'number' && Number.isFinite(value) ? value : undefined
      },
    }),
  }
}

/** Asks an event for its values, by the names of the wire. */
export interface EventSource {
  readonly text: (key: string) => string | undefined
  readonly number: (key: string) => number | undefined
}

/** What a record takes from an event of ours, however it was written. */
export function recordFields({ text, number }: EventSource): Partial<AppRecord> {
  const initiator = text('initiator')
  const process = text('process')
  return defined({
    clientId: text('client_id'),
    client: firstAddress(text('forwarded_for')) ?? text('address'),
    path: text('endpoint'),
    code: number('close_code'),
    reason: text('reason') ?? text('message'),
    durationMs: number('duration_ms'),
    silenceMs: number('silence_ms'),
    initiator: isInitiator(initiator) ? initiator : undefined,
    process: process === 'ended' || process === 'silent' ? process : undefined,
    status: number('status'),
    origin: text('origin'),
    pings: number('pings'),
    pongs: number('pongs'),
    state: text('state'),
  })
}

/** The client of an `X-Forwarded-For` list: its first entry. */
export function firstAddress(list: string | undefined): string | undefined {
  if (list === undefined || list === 'none') return undefined
  const first = list.split(',', 1)[0]?.trim()
  return first === '' ? undefined : first
}

function isInitiator(value: string | undefined): value is 'client' | 'server' | 'network' {
  return value === 'client' || value === 'server' || value === 'network'
}

/** Without the members that are undefined. */
export function defined<T extends object>(value: T): Partial<T> {
  const kept: Partial<T> = {}
  for (const key of Object.keys(value) as (keyof T)[]) {
    if (value[key] !== undefined) kept[key] = value[key]
  }
  return kept
}
