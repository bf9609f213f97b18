/** The console of Next and React: what they quote of a request begins no line of ours and steers no terminal. */
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { foreign } from '#lib/text/foreign.ts'

const MARK = '[PAGES] '

/** A stack has shorter ones. */
const LONGEST_LINE = 2000

/** They paint their own words; a colour steers nothing, and escaped it would be noise. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a colour begins
const colours = /\u001b\[[\d;]*m/g

const marked = (text: string): string =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${MARK}${foreign(line.replace(colours, ''), LONGEST_LINE)}\n`)
    .join('')

/** Each takes whole lines, with their line breaks. */
export interface ConsoleSinks {
  readonly log: (lines: string) => void
  readonly error: (lines: string) => void
}

export function createConsole({ log, error }: ConsoleSinks): Console {
  const sink = (write: (lines: string) => void) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        write(marked(chunk))
        done()
      },
    })
  return new Console({ stdout: sink(log), stderr: sink(error), colorMode: false })
}
