/**
 * A Close frame as websocket-client of Python prints it, whole: `fin=1 opcode=8 data=b'\x03\xe9Going away' - goodbye`.
 * The first two bytes are the code (RFC 6455 §5.5.1), the others the reason.
 */
import type { SaidClose } from '#lib/words/meaning.ts'

const FRAME = /\bopcode=8 data=b(['"])((?:\\.|[^\\\n]){0,600}?)\1(?=$|[\s,;)}\]])/
/** One byte of Python’s `repr`; JSON doubles the backslash. */
const BYTE = /\\{1,2}x([0-9a-f]{2})|\\{1,2}([nrt\\'"])|[\s\S]/giy
const NAMED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9 }

const bytesOf = (text: string): number[] =>
  Array.from(text.matchAll(BYTE), ([byte, hex, name]) =>
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : name !== undefined
        ? (NAMED[name] ?? name.charCodeAt(0))
        : byte.charCodeAt(0),
  )

/** Undefined where a line has no such frame. */
export function closeFrameIn(line: string): SaidClose | undefined {
  const found = FRAME.exec(line)
  if (found === null) return undefined
  const way = /\bsent\b/i.test(line.slice(0, found.index)) ? 'sent' : 'received'
  const [high, low, ...rest] = bytesOf(found[2] ?? '')
  if (high === undefined || low === undefined) return { code: 1005, reason: '', way }
  const reason = new TextDecoder().decode(Uint8Array.from(rest))
  return { code: high * 256 + low, reason, way }
}
