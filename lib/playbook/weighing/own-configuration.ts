/** A fix as a change to the configuration that the evidence has, in place of what holds for any. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Change, Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'

export function inOwnConfiguration(fix: Fix, cause: string, { settings }: Facts): Fix {
  const found = settings.findings.flatMap(({ cause: of, other, from }): Change[] =>
    other !== undefined && of === cause
      ? [{ ...other.change, where: sentence`your ${other.name} configuration, ${placeIn(from)}` }]
      : [],
  )
  // Two lines may ask for the same.
  const others = found.filter(({ text }, at) => found.findIndex((each) => each.text === text) === at)
  if (others.length > 0) {
    const programs = new Set(others.map(({ program }) => program))
    return { ...fix, changes: [...others, ...fix.changes.filter(({ program }) => !programs.has(program))] }
  }
  const own = settings.findings.flatMap((finding): Change[] => {
    if (finding.cause !== cause || finding.fix === undefined || finding.diff === undefined) return []
    const { fix: text, diff, from } = finding
    const where = sentence`your nginx configuration, ${placeIn(from)}`
    return [{ program: 'nginx', context: 'location', where, text, diff }]
  })
  if (own.length === 0) return fix
  return { ...fix, changes: [...own, ...fix.changes.filter(({ program }) => program !== 'nginx')] }
}

/** `proxy.config:12` as people say it. */
export function placeIn(from: string): string {
  const at = from.slice(from.indexOf(':') + 1)
  return at === from ? 'as a whole' : /^\d+$/.test(at) ? `line ${at}` : at
}
