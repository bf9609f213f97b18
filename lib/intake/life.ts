/**
 * The life of a connection as lines with times beside them tell it: opened, last message, ended. Several lives of one
 * client are one connection (the last that ended) and its peers, so that equal ages and silences show.
 */
import type { BrowserEvent, PeerEvidence } from '#lib/evidence/schema.ts'
import { passedMs } from '#lib/intake/times.ts'
import type { Said, SaidClose } from '#lib/words/meaning.ts'

export type LifeLine = {
  readonly said: Said | { readonly means: 'message' }
  /** As `timeIn` gives it. */
  readonly atMs: number | undefined
}

export type Lives = { events: BrowserEvent[]; peers: PeerEvidence[] }

type Life = {
  openedMs?: number
  opened: boolean
  lastMs?: number
  closedMs?: number
  close?: SaidClose
  closedByItself?: boolean
}

/** Endings that a line can tell of an open connection, and the code that its client then reports. */
const ENDS: Partial<Record<Said['means'], number>> = {
  dropped: 1006,
  'ping-timeout': 1006,
  'closed-by-server': 1005,
  'closed-by-client': 1000,
}

export function livesOf(lines: readonly LifeLine[]): Lives {
  const lives: Life[] = []
  let current: Life | undefined
  for (const { said, atMs } of lines) {
    if (said.means === 'opened') {
      current = { opened: true, ...(atMs !== undefined && { openedMs: atMs }) }
      lives.push(current)
    } else if (said.means === 'message') {
      if (current && atMs !== undefined) current.lastMs = atMs
    } else {
      const close = said.means === 'close' ? said.close : closeOf(said)
      if (close === undefined) continue
      if (current === undefined || current.close !== undefined) {
        current = { opened: wasOpen(said) }
        lives.push(current)
      }
      current.close = close
      if (said.means === 'closed-by-client' || close.way === 'sent') current.closedByItself = true
      if (atMs !== undefined) current.closedMs = atMs
    }
  }
  const ended = lives.filter(({ close }) => close !== undefined)
  const last = ended.at(-1) ?? lives.at(-1)
  if (last === undefined) return { events: [], peers: [] }
  const timed = ended.filter(({ openedMs, closedMs }) => openedMs !== undefined && closedMs !== undefined)
  return { events: eventsOf(last), peers: timed.length > 1 ? timed.map(peerOf) : [] }
}

const closeOf = ({ means }: Said): SaidClose | undefined => {
  const code = ENDS[means]
  return code === undefined ? undefined : { code }
}

/** A Close frame was received, or the words say that it had been open. 1006 and 1015 alone say neither. */
const wasOpen = ({ means, close }: Said): boolean =>
  means === 'close' ? close?.code !== 1006 && close?.code !== 1015 : true

function eventsOf({ opened, openedMs, lastMs, closedMs, close, closedByItself }: Life): BrowserEvent[] {
  const since = (atMs: number | undefined): number =>
    openedMs === undefined || atMs === undefined ? 0 : passedMs(openedMs, atMs)
  const events: BrowserEvent[] = opened ? [{ ms: 0, type: 'open' }] : []
  if (lastMs !== undefined) events.push({ ms: since(lastMs), type: 'message' })
  if (close === undefined) return events
  const ms = since(closedMs)
  if (closedByItself) events.push({ ms, type: 'close_called' })
  events.push({
    ms,
    type: 'close',
    code: close.code,
    ...(close.reason !== undefined && { reason: close.reason }),
    ...(close.clean !== undefined && { was_clean: close.clean }),
  })
  return events
}

function peerOf({ openedMs = 0, lastMs, closedMs = 0, close }: Life): PeerEvidence {
  const ageMs = passedMs(openedMs, closedMs)
  return {
    opened_ms: openedMs,
    closed_ms: openedMs + ageMs,
    age_ms: ageMs,
    last_byte_ms: openedMs + (lastMs === undefined ? 0 : passedMs(openedMs, lastMs)),
    ...(close && { code: close.code }),
  }
}
