import { sentHeader } from '#lib/configs/nginx/effective.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'

const WANTED = [
  { name: 'X-Forwarded-For', value: '$proxy_add_x_forwarded_for' },
  { name: 'X-Forwarded-Proto', value: '$scheme' },
]

export default defineRule({
  id: 'forwarded-headers-missing',
  cause: null,
  site: ({ scope, place, handshake }) => {
    if (sentHeader(scope, 'forwarded', handshake)) return undefined
    const missing = WANTED.filter(
      ({ name }) => !sentHeader(scope, name, handshake) && !isLost(scope, name.toLowerCase()),
    )
    if (missing.length === 0) return undefined
    const schemeLost = handshake.tls && missing.some(({ name }) => name === 'X-Forwarded-Proto')
    const names = missing.map(({ name }) => name).join(' and ')
    const then = schemeLost
      ? 'The backend takes the connection for http, and may refuse an https origin or redirect.'
      : 'The backend knows neither the client’s address nor its scheme for its logs, limits and origin checks.'
    return {
      severity: schemeLost ? 'warning' : 'info',
      at: place,
      says: `${describePlace(place)} sends no ${names}. ${then}`,
      fix: missing.map(({ name, value }) => `proxy_set_header ${name} ${value};`).join('\n'),
    }
  },
})
