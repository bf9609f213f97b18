import { HTTP11_DEFAULT_SINCE } from '#lib/configs/nginx/directives/since.ts'
import { connectionMap, headers, inHttp } from '#lib/configs/nginx/edits/changes.ts'
import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { looksLikeWebSocket } from '#lib/configs/nginx/meant.ts'
import { connectionArrival, sentHeader } from '#lib/configs/nginx/routing/effective.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { children, nearest, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { compareVersions } from '#lib/configs/nginx/syntax/values.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const VARIABLE = nginx`$connection_upgrade`
const LINE = nginx`proxy_set_header Connection ${VARIABLE};`
const MAP = connectionMap(VARIABLE)

export default defineRule({
  id: 'connection-literal',
  cause: null,
  everywhere: true,
  site: ({ scope, place, page, upstream, effective }, { nginxVersion }) => {
    const header = sentHeader(scope, 'connection', page)
    if (!header || header.value === undefined || !connectionArrival(scope, page).arrives) return undefined
    const name = place.name === 'location' ? locationName(place.args) : undefined
    if (name && (name.kind === 'exact' || looksLikeWebSocket(name.text))) return undefined
    const isNew = nginxVersion !== undefined && compareVersions(nginxVersion, HTTP11_DEFAULT_SINCE) >= 0
    const asked = upstream !== undefined && (isNew || children(upstream, 'keepalive').length > 0)
    const keeps = asked && effective.httpVersion !== '1.0'
    const then = keeps
      ? `so none of the connections that upstream ${upstream.args[0]} keeps can be used again for them`
      : 'which some backends refuse, and which would defeat keepalive to the upstream'
    return {
      severity: keeps ? 'warning' : 'info',
      at: header.by,
      says: sentence`${describePlace(place)} sends "Connection: ${header.value}" with plain pages as well, ${then}.`,
      fix: nginx`# in http:\n${MAP}\n# here:\n${LINE}`,
      ...changesFor(scope, place),
    }
  },
})

/** With the map, where none of its name is there; what that of another does is not ours to change. */
function changesFor(scope: Scope, place: Directive): { edits?: readonly Edit[] } {
  const http = nearest(scope, 'http')?.block
  if (!http || children(http, 'map').some(({ args }) => args[1] === VARIABLE)) return {}
  const map = inHttp(http, [MAP])
  if (map.length === 0) return {}
  return { edits: [...map, ...headers(place, scope, [{ name: 'Connection', line: LINE }])] }
}
