/** What one WebSocket message carries, and what it costs. */
export type Payload =
  | { readonly opcode: 'text'; readonly text: string }
  | { readonly opcode: 'binary'; readonly bytes: Uint8Array }

/** The size on the wire before framing: UTF-8 for text. */
export function sizeBytesOf(payload: Payload): number {
  return payload.opcode === 'text' ? utf8Length(payload.text) : payload.bytes.byteLength
}

/** Bytes of the text in UTF-8, without encoding it. A lone surrogate counts as U+FFFD, as it is sent. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    bytes += unit < 0x800 ? 1 : 2
    const isPair = unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))
    // Two units, four bytes: the first unit was counted as three, the second adds the fourth.
    if (isPair) index++
  }
  return bytes
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

/** At most `limitBytes` of it, never cutting a character in two. */
export function clipPayload(
  payload: Payload,
  limitBytes: number,
): { readonly payload: Payload; readonly truncated: boolean } {
  if (payload.opcode === 'binary') {
    if (payload.bytes.byteLength <= limitBytes) return { payload, truncated: false }
    // slice, not subarray: a view would keep the whole buffer alive.
    return { payload: { opcode: 'binary', bytes: payload.bytes.slice(0, limitBytes) }, truncated: true }
  }
  // A unit is at most three bytes, so short texts need no counting.
  const { text } = payload
  if (text.length * 3 <= limitBytes || utf8Length(text) <= limitBytes) return { payload, truncated: false }
  return { payload: { opcode: 'text', text: clipText(text, limitBytes) }, truncated: true }
}

function clipText(text: string, limitBytes: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += utf8Length(character)
    if (bytes > limitBytes) break
    end += character.length
  }
  return text.slice(0, end)
}
