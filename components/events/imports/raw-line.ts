/** One line of an imported log. */
export interface RawLine {
  readonly key: string
  readonly file: string
  /** From 1. */
  readonly number: number
  readonly text: string
}
