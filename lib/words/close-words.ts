/**
 * A close code with its reason and direction, whatever the program: `code=1006, reason=`, `(code: 1006, reason: "")`,
 * `close 1001 (going away): bye`, `received 1008 (policy violation) bad token; then sent 1008 …`,
 * `CloseEvent {wasClean: false, code: 1006 …}`, `status=1011`, `closed with code 4401 'Unauthorized'`.
 *
 * A number alone is none: the word close, code or status must be beside it, and it must be a code that exists
 * (1000 to 1015, 3000 to 4999; RFC 6455 §7.4).
 */
import { longestReasonBytes } from '#lib/protocol/close-codes.ts'
import type { Said, SaidClose } from '#lib/words/meaning.ts'

const CODE = '(1(?:00\\d|01[0-5])|[34]\\d{3})'

/** In order: the first shape that fits a line is the one it has. Each has the code in the first group. */
const SHAPES: readonly { pattern: RegExp; way?: SaidClose['way'] }[] = [
  // Python websockets: both directions in one sentence, the first of them ended it.
  { pattern: new RegExp(`\\breceived ${CODE}\\b(?: \\([^()]{1,60}\\))?`, 'i'), way: 'received' },
  { pattern: new RegExp(`\\bsent ${CODE}\\b(?: \\([^()]{1,60}\\))?`, 'i'), way: 'sent' },
  // Java: CloseReason[1001,Idle Timeout], CloseReason: code [1009], reason […]
  { pattern: new RegExp(`\\bCloseReason(?:: code ?)?\\[${CODE}\\b`) },
  // Go: gorilla "websocket: close 1001 (going away): …", coder "received close frame: status = StatusX and reason = …".
  { pattern: new RegExp(`\\bclose[d:]?[ :=]{1,3}${CODE}\\b(?: \\([^()]{1,60}\\))?`, 'i') },
  // code=1006, code: 1006, "code":1006, close_code 1006, closeCode=1006, status code: 1006, statusCode=1006
  {
    pattern: new RegExp(
      `\\b(?:close|closed|closing|disconnect(?:ed)?|ws|websocket|exit)?[ _.-]?(?:status[ _-]?)?code\\b["'\`]{0,2}[ ]{0,2}(?:is|was|of)?[ ]?[:=(]?[ ]{0,2}["'\`]?${CODE}\\b`,
      'i',
    ),
  },
  { pattern: new RegExp(`\\b(?:close )?status["']?[ ]?[:=][ ]?["']?${CODE}\\b`, 'i') },
  // closed (1006), disconnected with 1011, closed abnormally: 1006
  {
    pattern: new RegExp(
      `\\b(?:closed|disconnected|terminated|connection lost)\\b[^\\d\\n]{0,40}?[ (:]${CODE}\\b`,
      'i',
    ),
  },
]

/** Undefined where the line has no close code. */
export function closeOf(line: string): SaidClose | undefined {
  if (!/close|code|status|sent|receiv|disconnect|terminat|lost/i.test(line)) return undefined
  for (const { pattern, way } of SHAPES) {
    const found = pattern.exec(line)
    if (found === null) continue
    const reason = reasonIn(line, found.index + found[0].length)
    const direction = way ?? wayIn(line, found.index)
    const clean = /\bwas_?clean["']?[ ]?[:=][ ]?(true|false)/i.exec(line)?.[1]
    return {
      code: Number(found[1]),
      ...(reason !== undefined && { reason }),
      ...(direction !== undefined && { way: direction }),
      ...(clean !== undefined && { clean: clean.toLowerCase() === 'true' }),
    }
  }
  return undefined
}

/** A close code is said; 1006 was never in a Close frame (RFC 6455 §7.4.1), so it says that the connection was dropped or never opened. */
export function saidOfClose(close: SaidClose): Said {
  return { means: 'close', close }
}

const NO_REASON = /^\(?(?:no reason(?: given)?|none|null|nil|undefined|n\/a|-|<none>|""|'')\)?\.?$/i

function reasonIn(line: string, from: number): string | undefined {
  const rest = line.slice(from, from + 400)
  const named =
    /\b(?:close[ _-]?)?reason["'`]?[ ]?(?:was|is|of)?[ ]?[:=]{1,2}>?[ ]?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^,;)}\]\n]*?)(?=[,;)}\]\n]| \w+=|$))/i.exec(
      rest,
    ) ??
    /\bwith reason[ :]{1,2}(?:"([^"]*)"|'([^']*)'|([^,;)}\]\n]*))/i.exec(rest) ??
    /\band reason = "([^"]*)"/i.exec(rest) ??
    /^\]?, ?(?:reason \[)?([^\]\n]{0,123})\]/.exec(rest) ??
    // gorilla and websockets: the reason follows the name of the code.
    /^(?:["')\]]{0,2}(?::| -| –)|["'] ) ?"?([^"\n;]{1,123})"?/.exec(rest) ??
    /^ ([^\n;]{1,123}?)(?=; (?:then|no close)|$)/.exec(rest)
  const text = named
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.trim()
  if (text === undefined) return undefined
  if (text === '' || NO_REASON.test(text)) return ''
  return text.length > longestReasonBytes ? undefined : text
}

function wayIn(line: string, at: number): SaidClose['way'] {
  const around = line.slice(Math.max(0, at - 60), at + 80)
  if (
    /\bremote["']?[ ]?[:=][ ]?["']?true|\b(?:received|got|recv|by (?:the )?(?:remote|peer|server|other side)|from (?:the )?(?:server|peer|remote)|remote (?:party |end )?closed|server closed)\b/i.test(
      around,
    )
  )
    return 'received'
  if (
    /\bremote["']?[ ]?[:=][ ]?["']?false|\b(?:sent|sending|send|closing|by (?:us|client|local)|local(?:ly)? closed)\b/i.test(
      around,
    )
  )
    return 'sent'
  return undefined
}
