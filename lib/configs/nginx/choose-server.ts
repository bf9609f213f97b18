/** Which server answers a request, as nginx chooses it by port and Host header. */

import { matchRegex } from '#lib/configs/nginx/evaluate.ts'
import { type Listen, parseListen } from '#lib/configs/nginx/listen.ts'
import { type HttpRequest, hostName } from '#lib/configs/nginx/request.ts'
import { children } from '#lib/configs/nginx/scope.ts'
import type { Directive } from '#lib/configs/nginx/tree.ts'

/** A server without `listen` listens on port 80. */
export function listensOf(server: Directive): Listen[] {
  const listens = children(server, 'listen').flatMap(({ args }) => parseListen(args) ?? [])
  return listens.length > 0
    ? listens
    : [{ host: '0.0.0.0', port: 80, ssl: false, isDefault: false, options: [] }]
}

export const namesOf = (server: Directive): string[] =>
  children(server, 'server_name').flatMap(({ args }) => args)

/** Undefined where nobody listens on the port. Addresses are not told apart: which one a client meets is unknown. */
export function chooseServer(servers: readonly Directive[], request: HttpRequest): Directive | undefined {
  const listening = servers.filter((server) => listensOf(server).some(({ port }) => port === request.port))
  const host = hostName(request)
  const longest = (wildcard: (name: string) => boolean) => {
    const found = listening.flatMap((server) =>
      namesOf(server)
        .filter((name) => wildcard(name.toLowerCase()))
        .map((name) => ({ server, length: name.length })),
    )
    return found.sort((one, other) => other.length - one.length)[0]?.server
  }
  return (
    listening.find((server) => namesOf(server).some((name) => isExactly(name.toLowerCase(), host))) ??
    longest((name) => /^\*?\./.test(name) && host.endsWith(name.replace(/^\*/, ''))) ??
    longest((name) => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
    listening.find((server) =>
      namesOf(server).some(
        (name) => name.startsWith('~') && matchRegex(name.slice(1), true, host, request, server),
      ),
    ) ??
    listening.find((server) =>
      listensOf(server).some(({ port, isDefault }) => port === request.port && isDefault),
    ) ??
    listening[0]
  )
}

const isExactly = (name: string, host: string): boolean =>
  name === host || (name.startsWith('.') && name.slice(1) === host)
