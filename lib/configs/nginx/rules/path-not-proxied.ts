import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import { hostHeader } from '#lib/configs/nginx/host-and-port.ts'
import { backendOf } from '#lib/configs/nginx/meant.ts'
import { refused } from '#lib/configs/nginx/refusals.ts'
import { matchRegex } from '#lib/configs/nginx/routing/evaluate.ts'
import { defineRule, describePlace, missed, type Route } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

interface Setting {
  readonly name: string
  readonly header?: string
  readonly line: Code<'nginx'>
}

const settings = (backend: string, host: Code<'nginx'>): readonly Setting[] => [
  { name: 'proxy_pass', line: nginx`proxy_pass ${nginx.argument(backend)};` },
  { name: 'proxy_http_version', line: nginx`proxy_http_version 1.1;` },
  {
    name: 'proxy_set_header',
    header: 'upgrade',
    line: nginx`proxy_set_header Upgrade $http_upgrade;`,
  },
  {
    name: 'proxy_set_header',
    header: 'connection',
    line: nginx`proxy_set_header Connection "upgrade";`,
  },
  { name: 'proxy_set_header', header: 'host', line: host },
  { name: 'proxy_read_timeout', line: nginx`proxy_read_timeout 1h;` },
]

/** What a location has not said yet. */
const missingIn = (place: Directive, wanted: readonly Setting[]): Code<'nginx'>[] =>
  wanted
    .filter(({ name, header }) => {
      const own = children(place, name)
      return !own.some(({ args }) => header === undefined || args[0]?.toLowerCase() === header)
    })
    .map(({ line }) => line)

export default defineRule({
  id: 'path-not-proxied',
  cause: 'path-not-found',
  route: (route, { port: asked }) => {
    const { path, server, answer, written } = route
    const refusal = refused(route)
    if (refusal) return missed(route, refusal)
    if (answer.kind !== 'other' || written) return undefined
    const { place } = answer
    const wanted = settings(backendOf(server), hostHeader(server.block, asked).line)
    const isOwn = place.name === 'location' && locationName(place.args)?.text === route.uri
    const lines = isOwn ? missingIn(place, wanted) : [locationFor(route, wanted)]
    const edits = isOwn ? own(route, lines) : added(route, lines)
    const near = exactBesideIt(route)
    return missed(route, {
      severity: 'error',
      at: near ?? answer.by,
      says: sentence`${near ? `location = ${locationName(near.args)?.text ?? ''} takes that one path alone, and no other slash at its end. ` : ''}No proxy_pass takes ${path}: in ${describePlace(place)} the request is ${answer.what}, and no 101 comes back.`,
      fix: joined(lines, '\n'),
      ...(edits && { edits }),
    })
  },
})

/** An exact location that passes the same path on, with a slash more or less at its end. */
function exactBesideIt({ server, uri }: Route): Directive | undefined {
  const bare = (path: string): string => path.replace(/\/$/, '')
  return children(server.block, 'location').find((each) => {
    const name = locationName(each.args)
    const isBeside = name?.kind === 'exact' && name.text !== uri && bare(name.text) === bare(uri)
    return isBeside && children(each, 'proxy_pass').length > 0
  })
}

/** An expression that takes the path would come before a prefix. */
function locationFor({ server, uri, handshake }: Route, wanted: readonly Setting[]): Code<'nginx'> {
  const isTaken = children(server.block, 'location').some((each) => {
    const name = locationName(each.args)
    return name?.kind === 'regex' && matchRegex(name.text, name.ignoreCase, uri, handshake, each)
  })
  const lines = wanted.map(({ line }) => nginx`    ${line}`)
  return joined(
    [nginx`location ${isTaken ? nginx`^~ ` : nginx``}${nginx.word(uri)} {`, ...lines, nginx`}`],
    '\n',
  )
}

/** In place of what answers now; what an outer level says is not this location's. */
function own({ answer }: Route, lines: readonly Code<'nginx'>[]): readonly Edit[] | undefined {
  const { place } = answer
  if (answer.kind !== 'other') return undefined
  if (answer.by === place) return [{ kind: 'add', into: place, lines }]
  return children(place, answer.by.name).includes(answer.by)
    ? [{ kind: 'replace', directive: answer.by, lines }]
    : undefined
}

/** What the server itself does comes before any location; where one of that name hands the path on, it is another's. */
function added({ server, answer, uri }: Route, lines: readonly Code<'nginx'>[]): readonly Edit[] | undefined {
  const isTaken = children(server.block, 'location').some(({ args }) => {
    const name = locationName(args)
    return name?.text === uri && (name.kind === 'prefix' || name.kind === 'final-prefix')
  })
  if (isTaken) return undefined
  if (answer.place === server.block && answer.kind === 'other' && answer.by !== server.block) return undefined
  return [{ kind: 'add', into: server.block, lines }]
}
