import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { isRefusal } from '#lib/configs/nginx/refusals.ts'
import { defineRule, describePlace, headOf, missed, type Route } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'path-shadowed',
  cause: 'path-not-found',
  route: (route) => {
    const { path, answer, written } = route
    if (!written || answer.kind === 'redirect' || isRefusal(answer)) return undefined
    const does =
      answer.kind === 'other' ? `: the request is ${answer.what}` : ', which does not pass the upgrade on'
    const { kind, text } = locationName(written.args) ?? { kind: 'prefix', text: path }
    const isByExpression = kindOf(answer.place) === 'regex'
    const head = nginx`location ^~ ${nginx.word(text)}`
    const edits = isByExpression ? editsFor(route, written) : undefined
    return missed(route, {
      severity: 'error',
      at: answer.place,
      says: sentences(
        sentence`${describePlace(answer.place)} answers ${path} in place of ${describePlace(written)} (${written.file}:${written.line})${does}.`,
        whyBy(answer.place),
      ),
      fix:
        kind === 'regex' && isByExpression
          ? nginx`# before ${headOf(answer.place)}:\n${headOf(written)} {`
          : isByExpression
            ? nginx`${head} {`
            : nginx`# ${headOf(answer.place)} must leave out ${nginx.word(path)}, or have the settings of ${headOf(written)}`,
      ...(edits && { edits }),
    })
  },
})

const kindOf = (place: Directive): string | undefined => locationName(place.args)?.kind

function whyBy(place: Directive) {
  if (place.name !== 'location')
    return sentence`What the server itself rewrites or answers comes before any location.`
  switch (kindOf(place)) {
    case 'regex':
      return sentence`The first regular expression that matches beats every prefix without ^~.`
    case 'exact':
      return sentence`An exact location beats every other.`
    case 'named':
      return sentence`The request is handed over to it.`
    default:
      return sentence`The longest prefix that matches comes first.`
  }
}

/** Both have to be the server's own: inside of others the outer ones are tried first. */
function editsFor({ answer, server }: Route, written: Directive): readonly Edit[] | undefined {
  const locations = children(server.block, 'location')
  if (!locations.includes(written) || !locations.includes(answer.place)) return undefined
  const { kind, text } = locationName(written.args) ?? {}
  if (kind === 'regex') return [{ kind: 'move', directive: written, before: answer.place }]
  return kind === 'prefix' && text !== undefined
    ? [{ kind: 'head', directive: written, head: nginx`location ^~ ${nginx.word(text)}` }]
    : undefined
}
