import { listensOf } from '#lib/linters/nginx/choose-server.ts'
import { defineRule, describePlace, type Route } from '#lib/linters/nginx/rule.ts'
import type { Directive } from '#lib/linters/nginx/tree.ts'

export default defineRule({
  id: 'redirect',
  cause: 'redirected',
  route: (route) => {
    const { path, answer } = route
    if (answer.kind !== 'redirect') return undefined
    const { by, status, to = '' } = answer
    const target = to === '' ? '' : ` to ${to}`
    const says = `A handshake for ${path} is answered with ${status}${target}, and browsers do not follow redirects of a WebSocket: it fails with 1006.`
    if (by.name === 'location') {
      const without = (by.args.at(-1) ?? '').replace(/\/$/, '')
      const fix = `location ${without} {\n    # as in ${describePlace(by)}\n}`
      return {
        severity: 'error',
        at: by,
        says: `${says} ${describePlace(by)} takes the path only with its slash.`,
        fix,
      }
    }
    if (leadsToTls(route)) {
      const fix = `// in the page\nnew WebSocket(\`wss://\${location.host}${path}\`)`
      return { severity: 'info', at: by, says: `${says} Pages have to open wss:// here.`, fix }
    }
    const fix = `# except for WebSockets, which get what they came for:\nlocation ${path} {\n    proxy_pass http://127.0.0.1:3000;\n}`
    return { severity: 'error', at: by, says, fix }
  },
})

/** A server of its own that sends everybody to https is the usual way, where there is another for https. */
function leadsToTls({ answer, tls, servers, server, written }: Route): boolean {
  if (tls || written || answer.kind !== 'redirect' || !answer.to?.startsWith('https://')) return false
  const hasTls = (each: Directive) => listensOf(each).some(({ ssl }) => ssl)
  return !hasTls(server.block) && servers.some(hasTls)
}
