/**
 * A HAR file (HTTP Archive 1.2) → evidence. Chrome adds `_webSocketMessages` to the entry of a socket, Firefox writes
 * the handshake alone.
 */
import type { BrowserEvent, Evidence, HeaderList } from '#lib/evidence/schema.ts'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

export type HarReading = { evidence: Evidence; says: string }

const MOST_MESSAGES = 5000

export const isHar = (value: unknown): boolean =>
  isObject(value) && isObject(value.log) && Array.isArray(value.log.entries)

/** The socket that failed, else the last one; undefined where the archive has none. */
export function evidenceFromHar(value: unknown): HarReading | undefined {
  const log = isObject(value) && isObject(value.log) ? value.log : {}
  const sockets = listOf(log.entries).filter((entry): entry is Json => isObject(entry) && isSocket(entry))
  const entry = sockets.find((each) => statusOf(each) !== 101) ?? sockets.at(-1)
  if (entry === undefined) return undefined
  const request = isObject(entry.request) ? entry.request : {}
  const response = isObject(entry.response) ? entry.response : {}
  const url = socketUrl(textOf(request.url) ?? '')
  const headers = headersOf(request.headers)
  const origin = headers.find(([name]) => name.toLowerCase() === 'origin')?.[1]
  const status = statusOf(entry) ?? 0
  const opened = status === 101
  const messages = listOf(entry._webSocketMessages).filter(isObject).slice(0, MOST_MESSAGES)
  const body = isObject(response.content) ? textOf(response.content.text) : undefined
  return {
    evidence: {
      target: { url, ...(origin !== undefined && { page_origin: origin }) },
      browser: { events: opened ? openEvents(entry, messages) : failedEvents(entry) },
      ...(!opened &&
        status > 0 && {
          probe: {
            ...(origin !== undefined && { origin }),
            http: {
              status,
              status_text: textOf(response.statusText) ?? '',
              headers: headersOf(response.headers),
              ...(body !== undefined && { body_start: body.slice(0, 4096) }),
            },
            end: { kind: 'http_response' },
          },
        }),
    },
    says: opened
      ? `a WebSocket that opened, with ${messages.length} message${messages.length === 1 ? '' : 's'}`
      : status > 0
        ? `a handshake that was answered with ${status}`
        : 'a handshake without an answer',
  }
}

function isSocket(entry: Json): boolean {
  const request = isObject(entry.request) ? entry.request : {}
  const upgrade = headersOf(request.headers).some(
    ([name, value]) => name.toLowerCase() === 'upgrade' && /websocket/i.test(value),
  )
  return entry._resourceType === 'websocket' || upgrade || /^wss?:/.test(textOf(request.url) ?? '')
}

const statusOf = (entry: Json): number | undefined =>
  isObject(entry.response) ? numberOf(entry.response.status) : undefined

const socketUrl = (url: string): string => url.replace(/^http(s?):/i, 'ws$1:')

const headersOf = (value: unknown): HeaderList =>
  listOf(value)
    .filter(isObject)
    .map(({ name, value: text }): [string, string] => [textOf(name) ?? '', textOf(text) ?? ''])
    .filter(([name]) => name !== '')

function openEvents(entry: Json, messages: readonly Json[]): BrowserEvent[] {
  const startedMs = Date.parse(textOf(entry.startedDateTime) ?? '')
  const at = (message: Json): number => {
    const seconds = numberOf(message.time)
    return seconds === undefined || Number.isNaN(startedMs)
      ? 0
      : Math.max(0, Math.round(seconds * 1000 - startedMs))
  }
  const received = messages.filter(({ type }) => type !== 'send')
  return [
    { ms: 0, type: 'open' },
    ...received.map(
      (message): BrowserEvent => ({
        ms: at(message),
        type: 'message',
        length: (textOf(message.data) ?? '').length,
      }),
    ),
  ]
}

const failedEvents = (entry: Json): BrowserEvent[] => {
  const ms = Math.round(numberOf(entry.time) ?? 0)
  return [
    { ms, type: 'error' },
    { ms, type: 'close', code: 1006, was_clean: false },
  ]
}
