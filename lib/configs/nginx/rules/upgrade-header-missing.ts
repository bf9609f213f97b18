import { connectionOf, headers, UPGRADE, versionFor } from '#lib/configs/nginx/edits/changes.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace, isMissed, missed } from '#lib/configs/nginx/rule.ts'
import { joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'upgrade-header-missing',
  cause: 'upgrade-headers-stripped',
  site: (site) => {
    const { scope, place, effective } = site
    const { upgradeHeader, connectionHeader } = effective
    if (!isMissed(upgradeHeader) || isLost(scope, 'upgrade')) return undefined
    const { lines } = upgradeHeader
    const values = lines.flatMap(({ value }) => value || [])
    const sent = lines[0]
      ? `sends Upgrade as ${JSON.stringify(values.join(', '))}`
      : 'sends no Upgrade header, because nginx forwards it only if configured'
    const once = values.length > 1 ? nginx`# one line only:\n` : nginx``
    const wanted = [UPGRADE, ...(isMissed(connectionHeader) ? [connectionOf(site)] : [])]
    const version = versionFor(site)
    return missed(upgradeHeader, {
      severity: 'error',
      at: lines[0]?.by ?? place,
      says: sentence`${describePlace(place)} ${sent}: the backend sees a plain GET and answers 426, 400, 404 or a page instead of 101.`,
      fix: nginx`${once}${joined([...version.lines, ...wanted.map(({ line }) => line)], '\n')}`,
      edits: [...version.edits, ...headers(place, scope, wanted)],
    })
  },
})
