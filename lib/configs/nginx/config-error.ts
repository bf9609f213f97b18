/** What `nginx -t` says about a configuration that it refuses, without its `[emerg]` and `in file:line`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** Null for the few errors that nginx reports without a place, such as an unknown variable. */
  readonly file: string | null
  readonly line: number | null

  constructor(message: string, file: string | null = null, line: number | null = null) {
    super(message)
    this.file = file
    this.line = line
  }
}
