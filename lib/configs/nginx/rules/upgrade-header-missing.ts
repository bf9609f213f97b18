import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace, isMissed, missed } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'upgrade-header-missing',
  cause: 'upgrade-headers-stripped',
  site: ({ scope, place, effective }) => {
    const { upgradeHeader, connectionHeader } = effective
    if (!isMissed(upgradeHeader) || isLost(scope, 'upgrade')) return undefined
    const headers = upgradeHeader.lines
    const values = headers.flatMap(({ value }) => value || [])
    const sent = headers[0]
      ? `sends Upgrade as ${JSON.stringify(values.join(', '))}`
      : 'sends no Upgrade header, because nginx forwards it only if configured'
    const once = values.length > 1 ? nginx`# one line only:\n` : nginx``
    const connection = isMissed(connectionHeader) ? nginx`\nproxy_set_header Connection "upgrade";` : nginx``
    return missed(upgradeHeader, {
      severity: 'error',
      at: headers[0]?.by ?? place,
      says: sentence`${describePlace(place)} ${sent}: the backend sees a plain GET and answers 426, 400, 404 or a page instead of 101.`,
      fix: nginx`${once}proxy_set_header Upgrade $http_upgrade;${connection}`,
    })
  },
})
