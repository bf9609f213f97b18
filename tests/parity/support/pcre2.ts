/** What the real PCRE2 makes of patterns, by Debian's `pcre2test`. */
import { spawnSync } from 'node:child_process'
import { installPackages } from '#tests/parity/support/packages.ts'
import type { Trial } from '#tests/parity/support/pattern-random.ts'

/** `[index, whole match, group 1, …]`, null where nothing matched; a group that took no part is null. */
export type Match = readonly [number, ...(string | null)[]] | null

export type Recorded = Trial &
  (
    | {
        /** For each text; `skipped` where PCRE2 gave up, or cut a character in two. */
        readonly matches: readonly (Match | 'skipped')[]
      }
    /** PCRE2's words, and the byte that it points at. */
    | { readonly error: string; readonly offset: number }
  )

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')

const escaped = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

/** Why there is no `pcre2test`, after trying to install it. */
export const missingPcre2 = (): Promise<string | undefined> => installPackages(['pcre2-utils'])

/** Runs all trials in one `pcre2test`. Patterns must not be empty, and texts without a backslash. */
export function askPcre2(trials: readonly Trial[]): Recorded[] {
  const input = trials.map(({ pattern, caseInsensitive, texts }) => {
    const options = `hex,aftertext,allcaptures${caseInsensitive ? ',caseless' : ''}`
    // A backslash at the end makes a line of an empty text.
    return `/${hex(pattern)}/${options}\n${texts.map((text) => `  ${escaped(text)}\\\n`).join('')}\n`
  })
  const options = { input: input.join(''), encoding: 'latin1', maxBuffer: 2 ** 28 } as const
  // It repeats what it reads, and answers below: a pattern where it is wrong, a text always.
  const blocks = spawnSync('pcre2test', ['-q'], options).stdout.split(/^(?=\/[0-9a-f ]*\/hex)/m)
  return trials.map((trial, index) => {
    const [question = '', ...answers] = (blocks[index] ?? '').split(/\n {2}(?:\\x..)*\\(?=\n)/)
    const failed = /\nFailed: error \d+ at offset (\d+): (.*)/.exec(question)
    if (failed) return { ...trial, error: failed[2] ?? '', offset: Number(failed[1]) }
    return { ...trial, matches: trial.texts.map((text, at) => matchOf(answers[at] ?? '', text)) }
  })
}

function matchOf(answer: string, text: string): Match | 'skipped' {
  if (answer.startsWith('\nNo match')) return null
  const groups: (string | null)[] = []
  let after = ''
  for (const line of answer.split('\n')) {
    const [, number, sign, value = ''] = /^ ?(\d+)([:+]) (.*)$/.exec(line) ?? []
    if (number === undefined) continue
    if (sign === '+') after = unescaped(value)
    else groups[Number(number)] = value === '<unset>' ? null : unescaped(value)
  }
  const index = text.length - after.length - (groups[0]?.length ?? Number.NaN)
  const isWhole = [...groups, after].every((part) => part === null || !part.includes('\ufffd'))
  return isWhole && index >= 0 ? [index, ...groups] : 'skipped'
}

/** What is printed as `\xc3`, or as `\x{e9}` where the pattern asked for UTF-8. */
function unescaped(value: string): string {
  const bytes = value.replace(/\\x\{(\w+)\}|\\x(\w\w)/g, (_, point?: string, byte?: string) =>
    point !== undefined
      ? Buffer.from(String.fromCodePoint(Number.parseInt(point, 16))).toString('latin1')
      : String.fromCharCode(Number.parseInt(byte ?? '', 16)),
  )
  return Buffer.from(bytes, 'latin1').toString()
}
