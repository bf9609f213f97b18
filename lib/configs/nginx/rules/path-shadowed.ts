import { locationName } from '#lib/configs/nginx/location-name.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'

export default defineRule({
  id: 'path-shadowed',
  cause: 'path-not-found',
  route: ({ path, answer, written }) => {
    if (!written || answer.kind === 'redirect') return undefined
    const does =
      answer.kind === 'other' ? `: the request is ${answer.what}` : ', which does not pass the upgrade on'
    const { kind, text } = locationName(written.args) ?? { kind: 'prefix', text: path }
    const fix =
      kind === 'regex'
        ? `# before ${describePlace(answer.place)}:\n${describePlace(written)} {`
        : `location ^~ ${text} {`
    return {
      severity: 'error',
      at: answer.place,
      says: `${describePlace(answer.place)} answers ${path} in place of ${describePlace(written)} (${written.file}:${written.line})${does}. The first regular expression that matches beats every prefix without ^~.`,
      fix,
    }
  },
})
