import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'

export default defineRule({
  id: 'upgrade-header-missing',
  cause: 'upgrade-headers-stripped',
  site: ({ scope, place, effective }) => {
    const { upgradeHeader, connectionHeader } = effective
    if (upgradeHeader.arrives !== false || isLost(scope, 'upgrade')) return undefined
    const headers = upgradeHeader.lines
    const values = headers.flatMap(({ value }) => value || [])
    const sent = headers[0]
      ? `sends Upgrade as ${JSON.stringify(values.join(', '))}`
      : 'sends no Upgrade header, because nginx passes it on only when told'
    const once = values.length > 1 ? '# one line only:\n' : ''
    const connection = connectionHeader.arrives === false ? '\nproxy_set_header Connection "upgrade";' : ''
    return {
      severity: 'error',
      at: headers[0]?.by ?? place,
      says: `${describePlace(place)} ${sent}: the backend sees a plain GET and answers 426, 400, 404 or a page instead of 101.`,
      fix: `${once}proxy_set_header Upgrade $http_upgrade;${connection}`,
    }
  },
})
