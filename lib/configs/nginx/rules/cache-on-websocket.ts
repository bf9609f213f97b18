import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { inherited, inheritedList } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'cache-on-websocket',
  cause: 'upgrade-headers-stripped',
  site: ({ scope, place, handshake, page }) => {
    const cache = inherited(scope, 'proxy_cache')
    if (!cache || cache.args[0] === 'off') return undefined
    const bypassed = inheritedList(scope, 'proxy_cache_bypass')
      .flatMap(({ args }) => args)
      .some((arg) => !['', '0'].includes(evaluate(arg, handshake, scope) ?? ''))
    const key = inherited(scope, 'proxy_cache_key')?.args[0]
    const separate =
      key !== undefined && evaluate(blank(key), handshake, scope) !== evaluate(blank(key), page, scope)
    if (bypassed || separate) return undefined
    return {
      // The path has to be cached first, and most backends refuse a plain GET of it.
      severity: 'warning',
      at: cache,
      says: sentence`A handshake for ${describePlace(place)} may be answered from the cache. Once a plain GET of the same path is cached, the backend never sees a handshake again.`,
      fix: nginx`proxy_cache off;`,
      edits: setting(place, 'proxy_cache', nginx`proxy_cache off;`),
    }
  },
})

/** Without what no one can know beforehand, so that the rest can be compared. */
const blank = (key: string): string => key.replace(/\$\{?(proxy_host|remote_addr|request_id)\}?/g, '')
