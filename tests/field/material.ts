/** What people bring when a WebSocket fails, each with the answer that an expert would give (`tests/fixtures/field`). */
import { readdirSync, readFileSync } from 'node:fs'
import type { Severity } from '#lib/configs/nginx/rule.ts'
import type { Outcome } from '#lib/diagnosis/report.ts'
import type { Source } from '#lib/intake/read.ts'

/** What is right; a member that is absent asks for nothing. */
export type Expected = {
  readonly outcome: readonly Outcome[]
  /** The first verdict is one of these; none is wanted where the list is empty. `any:dropped` stands for a group. */
  readonly first: readonly string[]
  /** There may be no verdict at all. */
  readonly none_ok?: boolean
  /** May be likely beside the first; whatever is no more than possible may be there anyway. */
  readonly open?: readonly string[]
  /** Neither first nor more than possible. */
  readonly never?: readonly string[]
  /** The only causes that may be called proven. */
  readonly proven_ok?: readonly string[]
  /** Regular expressions that the first verdict's words match, or do not; case does not count. */
  readonly mentions?: readonly string[]
  readonly not_mentions?: readonly string[]
  /** Pieces that are among what was read, as `kind:program`. */
  readonly reads?: readonly string[]
  /** Lines that may be left unread. */
  readonly unread_max?: number
}

export type Question = Expected & { readonly files: readonly string[] }

export type ExpectedFinding = {
  readonly cause: readonly string[]
  /** From and to, or several such ranges. */
  readonly lines: readonly [number, number] | readonly (readonly [number, number])[]
  readonly severity: readonly Severity[]
  readonly mentions?: readonly string[]
}

export type LintQuestion = {
  readonly files: readonly [string]
  /** Arguments of `why1006 lint`. */
  readonly lint: readonly string[]
  readonly findings: readonly ExpectedFinding[]
  /** Causes that no error and no warning may name. */
  readonly quiet?: readonly string[]
  readonly valid?: boolean
}

export type FieldCase = {
  readonly name: string
  /** Ends with a slash. */
  readonly folder: URL
  readonly questions: readonly Question[]
  readonly lints: readonly LintQuestion[]
  readonly sourceOf: (file: string) => Source
}

export type FieldSentence = Expected & { readonly text: string }

const root = new URL('../fixtures/field/', import.meta.url)
const read = (file: URL): string => readFileSync(file, 'utf8')

export const fieldSentences: readonly FieldSentence[] = JSON.parse(read(new URL('sentences.json', root)))

export const fieldCases: readonly FieldCase[] = readdirSync(new URL('cases/', root))
  .sort()
  .map((name) => {
    const at = new URL(`cases/${name}/`, root)
    const { inputs }: { inputs: (Question | LintQuestion)[] } = JSON.parse(read(new URL('label.json', at)))
    return {
      name,
      folder: at,
      questions: inputs.filter((input): input is Question => !('lint' in input)),
      lints: inputs.filter((input): input is LintQuestion => 'lint' in input),
      sourceOf: (file) => ({ file, text: read(new URL(file, at)) }),
    }
  })
