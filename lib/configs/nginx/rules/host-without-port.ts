import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { HOST_WITH_PORT, isInOrigin } from '#lib/configs/nginx/host-and-port.ts'
import { sentHeader } from '#lib/configs/nginx/routing/effective.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'host-without-port',
  cause: 'origin-rewritten',
  site: ({ scope, place, handshake, effective: { host, by } }, { port: asked }) => {
    const port = asked ?? handshake.port
    if (host !== '$host' || !by.host || !isInOrigin(port)) return undefined
    // A backend that is told the port in another header compares with that.
    const told = ['x-forwarded-port', 'x-forwarded-host', 'forwarded'].some(
      (name) => sentHeader(scope, name, handshake) !== undefined,
    )
    return {
      // Where nobody said that clients use this port, something in front may map it.
      severity: asked !== undefined && !told ? 'warning' : 'info',
      at: by.host,
      says: sentence`$host has no port, and the Origin of a page on port ${port} has one. A server behind ${describePlace(place)} that compares Origin with Host refuses the handshake with 403.`,
      fix: HOST_WITH_PORT.line,
      edits: headers(place, scope, [HOST_WITH_PORT]),
    }
  },
})
