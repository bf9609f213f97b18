/** Text → lines as they were meant: without colors, byte order marks and Windows line ends. */

/** `number` counts from 1. */
export type Line = { readonly number: number; readonly text: string }

/** Longest part of one line that is kept: no program writes more about a connection. */
export const LONGEST_LINE = 65_536

const ESCAPE = String.fromCharCode(27)
/** CSI and OSC sequences (ECMA-48 §5.4), as terminals and loggers color their lines. */
const COLORS = new RegExp(
  `${ESCAPE}(?:\\[[0-9;?]{0,32}[ -/]?[@-~]|\\][^${ESCAPE}\\x07]{0,200}(?:\\x07|${ESCAPE}\\\\))`,
  'g',
)

/** The same, where what copied it spelled the escape out, or left it out. */
const SPELLED = /(?:\\(?:x1b|u001b|033|e)|#033|\^\[|␛)?\[\d{1,3}(?:;\d{1,3}){0,5}m/gi

export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (let number = 1; from <= text.length; number++) {
    const end = text.indexOf('\n', from)
    const until = end === -1 ? text.length : end
    lines.push({ number, text: cleaned(text.slice(from, Math.min(until, from + LONGEST_LINE))) })
    from = until + 1
  }
  return lines
}

function cleaned(line: string): string {
  const bare = line.includes(ESCAPE) ? line.replace(COLORS, '') : line
  const plain = /\[\d{1,3}[;m]/.test(bare) ? bare.replace(SPELLED, '') : bare
  return plain.endsWith('\r') ? plain.slice(0, -1) : plain
}
