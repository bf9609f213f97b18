/** Bytes as people write and read them. */

export type ParsedHex =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `column` counts from 1. */
  | { readonly ok: false; readonly column: number; readonly says: string }

/** `de ad be ef`, `DEADBEEF`, `0xde, 0xad` and `de:ad` are four ways of saying it. */
export function parseHex(text: string): ParsedHex {
  const bytes: number[] = []
  const token = /[\s,:]*(?:0x|\\x)?([0-9a-f]{2})/iy
  let position = 0
  while (text.slice(position).match(/^[\s,:]*$/) === null) {
    token.lastIndex = position
    const digits = token.exec(text)?.[1]
    if (digits === undefined) {
      const column = position + (/^[\s,:]*/.exec(text.slice(position))?.[0].length ?? 0) + 1
      return { ok: false, column, says: `Two hex digits are expected at column ${column}.` }
    }
    bytes.push(Number.parseInt(digits, 16))
    position = token.lastIndex
  }
  return { ok: true, bytes: Uint8Array.from(bytes) }
}

/** `de ad be ef`. */
export function formatHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** Rows of 16: offset, hex, and ASCII with dots for the rest, as `hexdump -C` prints them. */
export function hexDump(bytes: Uint8Array): string {
  const rows: string[] = []
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const row = bytes.subarray(offset, offset + 16)
    const ascii = Array.from(row, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    ).join('')
    rows.push(`${offset.toString(16).padStart(8, '0')}  ${formatHex(row).padEnd(47)}  ${ascii}`)
  }
  return rows.join('\n')
}
