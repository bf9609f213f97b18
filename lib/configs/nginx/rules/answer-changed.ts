import { defineRule, describePlace, written } from '#lib/configs/nginx/rule.ts'
import { inheritedList } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** What a browser checks in a 101 (RFC 6455 §4.1). nginx writes Connection itself. */
const CHECKED = ['upgrade', 'sec-websocket-accept']

export default defineRule({
  id: 'answer-changed',
  cause: 'invalid-handshake-response',
  site: ({ scope, place }) => {
    const passed = new Set(
      inheritedList(scope, 'proxy_pass_header').map(({ args }) => args[0]?.toLowerCase()),
    )
    const at = inheritedList(scope, 'proxy_hide_header').find(({ args: [name = ''] }) => {
      return CHECKED.includes(name.toLowerCase()) && !passed.has(name.toLowerCase())
    })
    return (
      at && {
        severity: 'error',
        at,
        says: sentence`${describePlace(place)} takes ${at.args[0] ?? ''} out of the backend’s 101: browsers refuse it, and the handshake fails with 1006.`,
        fix: nginx`# remove this line:\n# ${written(at)}`,
        edits: [{ kind: 'replace', directive: at, lines: [] }],
      }
    )
  },
})
