/**
 * A HAR file (HTTP Archive 1.2) → evidence of its WebSockets. Chrome, mitmproxy, Playwright and others add
 * `_webSocketMessages` to the entry of a socket; Firefox and Safari write the handshake alone. No archive has an event of
 * its own for the end of a socket: Chrome counts the time until then as the entry's `receive`, and says nothing of the
 * close code (devtools-frontend, `models/har/Log.ts`).
 */
import { maskText } from '#lib/evidence/mask.ts'
import type { BrowserEvent, Evidence, HeaderList, PeerEvidence } from '#lib/evidence/schema.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectOf = (value: unknown): Json => (isObject(value) ? value : {})
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

export type HarReading = {
  evidence: Evidence
  /** What became of each socket, the one that is judged first. */
  says: Sentence[]
}

const MOST_MESSAGES = 1000
const MOST_PEERS = 1000
const MOST_TOLD = 20

export const isHar = (value: unknown): boolean =>
  isObject(value) && isObject(value.log) && Array.isArray(value.log.entries)

/** Whether a text that is no JSON was meant to be an archive: cut off on its way, or edited by hand. */
export const looksLikeHar = (text: string): boolean =>
  /"log"\s{0,20}:\s{0,20}\{/.test(text.slice(0, 2000)) && text.slice(0, 100_000).includes('"entries"')

/** One socket is judged, the others to the same address are its peers. */
export function readHar(value: unknown): HarReading {
  const log = objectOf(objectOf(value).log)
  const isChrome = textOf(objectOf(log.creator).name) === 'WebInspector'
  const sockets = withReplaced(
    listOf(log.entries)
      .filter(isObject)
      .filter(isSocket)
      .map((entry) => socketOf(entry, isChrome)),
  )
  const subject = worst(sockets)
  if (subject === undefined) return { evidence: {}, says: [sentence`no WebSocket in this archive`] }
  const others = sockets.filter((socket) => socket !== subject)
  return {
    evidence: evidenceOf(subject, sockets),
    says: [
      saysOf(subject),
      ...others.slice(0, MOST_TOLD).map((socket) => sentence`also ${saysOf(socket)}`),
      ...(others.length > MOST_TOLD
        ? [sentence`and ${others.length - MOST_TOLD} more WebSockets in this archive`]
        : []),
    ],
  }
}

function isSocket({ request, _resourceType, _webSocketMessages }: Json): boolean {
  const { url, headers } = objectOf(request)
  const upgrade = headersOf(headers).some(
    ([name, text]) => name.toLowerCase() === 'upgrade' && /websocket/i.test(text),
  )
  return (
    upgrade ||
    _resourceType === 'websocket' ||
    Array.isArray(_webSocketMessages) ||
    /^wss?:/i.test(textOf(url))
  )
}

type Message = { ms: number; type: 'message' | 'sent'; length: number }

type Socket = {
  url: string
  /** When it began, in ms since the epoch; 0 where the archive has no date that can be read. */
  startedMs: number
  status: number
  opened: boolean
  openedMs: number
  messages: Message[]
  /** What the browser said of it, as its console has it. */
  errors: { ms: number; text: string }[]
  /** A Close frame, which few programs write. */
  close: { ms: number; code: number; reason: string } | undefined
  /** When it ended, where the archive shows that it did. */
  endedMs: number | undefined
  /** The archive tells an end, and this one had none. */
  isOpenStill: boolean
  request: HeaderList
  response: Json
}

/** The year 5138: what is more counts milliseconds. */
const LATEST_SECONDS = 1e11

const PLAIN_END: ReadonlySet<number> = new Set([1000, 1001, 1005])

/**
 * A page that opens the same address again has mostly lost the socket before, whatever the archive says of it: one that
 * never carried a message is not taken for one that is open still.
 */
function withReplaced(sockets: readonly Socket[]): Socket[] {
  const lastStartMs = new Map<string, number>()
  for (const { url, startedMs } of sockets)
    lastStartMs.set(url, Math.max(startedMs, lastStartMs.get(url) ?? startedMs))
  return sockets.map((socket) => {
    const { url, messages, startedMs, openedMs, isOpenStill } = socket
    const isReplaced = messages.length === 0 && (lastStartMs.get(url) ?? 0) > startedMs + openedMs
    return { ...socket, isOpenStill: isOpenStill && !isReplaced }
  })
}

/** The one that somebody would ask about: refused, then broken, then closed for a reason, then ended, then the last. */
function worst(sockets: readonly Socket[]): Socket | undefined {
  return (
    sockets.findLast(({ opened }) => !opened) ??
    sockets.findLast(({ errors }) => errors.length > 0) ??
    sockets.findLast(({ close }) => close !== undefined && !PLAIN_END.has(close.code)) ??
    sockets.findLast(({ endedMs, close }) => endedMs !== undefined && close === undefined) ??
    sockets.findLast(({ opened, isOpenStill }) => opened && !isOpenStill) ??
    sockets.at(-1)
  )
}

function socketOf(entry: Json, isChrome: boolean): Socket {
  const request = objectOf(entry.request)
  const response = objectOf(entry.response)
  const startedMs = Date.parse(textOf(entry.startedDateTime)) || 0
  const status = numberOf(response.status) ?? 0
  const since = (time: unknown): number => {
    const at = numberOf(time) ?? 0
    // Playwright counts in milliseconds, the others in seconds.
    const atMs = at > LATEST_SECONDS ? at : at * 1000
    return startedMs > 0 && atMs > startedMs ? Math.round((atMs - startedMs) * 10) / 10 : 0
  }
  const written = listOf(entry._webSocketMessages).filter(isObject)
  const frames = written.filter(({ type }) => type !== 'error')
  const overHttp2 = status === 200 && /^(?:h[23]|http\/[23])/i.test(textOf(response.httpVersion))
  const opened = status === 101 || frames.length > 0 || overHttp2
  const timings = objectOf(entry.timings)
  const wholeMs = Math.max(0, numberOf(entry.time) ?? 0)
  const messages = frames.filter(({ opcode }) => opcode !== 8 && opcode !== 9 && opcode !== 10).map(messageOf)
  // Chrome's `wait` grows with each frame, its `receive` is what passed between the last one and the end.
  const receiveMs = numberOf(timings.receive) ?? 0
  const isEnded = opened && isChrome && receiveMs > 0
  const closing = frames.find(({ opcode }) => opcode === 8)
  return {
    url: textOf(request.url).replace(/^http(s?):/i, 'ws$1:'),
    startedMs,
    status,
    opened,
    openedMs: messages[0]?.ms ?? Math.max(0, numberOf(timings.wait) ?? 0),
    messages,
    errors: [
      ...written
        .filter(({ type }) => type === 'error')
        .map(({ time, data }) => ({ ms: since(time), text: textOf(data) })),
      ...[response._error, response._failureText].map((said) => ({ ms: wholeMs, text: textOf(said) })),
    ].filter(({ text }) => text !== ''),
    close: closing && { ms: since(closing.time), ...closeOf(closing) },
    endedMs: isEnded ? Math.round(wholeMs) : undefined,
    isOpenStill: opened && isChrome && !isEnded,
    request: headersOf(request.headers),
    response,
  }

  function messageOf({ type, time, opcode, data }: Json): Message {
    const text = textOf(data)
    // What is not text is written in base64.
    const length = opcode === 2 ? Math.floor((text.length * 3) / 4) : text.length
    return { ms: since(time), type: type === 'send' ? 'sent' : 'message', length }
  }
}

/** `code` and `reason` beside the data, or the code as its first two bytes in base64 (RFC 6455 §5.5.1). */
function closeOf({ code, closeCode, reason, data }: Json): { code: number; reason: string } {
  const told = numberOf(code) ?? numberOf(closeCode)
  if (told !== undefined) return { code: told, reason: textOf(reason) }
  const bytes = bytesOf(textOf(data))
  const [high = 0, low = 0] = bytes
  if (bytes.length < 2) return { code: 1005, reason: '' }
  return { code: high * 256 + low, reason: new TextDecoder().decode(bytes.subarray(2)) }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64.slice(0, 172)), (each) => each.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

const headersOf = (value: unknown): HeaderList =>
  listOf(value)
    .filter(isObject)
    .map(({ name, value: text }): [string, string] => [textOf(name), textOf(text)])
    .filter(([name]) => name !== '')

const headerOf = (headers: HeaderList, wanted: string): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1]

/** As many as it takes before equal lifetimes are no chance. */
const CROWD = 3

function evidenceOf(socket: Socket, all: readonly Socket[]): Evidence {
  const { url, request, response, opened, errors } = socket
  const origin = headerOf(request, 'origin')
  const userAgent = headerOf(request, 'user-agent')
  const subprotocols = headerOf(request, 'sec-websocket-protocol')
    ?.split(',')
    .map((name) => name.trim())
  const peers = all.filter((other) => other.url === url).flatMap(peerOf)
  const isOfCrowd = socket.endedMs !== undefined && socket.close === undefined && peers.length >= CROWD
  return {
    target: {
      url,
      ...(origin !== undefined && { page_origin: origin }),
      ...(subprotocols && { subprotocols }),
    },
    // Nobody saw how one of a crowd ended: the crowd tells more.
    ...(!isOfCrowd && {
      browser: {
        events: opened ? openEvents(socket) : failedEvents(socket),
        ...(userAgent !== undefined && { user_agent: userAgent }),
        ...(errors.length > 0 && {
          console: errors.slice(0, 20).map(({ text }) => `WebSocket connection to '${url}' failed: ${text}`),
        }),
      },
    }),
    ...(peers.length > 1 && { peers: peers.slice(-MOST_PEERS) }),
    ...(!opened && socket.status > 0 && { probe: answerOf(socket.status, origin, response) }),
  }
}

/** A handshake that was answered is what a probe sees, too. */
function answerOf(status: number, origin: string | undefined, response: Json): Evidence['probe'] {
  const body = textOf(objectOf(response.content).text)
  return {
    ...(origin !== undefined && { origin }),
    http: {
      status,
      status_text: textOf(response.statusText),
      headers: headersOf(response.headers),
      ...(body !== '' && { body_start: body.slice(0, 4096) }),
    },
    end: { kind: 'http_response' },
  }
}

function openEvents(socket: Socket): BrowserEvent[] {
  const { openedMs, messages, errors, close, endedMs, isOpenStill, response } = socket
  const headers = headersOf(response.headers)
  const kept = messages.slice(-MOST_MESSAGES)
  const lost = messages.slice(0, -MOST_MESSAGES)
  const lastMs = Math.max(openedMs, messages.at(-1)?.ms ?? 0, errors.at(-1)?.ms ?? 0)
  return [
    {
      ms: openedMs,
      type: 'open',
      protocol: headerOf(headers, 'sec-websocket-protocol') ?? '',
      extensions: headerOf(headers, 'sec-websocket-extensions') ?? '',
    },
    ...leftOut(lost),
    ...kept,
    ...errors.slice(0, 1).map(({ ms }) => ({ ms: Math.max(ms, openedMs), type: 'error' })),
    ...(close
      ? [{ ...close, type: 'close', was_clean: true }]
      : // Where a browser fails a connection, it tells its page 1006.
        errors.length > 0
        ? [{ ms: endedMs ?? lastMs, type: 'close', code: 1006, was_clean: false }]
        : isOpenStill
          ? [{ ms: lastMs, type: 'still_open', ready_state: 1 }]
          : []),
  ]
}

function leftOut(lost: readonly Message[]): BrowserEvent[] {
  const last = lost.at(-1)
  if (last === undefined) return []
  const longest = (list: readonly Message[]) =>
    list.reduce((most, { ms }, at) => Math.max(most, ms - (list[at - 1]?.ms ?? ms)), 0)
  const received = lost.filter(({ type }) => type === 'message')
  return [
    {
      ms: last.ms,
      type: 'left_out',
      messages: received.length,
      sent: lost.length - received.length,
      longest_gap_ms: longest(received),
      longest_silence_ms: longest(lost),
    },
  ]
}

const failedEvents = ({ errors, endedMs = 0 }: Socket): BrowserEvent[] => {
  const ms = Math.round(errors[0]?.ms ?? endedMs)
  return [
    { ms, type: 'error' },
    { ms, type: 'close', code: 1006, was_clean: false },
  ]
}

/** One that ended, on the clock of the archive. */
function peerOf({ startedMs, openedMs, messages, endedMs, close, opened }: Socket): PeerEvidence[] {
  const ended = endedMs ?? close?.ms
  if (!opened || ended === undefined) return []
  const at = (ms: number) => startedMs + ms
  return [
    {
      opened_ms: at(openedMs),
      last_byte_ms: at(Math.max(openedMs, messages.at(-1)?.ms ?? 0)),
      closed_ms: at(ended),
      ...(close && { code: close.code }),
    },
  ]
}

function saysOf({
  url: address,
  status,
  opened,
  messages,
  errors,
  close,
  endedMs,
  isOpenStill,
}: Socket): Sentence {
  const url = maskText(address)
  const count = sentence`${messages.length} message${messages.length === 1 ? '' : 's'}`
  const [error] = errors
  if (!opened) {
    if (status > 0) return sentence`${url}: the handshake was answered with ${status}`
    return error ? sentence`${url}: ${error.text}` : sentence`${url}: a handshake without an answer`
  }
  if (error) return sentence`${url}: opened, ${count}, then “${error.text}”`
  if (close) return sentence`${url}: opened, ${count}, closed with ${close.code}`
  if (endedMs !== undefined) {
    return sentence`${url}: opened, ${count}, ended after ${describeDuration(endedMs)}. A HAR file has no close code.`
  }
  return sentence`${url}: opened, ${count}${isOpenStill ? ', still open' : ''}`
}
