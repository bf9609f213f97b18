/** Compares our matcher with what PCRE2 answered. */
import assert from 'node:assert/strict'
import { compilePattern, type MatchResult } from '#lib/text/pattern/pattern.ts'

export interface Answered {
  readonly pattern: string
  readonly caseInsensitive: boolean
  readonly texts: readonly string[]
  /** For each text: where it matched, the whole match and the groups; null where it did not. */
  readonly matches?: readonly (readonly [number, ...(string | null)[]] | null | 'skipped')[]
  /** PCRE2's words where it refused the pattern, and the byte that it pointed at. */
  readonly error?: string
  readonly offset?: number
}

/** What was compared: a refusal, matches, or nothing since the pattern is not supported. */
export function assertAsPcre2(answered: Answered): 'refused' | 'matched' | 'unsupported' {
  const { pattern, caseInsensitive, texts, matches, error, offset = 0 } = answered
  const compiled = compilePattern(pattern, { caseInsensitive })
  if (!compiled.ok && compiled.code !== 'invalid') return 'unsupported'
  // Which lookbehinds are too variable differs from version to version, and properties are not ours to know.
  if (error !== undefined && /^lookbehind|^unknown property|^malformed/.test(error)) return 'unsupported'
  if (error !== undefined) {
    const column = Buffer.from(pattern).subarray(0, offset).toString().length + 1
    const { ok, says, column: at } = compiled.ok ? { ok: true, says: '', column: 0 } : compiled
    assert.deepEqual({ ok, says, column: at }, { ok: false, says: error, column }, pattern)
    return 'refused'
  }
  if (!compiled.ok) assert.fail(`${pattern}: ${compiled.says} at ${compiled.column}`)
  for (const [index, text] of texts.entries()) {
    const expected = matches?.[index]
    if (expected === 'skipped' || expected === undefined) continue
    const found: MatchResult = compiled.match(text)
    if (found === 'gave-up') assert.fail(`${pattern} gave up`)
    const groups: unknown = found && [found.index, ...found.groups.map((group) => group ?? null)]
    assert.deepEqual(groups, expected, `${pattern} on ${JSON.stringify(text)}`)
  }
  return 'matched'
}
