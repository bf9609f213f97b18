import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { namesOf } from '#lib/configs/nginx/routing/choose-server.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { nearest } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'host-not-forwarded',
  cause: 'origin-rewritten',
  site: ({ scope, place, pass, effective }) => {
    const { host, by } = effective
    if (
      host === undefined ||
      host === '$host' ||
      host === '$http_host' ||
      isLost(scope, 'host') ||
      isOpen(by.host)
    )
      return undefined
    const text = by.host?.args[1] ?? ''
    if (host === 'other') {
      const names = namesOf(nearest(scope, 'server')?.block ?? place)
      if (/\$/.test(text) || names.includes(text.replace(/:\d+$/, ''))) return undefined
    }
    const sent = JSON.stringify(by.host ? text : proxyHost(pass.args[0] ?? ''))
    return {
      severity: 'warning',
      at: by.host ?? place,
      says: sentence`${describePlace(place)} sends Host ${sent} to the backend instead of the name in the address bar. A server that compares Origin with Host refuses the handshake with 403.`,
      fix: nginx`proxy_set_header Host $host;`,
      edits: headers(place, scope, [{ name: 'Host', line: nginx`proxy_set_header Host $host;` }]),
    }
  },
})

/** `$proxy_host`: the address without scheme and path, and without the scheme's own port; `localhost` for a socket. */
function proxyHost(url: string): string {
  const [, scheme = '', authority = url] = /^(https?):\/\/([^/?#]*)/i.exec(url) ?? []
  if (authority.startsWith('unix:')) return 'localhost'
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  return authority.endsWith(usual) ? authority.slice(0, -usual.length) : authority
}
