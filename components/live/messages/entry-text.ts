/** How an entry of the log "Messages" reads: in its row, opened, copied, exported. */
import type { LogEntry, MessageEntry } from '#lib/store/connection/message-log.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { formatHex, hexDump } from '#lib/text/hex.ts'
import { prettyJson } from '#lib/text/json-check.ts'

export type MessageView = 'pretty' | 'raw' | 'hex'

/** So much of a message fits any row; the rest is in the opened one. */
const rowLength = 400

const encoder = new TextEncoder()

/** One line for the row; what could not be seen in it stands as escapes. */
export function rowText(entry: LogEntry, view: MessageView): string {
  if (entry.type === 'note') return entry.text
  const { payload } = entry
  if (payload.opcode === 'binary') return formatHex(payload.bytes.subarray(0, rowLength / 3))
  const text = payload.text.slice(0, rowLength)
  if (view === 'hex') return formatHex(encoder.encode(text.slice(0, rowLength / 3)))
  return visibleLines(view === 'pretty' ? text.replace(/\s+/g, ' ') : text)
}

/** The whole of a message as it was kept: indented JSON, the text as it is, or a hex dump. */
export function fullText(entry: MessageEntry, view: MessageView): string {
  const { payload } = entry
  if (payload.opcode === 'binary') return hexDump(payload.bytes)
  if (view === 'hex') return hexDump(encoder.encode(payload.text))
  return view === 'pretty' ? (prettyJson(payload.text) ?? payload.text) : payload.text
}

/** What a search looks at. */
export function searchText(entry: LogEntry): string {
  if (entry.type === 'note') return entry.text
  return entry.payload.opcode === 'text' ? entry.payload.text : formatHex(entry.payload.bytes)
}
