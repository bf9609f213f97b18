/** What is wrong, in the words and with the fixes of the rules. */
import { patchesOf } from '#lib/configs/nginx/edits/edit.ts'
import {
  type Change,
  describePlace,
  type Found,
  type Rule,
  type Settings,
  type Severity,
  type Site,
} from '#lib/configs/nginx/rule.ts'
import { rules } from '#lib/configs/nginx/rules.ts'
import { NO_SUBJECTS, type Subjects } from '#lib/configs/nginx/subjects.ts'
import type { Tree } from '#lib/configs/nginx/syntax/tree.ts'
import { undefinedVariables } from '#lib/configs/nginx/undefined-variables.ts'
import { type Code, joined } from '#lib/text/code.ts'
import type { DiffLine } from '#lib/text/diff.ts'
import { type Sentence, sentence, sentences, visible } from '#lib/text/foreign.ts'

interface Told {
  readonly rule: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly says: Sentence
  readonly cause: string | null
}

export type Finding = Told &
  (
    | {
        readonly fix: Code<'nginx'>
        /** The same as a change to the text of the file, and its lines. */
        readonly diff: Code<'diff'>
        readonly lines: DiffLine[]
        /** With `withFixedFiles`: each file that changes, as it is with the fix. */
        readonly fixed?: Readonly<Record<string, string>>
      }
    | {
        readonly fix: Code<'nginx' | 'js'>
        readonly diff?: undefined
        readonly lines?: undefined
        readonly fixed?: undefined
      }
  )

/** Before the texts are there that it changes. */
export type Unfixed = Told & Change

/** Diffs that are made: each takes time proportional to its file. */
const MOST_DIFFS = 50

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Variables that nothing defines. */
export const variablesIn = (tree: Tree): readonly Finding[] =>
  withDiffs(undefinedVariables(tree).map(aboutVariables), tree, {})

/** What a rule found, as it is told. */
export const findingOf =
  (rule: string, cause: string | null) =>
  ({ severity, at: { file, line }, says, cause: own, ...change }: Found): Unfixed => ({
    rule,
    severity,
    file,
    line,
    says,
    cause: own ?? cause,
    ...change,
  })
export const aboutVariables = findingOf('variable-undefined', 'proxy-misconfigured')

/** What would go wrong, should WebSockets go where nothing speaks of them. */
export function hintsOf(site: Site, settings: Settings): Unfixed[] {
  const says = sentence`Should WebSockets go through ${describePlace(site.place)}:`
  return unfixedOf({ ...NO_SUBJECTS, sites: [site] }, settings)
    .filter(({ severity, cause }) => severity === 'error' && cause === 'upgrade-headers-stripped')
    .map((finding) => ({ ...finding, severity: 'info', says: sentences(says, finding.says) }))
}

/** What the rules say of these, the worst first. */
export const findingsOf = (
  subjects: Pick<Subjects, 'routes' | 'sites' | 'pages'>,
  tree: Tree,
  settings: Settings,
): readonly Finding[] => withDiffs(unfixedOf(subjects, settings), tree, {})

/** The same, before the texts are there that a fix changes. */
export function unfixedOf(
  { routes, sites, pages }: Pick<Subjects, 'routes' | 'sites' | 'pages'>,
  settings: Settings,
): readonly Unfixed[] {
  const findings = new Map<string, Unfixed>()
  const add = (rule: Rule, found: ReturnType<NonNullable<Rule['site']>>) => {
    if (!found) return
    const { at } = found
    const key = `${rule.id} ${at.file}:${at.line}`
    if (findings.has(key)) return
    findings.set(key, findingOf(rule.id, rule.cause)(found))
  }
  for (const rule of rules) {
    for (const each of routes) {
      if (each.untried === undefined || rule.uncertain) add(rule, rule.route?.(each, settings))
    }
    for (const each of sites) add(rule, rule.site?.(each, settings))
    if (rule.everywhere) for (const each of pages) add(rule, rule.site?.(each, settings))
  }
  return bySeverity([...findings.values()])
}

export const bySeverity = <T extends { severity: Severity }>(findings: readonly T[]): readonly T[] =>
  findings.toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity])

/** Each fix as a change to the texts, where that can be made of it. */
export function withDiffs(
  findings: readonly Unfixed[],
  tree: Pick<Tree, 'text' | 'directives'>,
  { withFixedFiles }: { readonly withFixedFiles?: boolean | undefined },
): readonly Finding[] {
  return findings.map((unfixed, at) => {
    if (unfixed.edits === undefined) return unfixed
    const { edits, ...finding } = unfixed
    const patches = at < MOST_DIFFS ? patchesOf(edits, tree) : undefined
    if (!patches) return finding
    const diff = joined(
      patches.map((patch) => patch.diff),
      '\n',
    )
    const fixed = withFixedFiles && Object.fromEntries(patches.map(({ file, after }) => [file, after]))
    const lines = patches.flatMap((patch) => [
      ...(patches.length > 1
        ? [{ number: null, sign: ' ' as const, text: visible(`in ${patch.file}:`) }]
        : []),
      ...patch.lines,
    ])
    return { ...finding, diff, lines, ...(fixed && { fixed }) }
  })
}
