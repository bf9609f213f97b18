/** A fix as a change to the configuration that the evidence has, in place of what holds for any. */
import { isOfProxyManager } from '#lib/configs/nginx/syntax/proxy-manager.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Change, Fix } from '#lib/text/fix.ts'
import { type Sentence, sentence, sentences } from '#lib/text/foreign.ts'

export function inOwnConfiguration(fix: Fix, cause: string, { settings, evidence }: Facts): Fix {
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
  const summary = isOfProxyManager(evidence.proxy?.config ?? '')
    ? sentences(fix.summary, inProxyManager(cause))
    : fix.summary
  return { ...fix, summary, changes: [...own, ...fix.changes.filter(({ program }) => program !== 'nginx')] }
}

/** It writes the file of a host again whenever anything of it is saved: what was changed in the file is gone then. */
const inProxyManager = (cause: string): Sentence =>
  cause === 'upgrade-headers-stripped'
    ? sentence`In Nginx Proxy Manager switch on Websockets Support in the details of this host. It writes the file again, and what was changed in it is lost.`
    : sentence`In Nginx Proxy Manager put the lines under Advanced of this host. It writes the file again, and what was changed in it is lost.`

/** `proxy.config:12` as people say it. */
export function placeIn(from: string): string {
  const at = from.slice(from.indexOf(':') + 1)
  return at === from ? 'as a whole' : /^\d+$/.test(at) ? `line ${at}` : at
}
