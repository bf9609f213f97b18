/** Variables that nothing in the text defines, such as the `$connection_upgrade` of a snippet without its `map`. */
import { flatten, undeclaredIn } from '#lib/configs/nginx/checks/afterwards.ts'
import { connectionMap, inHttp } from '#lib/configs/nginx/edits/changes.ts'
import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { describePlace, type Found, type Severity } from '#lib/configs/nginx/rule.ts'
import { impliedIn } from '#lib/configs/nginx/syntax/paste.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive, Tree } from '#lib/configs/nginx/syntax/tree.ts'
import type { Code } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'

/** One for each variable, at the first line that uses it. Of a part, only what an upgrade hangs on. */
export function undefinedVariables(tree: Tree): (Found & { fix: Code<'nginx'> })[] {
  const http = tree.directives.find(({ name }) => name === 'http')
  if (!http) return []
  const first = new Map<string, Directive>()
  for (const { name, by } of undeclaredIn(flatten(http))) {
    const known = first.get(name)
    if (!known || (!isOfUpgrade(known) && isOfUpgrade(by))) first.set(name, by)
  }
  const severity = severityIn(tree, http)
  return [...first]
    .filter(([, by]) => !tree.isPart || isOfUpgrade(by))
    .map(([name, by]) => ({
      severity,
      at: by,
      says: sentences(
        sentence`Nothing here defines $${name}, which "${describePlace(by)}" uses.`,
        tree.isPart
          ? sentence`If no other file of http {} does, nginx refuses to start.`
          : sentence`nginx refuses to start.`,
      ),
      fix: fixFor(name, by),
      ...editsFor(http, name, by),
    }))
}

const isOfUpgrade = ({ name, args }: Directive): boolean =>
  name === 'proxy_set_header' && /^(?:upgrade|connection)$/i.test(args[0] ?? '')

/** A file with whole servers brings its maps along; a map has no place in a location, and another file has to have it. */
function severityIn(tree: Tree, http: Directive): Severity {
  if (!tree.isPart) return 'error'
  const implied = impliedIn(tree)
  const hasServers = children(http, 'server').some((server) => !server.implied)
  const isAllThere = tree.missing.length === 0 && !tree.hasUnmatched && !tree.hasLeftOut
  return hasServers && implied.length <= 1 && isAllThere ? 'error' : 'info'
}

/** The map, where there is a place for it in what was given. */
function editsFor(http: Directive, name: string, by: Directive): { edits?: readonly Edit[] } {
  if (by.name !== 'proxy_set_header' || by.args[0]?.toLowerCase() !== 'connection') return {}
  const edits = inHttp(http, [connectionMap(nginx.argument(`$${name}`))])
  return edits.length > 0 ? { edits } : {}
}

function fixFor(name: string, { args }: Directive): Code<'nginx'> {
  const variable = nginx.argument(`$${name}`)
  if (args[0]?.toLowerCase() === 'upgrade') return nginx`proxy_set_header Upgrade $http_upgrade;`
  if (args[0]?.toLowerCase() !== 'connection') {
    return nginx`# in http, or in a file that it includes, with the value that is meant:\nmap "" ${variable} {\n    default "";\n}`
  }
  return nginx`# in http:\n${connectionMap(variable)}`
}
