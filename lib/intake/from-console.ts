/**
 * Pasted console text → evidence. Script can't read the console, a person can: Chrome says there why a handshake
 * failed, Firefox only that it did.
 *
 * What the messages mean is judged with the other facts; here the paste is taken apart into messages, and
 * what stands in them beside the message (a dumped CloseEvent, the address, the page's origin) is picked out.
 */

import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

export type ConsoleReading = {
  evidence: Evidence
  /** Messages about WebSockets. */
  messages: number
  /** Lines about something else, such as stack traces and other requests. */
  ignored: number
}

const MOST_MESSAGES = 500
const LONGEST_LINE = 4000

export function evidenceFromConsole(text: string): ConsoleReading {
  const console: string[] = []
  const events: BrowserEvent[] = []
  const urls = new Map<string, number>()
  let pageOrigin: string | undefined
  let ignored = 0
  for (const raw of text.split(/\r?\n/)) {
    const line = withoutSource(raw.slice(0, LONGEST_LINE))
    if (line === '') continue
    const url = addressOf(line)
    if (url !== undefined) urls.set(url, (urls.get(url) ?? 0) + 1)
    pageOrigin ??= pageOf(line)
    const close = closeEventOf(line)
    if (close !== undefined) events.push(close)
    else if (isSocketMessage(line)) {
      if (console.length < MOST_MESSAGES) console.push(line)
    } else ignored++
  }
  const lived = events.length > 0 ? lifeOf(events, console) : impliedBy(console)
  const [url] = [...urls].sort(([, a], [, b]) => b - a)[0] ?? []
  return {
    evidence: {
      ...((url !== undefined || pageOrigin !== undefined) && {
        target: {
          ...(url !== undefined && { url }),
          ...(pageOrigin !== undefined && { page_origin: pageOrigin }),
        },
      }),
      browser: {
        console,
        ...(lived.length > 0 && { events: lived }),
      },
    },
    messages: console.length + events.length,
    ignored,
  }
}

/** Messages that come without a close event (the constructor threw, or a policy stopped the socket), or at any time. */
const SILENT: ReadonlySet<Meaning> = new Set([
  'csp',
  'mixed-content',
  'invalid-url',
  'invalid-subprotocol',
  'used-too-early',
  'interrupted',
  'lost',
  'hung-up',
  'suspended',
  'network-changed',
  'ping-timeout',
  'close',
])
const VIOLATIONS: ReadonlySet<Meaning> = new Set(['frame', 'invalid-utf8', 'compression'])

/**
 * Chrome prints a failure when, and only when, an error event fires, and close 1006 follows (measured with Chromium
 * 156); Firefox's "can't establish a connection" says the same without the reason. Safari has the same words before
 * and after an opening.
 */
function impliedBy(console: readonly string[]): BrowserEvent[] {
  const close = { ms: 0, type: 'close', code: 1006, was_clean: false }
  const sentences = console.flatMap((line) => readSentence(line) ?? [])
  const meanings = sentences.filter(({ program }) => program?.id !== 'safari').map(({ said }) => said.means)
  if (meanings.some((means) => VIOLATIONS.has(means)))
    return [{ ms: 0, type: 'open' }, { ms: 0, type: 'error' }, close]
  const failed =
    meanings.some((means) => !SILENT.has(means)) || console.some((line) => FIREFOX_FAILURE.test(line))
  return failed ? [{ ms: 0, type: 'error' }, close] : []
}

const FIREFOX_FAILURE = /can[’']t establish a connection to the server at wss?:/i

/** A dumped close event implies what came before it: an opening where a Close frame came, else what the console says. */
function lifeOf(closes: readonly BrowserEvent[], console: readonly string[]): BrowserEvent[] {
  const close = closes.at(-1)
  if (close === undefined) return []
  const hadFrame = close.code !== 1006 && close.code !== 1015
  return [...(hadFrame ? [{ ms: 0, type: 'open' }] : impliedBy(console).slice(0, -1)), close]
}

/** `app.js:12 `, `(index):45 `, `12:03:44.123 ` and the like in front; `app.js:12:9` behind, as Firefox has it. */
function withoutSource(line: string): string {
  return line
    .trim()
    .replace(/^(?:\[?\d{1,2}:\d\d:\d\d(?:\.\d{1,6})?\]? )/, '')
    .replace(/^(?:[\w.@%?=&/-]{1,200}|\(index\)|\(anonymous\)|VM\d{1,9}):\d{1,7}(?::\d{1,7})? /, '')
    .replace(/ [\w.-]{1,100}:\d{1,7}:\d{1,7}$/, '')
    .trim()
}

const ABOUT_SOCKETS =
  /web ?socket|wss?:\/\/|\bnet::ERR_|\bnet_error\b|SecurityError: The operation is insecure|NS_ERROR_CONTENT_BLOCKED|content security policy|content-security-policy|mixed content|request to access the .{1,3}(?:local|loopback|unknown).{1,3} address space/i
/** A cell of Firefox’s Network panel. */
const CODE_ALONE =
  /^\W{0,4}(?:NS_(?:ERROR|BINDING)|(?:SEC|SSL)_ERROR|MOZILLA_PKIX_ERROR|PR_(?:CONNECT|END_OF_FILE))_[A-Z0-9_]{2,60}\W{0,4}$/
const STACK = /^(?:at |[\w$.<>]{1,80} @ |Promise\.|await in |setTimeout|setInterval|Understand this error)/

function isSocketMessage(line: string): boolean {
  if (STACK.test(line) || /^(?:GET|POST|PUT) https?:/.test(line)) return false
  return ABOUT_SOCKETS.test(line) || CODE_ALONE.test(line)
}

/** `'wss://…'` of Chrome, `at wss://….` of Firefox: a full stop at the end is the sentence's. */
function addressOf(line: string): string | undefined {
  const match = /wss?:\/\/[^\s'"<>“”‘’]{1,2048}/i.exec(line)
  return match?.[0].replace(/(?<![.,;:!?)])[.,;:!?)]+$/, '')
}

function pageOf(line: string): string | undefined {
  return /page at ['“"]?(https?:\/\/[^/\s'"”]{1,255})/i.exec(line)?.[1]
}

/** `CloseEvent {isTrusted: true, wasClean: false, code: 1006, reason: "", …}`, or an application's `code=1006`. */
function closeEventOf(line: string): BrowserEvent | undefined {
  const dumped = /\bCloseEvent\b|\bclose\b/i.test(line) && !/connection to '/.test(line)
  const code = dumped ? /\bcode['"]?\s*[:=]\s*(\d{4})\b/i.exec(line)?.[1] : undefined
  if (code === undefined) return undefined
  const reason = /\breason['"]?\s*[:=]\s*(?:"([^"]{0,123})"|'([^']{0,123})')/i.exec(line)
  const clean = /\bwasClean['"]?\s*[:=]\s*(true|false)/i.exec(line)?.[1]
  return {
    ms: 0,
    type: 'close',
    code: Number(code),
    ...(reason && { reason: reason[1] ?? reason[2] ?? '' }),
    ...(clean !== undefined && { was_clean: clean === 'true' }),
  }
}
