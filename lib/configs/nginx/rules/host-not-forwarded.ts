import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { hostHeader } from '#lib/configs/nginx/host-and-port.ts'
import { isLost } from '#lib/configs/nginx/lost-headers.ts'
import { namesOf } from '#lib/configs/nginx/routing/choose-server.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { nearest } from '#lib/configs/nginx/syntax/scope.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'host-not-forwarded',
  cause: 'origin-rewritten',
  site: ({ scope, place, pass, effective }, { port: asked }) => {
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
    const server = nearest(scope, 'server')?.block
    if (host === 'other') {
      const names = namesOf(server ?? place)
      if (/\$/.test(text) || names.includes(text.replace(/:\d+$/, ''))) return undefined
    }
    const header = hostHeader(server, asked)
    const sent = JSON.stringify(by.host ? text : proxyHost(pass.args[0] ?? ''))
    return {
      severity: 'warning',
      at: by.host ?? place,
      says: sentence`${describePlace(place)} sends Host ${sent} to the backend instead of the name in the address bar. A server that compares Origin with Host refuses the handshake with 403.`,
      fix: header.line,
      edits: headers(place, scope, [header]),
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
