import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { backendOf } from '#lib/configs/nginx/meant.ts'
import { listensOf } from '#lib/configs/nginx/routing/choose-server.ts'
import { defineRule, describePlace, headOf, missed, type Route, written } from '#lib/configs/nginx/rule.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import type { Code } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineRule({
  id: 'redirect',
  cause: 'redirected',
  route: (route) => {
    const { path, answer } = route
    if (answer.kind !== 'redirect') return undefined
    const { by, status, to = '' } = answer
    const target = to === '' ? '' : ` to ${to}`
    const says = sentence`A handshake for ${path} is answered with ${status}${target}, and browsers do not follow redirects of a WebSocket: it fails with 1006.`
    if (by.name === 'location') {
      const without = (by.args.at(-1) ?? '').replace(/\/$/, '')
      const head = nginx`location = ${nginx.word(without)}`
      const fix = nginx`${head} {\n    # as in ${headOf(by)}\n}`
      const hasLocations = children(by, 'location').length > 0
      return missed(route, {
        severity: 'error',
        at: by,
        says: sentences(says, sentence`${describePlace(by)} takes the path only with its slash.`),
        fix,
        ...(!hasLocations && { edits: [{ kind: 'copy', directive: by, head }] }),
      })
    }
    if (leadsToTls(route)) {
      const fix = js`// in the page\nnew WebSocket('wss://' + location.host + ${js.string(path)})`
      return {
        severity: 'info',
        at: by,
        says: sentences(says, sentence`Pages have to open wss:// here.`),
        fix,
      }
    }
    const edits = editsFor(route, by)
    return missed(route, { severity: 'error', at: by, says, fix: fixFor(route, by), ...(edits && { edits }) })
  },
})

function fixFor({ path, answer, server }: Route, by: Directive): Code<'nginx'> {
  const onServer = children(server.block, by.name).includes(by)
  if (onServer && by.name === 'return') {
    return nginx`# at server level it runs before any location; here the longer ones win:\nlocation / {\n    ${written(by)}\n}`
  }
  if (by.name === 'return' && answer.place.name === 'location') {
    return nginx`# in place of ${written(by)}\nproxy_pass ${nginx.argument(backendOf(server))};`
  }
  return nginx`# ${headOf(by)} must leave out ${nginx.word(path)}:\nlocation ^~ ${nginx.word(path)} {\n    proxy_pass ${nginx.argument(backendOf(server))};\n}`
}

/** A `return` of the server goes into a location of its own, where there is none for the rest yet. */
function editsFor({ server }: Route, by: Directive): readonly Edit[] | undefined {
  if (by.name !== 'return' || !children(server.block, 'return').includes(by)) return undefined
  const isTaken = children(server.block, 'location').some(({ args }) => args.length === 1 && args[0] === '/')
  if (isTaken) return undefined
  return [{ kind: 'replace', directive: by, lines: [nginx`location / {\n    ${written(by)}\n}`] }]
}

/** A server of its own that sends everybody to https is the usual way, where there is another for https. */
function leadsToTls({ answer, tls, servers, server, written: location }: Route): boolean {
  if (tls || location || answer.kind !== 'redirect' || !answer.to?.startsWith('https://')) return false
  const hasTls = (each: Directive) => listensOf(each).some(({ ssl }) => ssl)
  return !hasTls(server.block) && servers.some(hasTls)
}
