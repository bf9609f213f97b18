import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { sentHeader } from '#lib/configs/nginx/routing/effective.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const WANTED = [
  {
    name: 'X-Forwarded-For',
    line: nginx`proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`,
  },
  { name: 'X-Forwarded-Proto', line: nginx`proxy_set_header X-Forwarded-Proto $scheme;` },
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
      // Most backends compare host and port alone: what may matter to one fails no handshake by itself.
      severity: 'info',
      at: place,
      says: sentence`${describePlace(place)} sends no ${names}. ${then}`,
      fix: joined(
        missing.map(({ line }) => line),
        '\n',
      ),
      edits: headers(place, scope, missing),
    }
  },
})
