/** The signs of a protocol in an evidence document. */
import type { Signs } from '#lib/applications/application.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import type { BrowserEvidence, Evidence, ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'

export function signsOf({ target, probe, browser }: Pick<Evidence, 'target' | 'probe' | 'browser'>): Signs {
  return {
    url: URL.parse(target?.url ?? '', target?.page_origin) ?? undefined,
    asked: typeof target?.typed === 'string' ? target.typed : undefined,
    subprotocols: target?.subprotocols ?? [],
    picked:
      probe?.http?.status === 101 ? headerValue(probe.http.headers, 'sec-websocket-protocol') : undefined,
    messages: messagesOf(probe),
    hungUpAfterMs: hungUpAfterMs(probe),
    close: closeOf(probe) ?? closeEvent(browser),
    status: probe?.http?.status,
    answer: probe?.http?.body_start ?? probe?.not_frames?.text_start,
  }
}

/** Since the request was sent, which is when the connection, or its TLS, was there. */
function hungUpAfterMs({ tcp, tls, http, end }: ProbeEvidence = {}): number | undefined {
  const sentMs = tls?.ms ?? tcp?.ms
  const isSilent = http === undefined && end?.kind === 'fin'
  return isSilent && sentMs !== undefined && end.ms !== undefined ? end.ms - sentMs : undefined
}

function closeOf(probe: ProbeEvidence | undefined): Signs['close'] {
  const { kind, by, code, reason = '' } = probe?.end ?? {}
  return kind === 'close_frame' && by !== 'probe' && typeof code === 'number' ? { code, reason } : undefined
}

/** The close event of a page, unless the page itself closed. */
function closeEvent({ events = [] }: BrowserEvidence = {}): Signs['close'] {
  const { code, reason = '' } = events.find(({ type }) => type === 'close') ?? {}
  const isOwn = events.some(({ type }) => type === 'close_called')
  return code === undefined || isOwn ? undefined : { code, reason }
}

/** The first message and the last ones that a probe kept; binary ones as Latin-1. */
function messagesOf(probe: ProbeEvidence | undefined): string[] {
  const { first_message: first, last_messages: last = [] } = probe ?? {}
  const firstText = first?.text_start
  return [
    ...(firstText === undefined ? [] : [firstText]),
    ...last.map(({ text_start: text, hex_start: hex }) => text ?? latin1OfHex(hex ?? '')),
  ]
}

/** What a server said first on a connection; a binary message as Latin-1. */
export function firstMessageOf({ first_message: first }: Pick<RetryEvidence, 'first_message'>): string[] {
  const { text_start: text, hex_start: hex } = first ?? {}
  if (text !== undefined) return [text]
  return hex === undefined ? [] : [latin1OfHex(hex)]
}

const MOST_HEX = 256

/** Two digits a byte. */
export function latin1OfHex(hex: string): string {
  const codes = hex.slice(0, MOST_HEX).match(/[0-9a-f]{2}/gi) ?? []
  return String.fromCharCode(...codes.map((code) => Number.parseInt(code, 16)))
}
