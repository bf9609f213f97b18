/** Every fix of a configuration, one after the other: what one of them changes, the next one sees. */
import type { Finding } from '#lib/configs/nginx/findings.ts'
import { type LintOptions, lint } from '#lib/configs/nginx/lint.ts'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { unifiedDiff } from '#lib/text/diff.ts'

export interface Fixed {
  /** Each file that changed, as it is then. */
  readonly files: Readonly<Record<string, string>>
  /** All of it, as `patch -p0` reads it; undefined where nothing changed. */
  readonly diff?: Code<'diff'>
  /** Errors and warnings that are left: somebody has to decide. */
  readonly left: readonly Finding[]
}

/** No configuration has so many faults on one path; what goes on and on is a fault of ours. */
const MOST_FIXES = 60

/**
 * Errors and warnings; what is only worth knowing stays as it is. Never throws on account of what it reads.
 * @param placeOf under which name `patch` finds a file
 */
export function fixAll(
  main: string,
  reader: ConfigReader,
  options: LintOptions = {},
  placeOf = (name: string): string => name,
): Fixed {
  const files = new Map<string, string>()
  const own: ConfigReader = { ...reader, read: (name) => files.get(name) ?? reader.read(name) }
  const tried = new Set<string>()
  let left: readonly Finding[] = []
  for (let fixes = 0; fixes < MOST_FIXES; fixes += 1) {
    const { findings } = lint(main, own, { ...options, withFixedFiles: true })
    left = findings.filter(({ severity }) => severity !== 'info')
    const next = left.find(({ fixed, diff = '' }) => fixed && !tried.has(diff))
    if (!next?.fixed) break
    tried.add(next.diff ?? '')
    for (const [name, text] of Object.entries(next.fixed)) files.set(name, text)
  }
  const diffs = [...files].flatMap(
    ([name, text]) => unifiedDiff(placeOf(name), reader.read(name) ?? '', text) ?? [],
  )
  return { files: Object.fromEntries(files), left, ...(diffs.length > 0 && { diff: joined(diffs, '\n') }) }
}
