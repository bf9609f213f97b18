/**
 * `[WS_DIAGNOSTICS]` lines: ours, one event a line, and the original server's, one header a line.
 *
 * Ours are read from left to right with quoted values taken whole, so nothing that a header holds can pass for
 * a field. Anything may stand before the mark: a logger's name, a level, a time stamp.
 */

import { defined, firstAddress, isInitiator } from '#lib/logs/formats/own-event.ts'
import type { AppRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

export const MARK = '[WS_DIAGNOSTICS] '
/** A prefix longer than this is somebody else's text that quotes one of our lines. */
const LONGEST_PREFIX = 160

export function parseOwnText(line: string): AppRecord | undefined {
  const markAt = line.indexOf(MARK)
  if (markAt === -1 || markAt > LONGEST_PREFIX || line.slice(0, markAt).includes('"')) return undefined
  const text = line.slice(markAt + MARK.length)
  const event = eventOf(text)
  if (event === undefined) return undefined
  const stamp = ownStamp(text) ?? stampBefore(line, markAt)
  return {
    kind: 'app',
    resolutionMs: 1,
    ...(stamp && {
      atMs: stamp.atMs,
      resolutionMs: stamp.resolutionMs,
      ...(stamp.zoneless && { zoneless: true }),
    }),
    ...event,
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

function eventOf(text: string): Event | undefined {
  return originalEvent(text) ?? ownEvent(text)
}

const originalDetail =
  /^(Client ID|Origin|User-Agent|Scheme|X-Forwarded-For|X-Forwarded-Proto|X-Forwarded-Host|X-Real-IP|Connection attempt at): (.*)$/

function originalEvent(text: string): Event | undefined {
  const format = 'why1006-original'
  if (text.startsWith('====='))
    return { format, event: text.includes('ATTEMPT START') ? 'attempt' : 'detail' }
  const detail = originalDetail.exec(text)
  if (detail !== null) return { format, event: 'detail', ...detailFields(detail[1] ?? '', detail[2] ?? '') }
  if (text.startsWith('WebSocketDisconnect'))
    return { format, event: 'disconnected', ...disconnection(pairs(text)) }
  if (text.startsWith('Connection ACCEPTED')) {
    return { format, event: 'accepted', ...defined({ clientId: pairs(text).get('client_id') }) }
  }
  return undefined
}

function detailFields(name: string, value: string): Partial<AppRecord> {
  if (name === 'Client ID') return { clientId: value }
  if (name === 'Origin' && value !== 'no_origin') return { origin: value }
  if (name === 'X-Forwarded-For') return defined({ client: firstAddress(value) })
  return {}
}

function ownEvent(text: string): Event | undefined {
  const fields = pairs(text)
  const identity = defined({
    clientId: fields.get('client_id'),
    path: fields.get('path') ?? fields.get('endpoint'),
    client: firstAddress(fields.get('X-Forwarded-For')) ?? fields.get('client'),
    origin: fields.get('Origin') === 'no_origin' ? undefined : fields.get('Origin'),
  })
  const format = fields.has('client_id') || !/^\d{3} /.test(text) ? 'why1006-text' : 'why1006-original'
  const event = kindOf(text)
  if (event === 'disconnected') return { format, event, ...identity, ...disconnection(fields) }
  if (event === 'rejected') {
    const code = whole(fields.get('close_code')?.replace(/\)$/, ''))
    // `WS_ORIGIN_REJECTION=1008` opens the connection and closes it: the words say 403 all the same.
    const status = code === undefined ? /^(?:REJECTED )?(\d{3})\b/.exec(text)?.[1] : undefined
    return {
      format,
      event,
      ...identity,
      ...defined({ code, status: whole(status), reason: refusal(text, fields) }),
    }
  }
  const state = event === 'server' ? /\b(started|draining)\b/.exec(text)?.[1] : undefined
  return {
    format,
    event,
    ...identity,
    ...defined({ reason: fields.get('reason') ?? fields.get('message'), state }),
  }
}

/** Words decide, not order: `disconnected - code=` follows a client_id, the others begin the line. */
function kindOf(text: string): AppRecord['event'] {
  const head = unquoted(text)
  if (head.includes('disconnected - code=')) return 'disconnected'
  if (head.includes('CONNECTION ATTEMPT START')) return 'attempt'
  if (/^\d{3} [A-Z]|\bREJECTED\b|\brejected\b/.test(head)) return 'rejected'
  if (/\bACCEPTED\b|\baccepted\b/.test(head)) return 'accepted'
  if (/PONG[ _]TIMEOUT/i.test(head)) return 'pong_timeout'
  if (/\bHEARTBEAT\b/i.test(head)) return 'heartbeat'
  if (/\bTRAFFIC\b/i.test(head)) return 'traffic'
  if (/\bERROR\b/i.test(head)) return 'error'
  if (/\bSERVER\b/i.test(head)) return 'server'
  return 'detail'
}

/** The line's own words: what stands before the first quoted value. */
function unquoted(text: string): string {
  const at = text.search(/[=:] ?["']/)
  return at === -1 ? text : text.slice(0, at)
}

function refusal(text: string, fields: ReadonlyMap<string, string>): string | undefined {
  const written = /^(?:REJECTED \S+|\d{3} [A-Z ]+): ("(?:[^"\\]|\\.)*"|[^,"=(]{1,120}?)(?: -| \(|,|$)/.exec(
    text,
  )?.[1]
  return fields.get('reason') ?? (written && unquote(written))
}

function disconnection(fields: ReadonlyMap<string, string>): Partial<AppRecord> {
  const initiator = fields.get('ended_by') ?? fields.get('initiator')
  return defined({
    clientId: fields.get('client_id'),
    code: whole(fields.get('close_code') ?? fields.get('code')),
    reason: fields.get('reason'),
    durationMs: decimal(fields.get('duration_ms') ?? fields.get('total_duration_ms')),
    initiator: isInitiator(initiator) ? initiator : undefined,
    pings: whole(fields.get('pings')),
    pongs: whole(fields.get('pongs')),
  })
}

const pair = /([A-Za-z_][\w-]{0,40})(?:=|: )("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,]+)/g
const MOST_PAIRS = 40

/** `name=value` and `Name: value` from left to right; the first of a name wins. */
function pairs(text: string): Map<string, string> {
  const found = new Map<string, string>()
  pair.lastIndex = 0
  for (let match = pair.exec(text); match !== null && found.size < MOST_PAIRS; match = pair.exec(text)) {
    const [, name = '', value = ''] = match
    if (!found.has(name)) found.set(name, unquote(value))
  }
  return found
}

function unquote(value: string): string {
  const quote = value[0]
  if (quote !== '"' && quote !== "'") return value
  const inner = value.slice(1, -1)
  return quote === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined
}
