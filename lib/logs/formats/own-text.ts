/**
 * `[WS_DIAGNOSTICS]` lines: ours, one event a line, and the original server's, one header a line.
 *
 * Ours are read from left to right with quoted values taken whole, so nothing that a header holds can pass for
 * a field. Anything may be before the mark: a logger's name, a level, a time stamp.
 */

import { defined, firstAddress, recordFields } from '#lib/logs/formats/own-event.ts'
import type { AppEvent, AppRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'
import { type EventKind, eventKinds } from '#lib/protocol/events.ts'
import {
  isField,
  isHead,
  LINE_MARK,
  type LineField,
  type LineHead,
  type LinePart,
  logLines,
} from '#lib/protocol/log-line.ts'
import { unquote } from '#lib/protocol/log-value.ts'

/** A prefix longer than this is somebody else's text that quotes one of our lines. */
const LONGEST_PREFIX = 160

export function parseOwnText(line: string): AppRecord | undefined {
  const markAt = line.indexOf(LINE_MARK)
  if (markAt === -1 || markAt > LONGEST_PREFIX || line.slice(0, markAt).includes('"')) return undefined
  const text = line.slice(markAt + LINE_MARK.length)
  const stamp = ownStamp(text) ?? stampBefore(line, markAt)
  return {
    kind: 'app',
    resolutionMs: 1,
    ...(stamp && {
      atMs: stamp.atMs,
      resolutionMs: stamp.resolutionMs,
      ...(stamp.zoneless && { zoneless: true }),
    }),
    ...(originalEvent(text) ?? ownEvent(text)),
  }
}

/** `, at=2026-11-20T09:04:31.620Z` at the end of our own lines; a quoted value ends with a quote. */
function ownStamp(text: string): ReturnType<typeof isoStamp> {
  const written = /, at=(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z)$/.exec(text)?.[1]
  return written === undefined ? undefined : isoStamp(written)
}

// A stamp somewhere in the prefix, such as the one of Python's logging.
function stampBefore(line: string, end: number): ReturnType<typeof isoStamp> {
  const prefix = line.slice(0, end)
  const at = prefix.search(/\d{4}-\d\d-\d\d[T ]\d\d:/)
  return at === -1 ? undefined : isoStamp(prefix.slice(at))
}

type Event = Pick<AppRecord, 'format' | 'event'> & Partial<AppRecord>

const originalDetail =
  /^(Client ID|Origin|User-Agent|Scheme|X-Forwarded-For|X-Forwarded-Proto|X-Forwarded-Host|X-Real-IP|Connection attempt at): (.*)$/

function originalEvent(text: string): Event | undefined {
  const format = 'why1006-original'
  if (text.startsWith('====='))
    return { format, event: text.includes('ATTEMPT START') ? 'attempt' : 'detail' }
  const detail = originalDetail.exec(text)
  if (detail !== null) return { format, event: 'detail', ...detailFields(detail[1] ?? '', detail[2] ?? '') }
  if (text.startsWith('WebSocketDisconnect'))
    return { format, event: 'disconnected', ...fieldsOf(pairs(text), originalNames) }
  if (text.startsWith('Connection ACCEPTED')) {
    const { clientId } = fieldsOf(pairs(text), originalNames)
    return { format, event: 'accepted', ...defined({ clientId }) }
  }
  return undefined
}

const originalNames = namesOf([
  ['close_code=', 'close_code'],
  ['code=', 'close_code'],
  ['total_duration_ms=', 'duration_ms'],
])

function detailFields(name: string, value: string): Partial<AppRecord> {
  if (name === 'Client ID') return { clientId: value }
  if (name === 'Origin' && value !== 'no_origin') return { origin: value }
  if (name === 'X-Forwarded-For') return defined({ client: firstAddress(value) })
  return {}
}

function ownEvent(text: string): Event {
  const event = kindOf(text)
  const values = pairs(text)
  const format = values.has('client_id') || !/^\d{3} /.test(text) ? 'why1006-text' : 'why1006-original'
  const { head, names } = layouts[event === 'detail' ? 'attempt' : event]
  return { format, event, ...fieldsOf(values, names, head?.read(text)) }
}

/** By the event's name for a value: the names that lines have for it, and what they write where there is none. */
type Names = ReadonlyMap<string, readonly { readonly name: string; readonly absent: string | undefined }[]>

function namesOf(fields: readonly LineField[]): Names {
  const names = new Map<string, { name: string; absent: string | undefined }[]>()
  for (const [label, key, absent] of fields) {
    const name = label.replace(/(=|: )$/, '')
    names.set(key, [...(names.get(key) ?? []), { name, absent }])
  }
  return names
}

interface Layout {
  readonly words: string | undefined
  readonly head: LineHead | undefined
  readonly names: Names
}

function layoutOf(parts: readonly LinePart[]): Layout {
  return {
    words: parts.find((part) => typeof part === 'string'),
    head: parts.find(isHead),
    names: namesOf(parts.filter(isField)),
  }
}

const layouts = Object.fromEntries(eventKinds.map((kind) => [kind, layoutOf(logLines[kind])])) as Record<
  EventKind,
  Layout
>

/** Lines in other words than ours; the first that fits decides. */
const otherWords: readonly (readonly [AppEvent, RegExp])[] = [
  ['rejected', /^\d{3} [A-Z]|\bREJECTED\b|\brejected\b/],
  ['accepted', /\bACCEPTED\b|\baccepted\b/],
  ['pong_timeout', /PONG[ _]TIMEOUT/i],
  ['heartbeat', /\bHEARTBEAT\b/i],
  ['traffic', /\bTRAFFIC\b/i],
  ['error', /\bERROR\b/i],
  ['server', /\bSERVER\b/i],
]

function kindOf(text: string): AppEvent {
  // Of quoted values nothing counts as our words.
  const emptied = text.replace(/"(?:[^"\\]|\\.?)*(?:"|$)/g, '""')
  const opens = (kind: EventKind) => {
    const { words, head } = layouts[kind]
    if (head !== undefined) return head.read(emptied) !== undefined
    return (
      words !== undefined && (words.startsWith(' ') ? emptied.includes(words) : emptied.startsWith(words))
    )
  }
  return eventKinds.find(opens) ?? otherWords.find(([, words]) => words.test(emptied))?.[0] ?? 'detail'
}

/** @param among values that were found among the words */
function fieldsOf(
  values: ReadonlyMap<string, string>,
  names: Names,
  among: Readonly<Record<string, string>> = {},
): Partial<AppRecord> {
  const text = (key: string): string | undefined => {
    for (const { name, absent } of names.get(key) ?? []) {
      const written = values.get(name)
      if (written !== undefined && written !== absent) return unquote(written)
    }
    const written = values.get(key)
    return among[key] ?? (written === undefined ? undefined : unquote(written))
  }
  return recordFields({ text, number: (key) => decimal(text(key)) })
}

// A quoted value without a name is skipped whole; an open quote takes the rest, so that no line is read twice.
const pair = /"(?:[^"\\]|\\.?)*(?:"|$)|([A-Za-z_][\w-]{0,40})(?:=|: )("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,]+)/g
const MOST_PAIRS = 40

/** `name=value` and `Name: value` from left to right, values as they are written; the first of a name wins. */
function pairs(text: string): Map<string, string> {
  const found = new Map<string, string>()
  pair.lastIndex = 0
  for (let match = pair.exec(text); match !== null && found.size < MOST_PAIRS; match = pair.exec(text)) {
    const [, name, value = ''] = match
    if (name !== undefined && !found.has(name)) found.set(name, value)
  }
  return found
}

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined
}
