import { defineRule, describePlace, headOf, missed } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'path-shadowed',
  cause: 'path-not-found',
  route: (route) => {
    const { path, answer, written } = route
    if (!written || answer.kind === 'redirect') return undefined
    const does =
      answer.kind === 'other' ? `: the request is ${answer.what}` : ', which does not pass the upgrade on'
    const { kind, text } = locationName(written.args) ?? { kind: 'prefix', text: path }
    const fix =
      kind === 'regex'
        ? nginx`# before ${headOf(answer.place)}:\n${headOf(written)} {`
        : nginx`location ^~ ${nginx.word(text)} {`
    return missed(route, {
      severity: 'error',
      at: answer.place,
      says: sentence`${describePlace(answer.place)} answers ${path} in place of ${describePlace(written)} (${written.file}:${written.line})${does}. The first regular expression that matches beats every prefix without ^~.`,
      fix,
    })
  },
})
