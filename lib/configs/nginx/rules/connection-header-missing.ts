import { connectionOf, headers, versionFor } from '#lib/configs/nginx/edits/changes.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { leadingLine } from '#lib/configs/nginx/routing/effective.ts'
import { defineRule, describePlace, isMissed, missed } from '#lib/configs/nginx/rule.ts'
import { joined } from '#lib/text/code.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'connection-header-missing',
  cause: 'upgrade-headers-stripped',
  site: (site) => {
    const { scope, place, effective } = site
    // Without Upgrade, that rule asks for both.
    const { upgradeHeader, connectionHeader } = effective
    if (isMissed(upgradeHeader) || !isMissed(connectionHeader)) return undefined
    if (isLost(scope, 'connection')) return undefined
    const header = leadingLine(connectionHeader.lines)
    const sent = header
      ? `sends Connection as ${JSON.stringify(header.value)}`
      : 'sends "Connection: close", which is nginx’s default'
    const version = versionFor(site)
    return missed(connectionHeader, {
      severity: 'error',
      at: header?.by ?? place,
      says: sentence`${describePlace(place)} ${sent}: without the word upgrade in it the backend does not switch protocols.`,
      fix: joined([...version.lines, connectionOf(site).line], '\n'),
      edits: [...version.edits, ...headers(place, scope, [connectionOf(site)])],
    })
  },
})
