import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { defineRule } from '#lib/configs/nginx/rule.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Protocols that begin a session by plain HTTP, at the paths that they have unless somebody gives them another. */
const BY_SESSION: readonly [RegExp, string][] = [
  [/\/(?:socket|engine)\.io(?:\/|$)/, 'Socket.IO'],
  [/\/_blazor(?:\/|$)|\/signalr(?:\/|$)/i, 'SignalR'],
  [/\/sockjs(?:-node)?(?:\/|$)/i, 'SockJS'],
]

/** They choose by something of the client; `least_conn` and `random` do not. */
const STICKY: ReadonlySet<string> = new Set(['ip_hash', 'hash', 'sticky', 'sticky_cookie_insert'])
const REPLACED: ReadonlySet<string> = new Set(['least_conn', 'random', 'least_time', 'round_robin'])

const serves = ({ args }: Directive): boolean => !args.includes('down') && !args.includes('backup')

export default defineRule({
  id: 'session-on-any-server',
  cause: 'sticky-session-missing',
  site: ({ upstream, handshake }) => {
    const protocol = BY_SESSION.find(([path]) => path.test(handshake.uri))?.[1]
    if (upstream === undefined || protocol === undefined) return undefined
    const all = upstream.block ?? []
    const servers = children(upstream, 'server')
    const [first] = servers
    if (first === undefined || servers.filter(serves).length < 2 || all.some(({ name }) => STICKY.has(name)))
      return undefined
    // ip_hash takes no backup.
    const line = servers.some(({ args }) => args.includes('backup'))
      ? nginx`hash $remote_addr consistent;`
      : nginx`ip_hash;`
    const method = all.find(({ name }) => REPLACED.has(name))
    const edits: Edit[] = [
      method
        ? { kind: 'replace', directive: method, lines: [line] }
        : { kind: 'before', directive: first, lines: [line] },
    ]
    return {
      severity: 'warning',
      at: upstream,
      says: sentence`${protocol} begins a session by plain HTTP, and upstream ${upstream.args[0] ?? ''} sends each request to any of its servers. One that does not know the session answers 400 or 404.`,
      fix: line,
      edits,
    }
  },
})
