import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** What answers is a guess then, and nothing else is said of it. */
export default defineRule({
  id: 'expression-untried',
  cause: null,
  uncertain: true,
  route: ({ path, untried }) =>
    untried && {
      severity: 'warning',
      at: untried.by,
      says: sentence`What answers ${path} is not certain. Why1006 could not try the expression of ${describePlace(untried.by)}: ${untried.what}.`,
      fix: nginx`# in each location that may answer, with a name of its own; the answer's header tells which one did:\nadd_header X-Location a always;`,
    },
})
