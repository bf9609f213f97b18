/**
 * Finds configurations between other lines: where one begins, which program's it is and where it ends. What is in it
 * is read by `lib/configs`.
 */
import type { ConfigBlock, Finder } from '#lib/intake/configurations/block.ts'
import { caddy, vcl } from '#lib/intake/configurations/blocks.ts'
import { createJsonFinder } from '#lib/intake/configurations/json.ts'
import { lineByLine } from '#lib/intake/configurations/line-by-line.ts'
import { nginx } from '#lib/intake/configurations/nginx.ts'
import { createYamlFinder } from '#lib/intake/configurations/yaml.ts'
import type { Lines } from '#lib/intake/lines.ts'

/**
 * The configuration that begins at a line of these; undefined where none does. Asked from the first line to the last:
 * what was looked at for one line is known for those behind it.
 */
export function configurationsIn(lines: Lines): (at: number) => ConfigBlock | undefined {
  const { iis, apache, haproxy, squid, traefik } = lineByLine
  // Those come first whose lines others could take for theirs.
  const finders: readonly Finder[] = [
    createJsonFinder(lines),
    iis,
    vcl,
    nginx,
    apache,
    haproxy,
    squid,
    createYamlFinder(lines),
    traefik,
    caddy,
  ]
  return (at) => {
    for (const find of finders) {
      const block = find(lines, at)
      if (block !== undefined) return block
    }
    return undefined
  }
}
