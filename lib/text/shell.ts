/** Commands for bash, zsh and other POSIX shells; fish reads them alike. */
import { plainHost, syntaxOf } from '#lib/text/code.ts'
import { visible } from '#lib/text/foreign.ts'

/** zsh looks for a program after "=" at the beginning of a word. */
const safe = /^(?!=)[\w/:=.,@%+-]+$/

/**
 * Single quotes keep all but themselves literal, and in fish not a backslash either. What nobody can see is spelled out by
 * its bytes in $'…', of which every other byte is spelled out too: a shell that does not know it finds no quote inside.
 */
function word(text: string): string {
  if (safe.test(text)) return text
  if (visible(text) === text) return `'${text.replace(/['\\]/g, "'\\$&'")}'`
  // An argument has no NUL.
  const bytes = new TextEncoder().encode(text.replaceAll('\0', '\ufffd'))
  return `$'${Array.from(bytes, spelled).join('')}'`
}

function spelled(byte: number): string {
  const character = String.fromCharCode(byte)
  return safe.test(`_${character}`) ? character : `\\${byte.toString(8).padStart(3, '0')}`
}

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

export const shell = syntaxOf('shell', {
  /** One word, whatever is in it. With an option it belongs behind "=", or its dash makes it another option. */
  word,
  /** A host as getent, nc and ping take it: IPv6 without brackets. */
  host: (host: string) => bare(plainHost(host)),
  /** Host and port as one word. */
  authority: (host: string, port: number) => word(`${plainHost(host)}:${port}`),
})
