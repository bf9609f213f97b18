import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { defineRule, describePlace, type Found, type Site, written } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Socket.IO’s server looks for this path, with the slash at its end, and leaves every other to others. */
const SOCKET_IO = '/socket.io/'

/** `http://host:port/uri`, without variables: what is behind the host takes the place of what the location matched. */
const PASS = /^(https?:\/\/[^/$]{1,300})(\/[^$]{0,1000})$/

export default defineRule({
  id: 'path-rewritten',
  cause: 'path-not-found',
  site: (site) => {
    const { place, scope, pass } = site
    const name = place.name === 'location' ? locationName(place.args) : undefined
    const [, host, uri] = PASS.exec(pass.args[0] ?? '') ?? []
    if (name === undefined || name.kind === 'regex' || name.kind === 'named') return undefined
    // A rewrite that ends here passes its own path on, whatever stands behind the host.
    if (host === undefined || uri === undefined || children(scope.block, 'rewrite').length > 0)
      return undefined
    return judged(site, name.text, host, uri)
  },
})

function judged(
  { place, pass, handshake }: Site,
  prefix: string,
  host: string,
  uri: string,
): Found | undefined {
  const isSocketIo = `${prefix}/`.includes(SOCKET_IO)
  // Without a path that was asked for, the location’s own stands for it; Socket.IO’s clients add the slash.
  const asked = isSocketIo && handshake.uri === prefix && !prefix.endsWith('/') ? `${prefix}/` : handshake.uri
  if (!asked.startsWith(prefix)) return undefined
  const arrives = uri + asked.slice(prefix.length)
  const isLost = isSocketIo && !arrives.includes(SOCKET_IO)
  const isDoubled = arrives.includes('//')
  const isGlued = prefix.endsWith('/') && !uri.endsWith('/') && asked.length > prefix.length
  if (!isLost && !isDoubled && !isGlued) return undefined
  const isWhole = isSocketIo && (prefix === SOCKET_IO || `${prefix}/` === SOCKET_IO)
  const kept = isWhole ? '' : isSocketIo ? uriFor(prefix) : prefix
  const fix = nginx`proxy_pass ${nginx.argument(`${host}${kept}`)};`
  return {
    severity: isLost || isGlued ? 'error' : 'warning',
    at: pass,
    says: sentence`${written(pass)} puts its own path in the place of ${describePlace(place)}: for ${asked} the backend is asked for ${arrives}${isDoubled ? ', with a slash too many' : ''}.`,
    fix,
    edits: setting(place, 'proxy_pass', fix),
  }
}

/** The path of Socket.IO itself, with a slash at its end where the location has one. */
const uriFor = (prefix: string): string => (prefix.endsWith('/') ? SOCKET_IO : SOCKET_IO.slice(0, -1))
