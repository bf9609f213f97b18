/** Which server answers a request, as nginx chooses it by port and Host header. */

import { matchRegex } from '#lib/configs/nginx/routing/evaluate.ts'
import { type HttpRequest, hostName } from '#lib/configs/nginx/routing/request.ts'
import { hears, type Listen, parseListen } from '#lib/configs/nginx/syntax/listen.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** A server without `listen` listens on port 80; of one that nobody wrote, it is not known. */
export function listensOf(server: Directive): Listen[] {
  const listens = children(server, 'listen').flatMap((each) =>
    isOpen(each) ? anywhere(each) : (parseListen(each.args) ?? []),
  )
  if (listens.length > 0) return listens
  const usual = { host: '0.0.0.0', port: 80, ssl: false, isDefault: false, options: [] }
  return [
    server.implied || children(server, 'include').some(({ unread }) => unread)
      ? { ...usual, isOpen: true }
      : usual,
  ]
}

/** Of an address that is filled in later, the words beside it are known. */
const anywhere = ({ args: [address = '', ...options] }: Directive): Listen => {
  const plain = parseListen(['80', ...options])
  const port = /(?:^|:)(\d{1,5})$/.exec(address)?.[1]
  return {
    host: '0.0.0.0',
    port: port === undefined ? 80 : Number(port),
    ssl: plain?.ssl === true,
    isDefault: plain?.isDefault === true,
    options,
    ...(port === undefined && { isOpen: true }),
  }
}

export const namesOf = (server: Directive): string[] =>
  children(server, 'server_name').flatMap(({ args }) => args)

/** Undefined where nobody listens on the port. Addresses are not told apart: which one a client meets is unknown. */
export function chooseServer(servers: readonly Directive[], request: HttpRequest): Directive | undefined {
  const listening = servers.filter((server) => listensOf(server).some((each) => hears(each, request.port)))
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
      listensOf(server).some((each) => hears(each, request.port) && each.isDefault),
    ) ??
    listening[0]
  )
}

const isExactly = (name: string, host: string): boolean =>
  name === host || (name.startsWith('.') && name.slice(1) === host)
