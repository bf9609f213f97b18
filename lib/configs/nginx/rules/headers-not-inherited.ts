import { lostHeaders } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace, written } from '#lib/configs/nginx/rule.ts'
import { joined } from '#lib/text/code.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'headers-not-inherited',
  cause: 'upgrade-headers-stripped',
  site: ({ scope, effective }) => {
    const found = lostHeaders(scope)
    if (!found) return undefined
    const names = found.lost.map(({ args }) => args[0] ?? '')
    const [first] = found.lost
    const upgrades = names.some((name) => /^(upgrade|connection)$/i.test(name)) && !effective.upgrade
    const then = upgrades ? ' The backend sees a plain GET, and the handshake fails.' : ''
    return {
      severity: upgrades ? 'error' : 'warning',
      at: found.by,
      says: sentence`"${describePlace(found.by)}" drops every proxy_set_header of the levels outside: ${names.join(', ')} (${first?.file ?? ''}:${first?.line ?? ''}) ${names.length > 1 ? 'are' : 'is'} not sent here.${then}`,
      fix: joined(found.lost.map(written), '\n'),
      edits: [{ kind: 'add', into: found.level, lines: found.lost.map(written) }],
    }
  },
})
