import { passesConnection, passesUpgrade, sentHeader } from '#lib/configs/nginx/effective.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'

export default defineRule({
  id: 'connection-header-missing',
  cause: 'upgrade-headers-stripped',
  site: ({ scope, place, handshake }) => {
    // Without Upgrade, that rule asks for both.
    if (!passesUpgrade(scope, handshake) || passesConnection(scope, handshake)) return undefined
    if (isLost(scope, 'connection')) return undefined
    const header = sentHeader(scope, 'connection', handshake)
    const sent = header
      ? `sends Connection as ${JSON.stringify(header.value)}`
      : 'sends "Connection: close", which is nginx’s default'
    return {
      severity: 'error',
      at: header?.by ?? place,
      says: `${describePlace(place)} ${sent}: without the word upgrade in it the backend does not switch protocols.`,
      fix: 'proxy_set_header Connection "upgrade";',
    }
  },
})
