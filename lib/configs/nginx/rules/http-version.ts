import { HTTP11_DEFAULT_SINCE } from '#lib/configs/nginx/directives/since.ts'
import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'http-version',
  cause: 'upstream-http-version',
  site: ({ place, effective }) => {
    if (effective.httpVersion !== '1.0') return undefined
    const set = effective.by.httpVersion
    const why = set ? '' : `, the default before nginx ${HTTP11_DEFAULT_SINCE}`
    return {
      severity: 'warning',
      at: set ?? place,
      says: sentence`${describePlace(place)} speaks HTTP/1.0 to the backend${why}. An upgrade needs HTTP/1.1: many backends refuse the handshake with 400, 426 or 505, others let it pass.`,
      fix: nginx`proxy_http_version 1.1;`,
      edits: setting(place, 'proxy_http_version', nginx`proxy_http_version 1.1;`),
    }
  },
})
