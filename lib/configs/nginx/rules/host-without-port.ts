import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { sentHeader } from '#lib/configs/nginx/routing/effective.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** A browser leaves these out of Origin and Host. */
const USUAL_PORTS: ReadonlySet<number> = new Set([80, 443])

export default defineRule({
  id: 'host-without-port',
  cause: 'origin-rewritten',
  site: ({ scope, place, handshake, effective: { host, by } }, { port: asked }) => {
    const port = asked ?? handshake.port
    if (host !== '$host' || !by.host || USUAL_PORTS.has(port)) return undefined
    // A backend that is told the port in another header compares with that.
    const told = ['x-forwarded-port', 'x-forwarded-host', 'forwarded'].some(
      (name) => sentHeader(scope, name, handshake) !== undefined,
    )
    return {
      // Where nobody said that clients use this port, something in front may map it.
      severity: asked !== undefined && !told ? 'warning' : 'info',
      at: by.host,
      says: sentence`$host has no port, and the Origin of a page on port ${port} has one. A server behind ${describePlace(place)} that compares Origin with Host refuses the handshake with 403.`,
      fix: nginx`proxy_set_header Host $http_host;`,
      edits: headers(place, scope, [{ name: 'Host', line: nginx`proxy_set_header Host $http_host;` }]),
    }
  },
})
