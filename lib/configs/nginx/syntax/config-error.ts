/**
 * What `nginx -t` says about a configuration that it refuses, without its `[emerg]` and `in file:line`. Where nginx
 * quotes a word of 4,000 characters, this quotes its beginning.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** Null for the few errors that nginx reports without a place and the text gives none away. */
  readonly file: string | null
  readonly line: number | null

  constructor(message: string, file: string | null = null, line: number | null = null) {
    super(shortened(message))
    this.file = file
    this.line = line
  }
}

const LONGEST_QUOTED = 80
/** With two words, neither of them whole. */
const LONGEST_MESSAGE = 300

const quoted = /"([^"]{0,80})[^"]*"?/g

function shortened(message: string): string {
  const short = message.replace(quoted, (whole, start: string) =>
    whole.length > LONGEST_QUOTED + 2 ? `"${start}…"` : whole,
  )
  return short.length > LONGEST_MESSAGE ? `${short.slice(0, LONGEST_MESSAGE - 1)}…` : short
}

/** Signs of nginx's own, which it expects. */
const SIGNS = /^"[;{}]"$/

/** The same without a word of the file that it is about, and why. */
export function withoutWords({ message, file, line }: ConfigError): ConfigError {
  const said = message.replace(quoted, (whole) => (SIGNS.test(whole) ? whole : '"…"'))
  return new ConfigError(`${said} (no directive of nginx is in this file)`, file, line)
}
