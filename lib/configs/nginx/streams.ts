/** Servers of `stream {}`: they pass bytes on, whatever is in them, and have one timer of their own. */

import { type Listen, parseListen } from '#lib/configs/nginx/syntax/listen.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { children, inherited } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { parseTime } from '#lib/configs/nginx/syntax/values.ts'

/** nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_timeout */
const DEFAULT_SECONDS = 600

export interface Stream {
  readonly server: Directive
  readonly listens: readonly Listen[]
  readonly pass?: Directive
  /** Of silence in both directions; undefined where it is not known. */
  readonly timeoutSeconds: number | undefined
  /** What sets it; absent where it is nginx's default. */
  readonly timeout?: Directive
}

export function streamsOf(directives: readonly Directive[]): readonly Stream[] {
  return directives
    .filter(({ name, block }) => name === 'stream' && block)
    .flatMap((block) => children(block, 'server').flatMap((server) => streamOf(server, block)))
}

function streamOf(server: Directive, outer: Directive): Stream[] {
  const listens = children(server, 'listen').flatMap(({ args }) => {
    // A WebSocket never comes by UDP.
    if (args.includes('udp')) return []
    return parseListen(args) ?? []
  })
  if (listens.length === 0) return []
  const timeout = inherited({ block: server, parent: { block: outer } }, 'proxy_timeout')
  const [pass] = children(server, 'proxy_pass')
  return [
    {
      server,
      listens,
      ...(pass && { pass }),
      ...(timeout && { timeout }),
      timeoutSeconds: timeout
        ? isOpen(timeout)
          ? undefined
          : parseTime(timeout.args[0] ?? '', 'ms')
        : DEFAULT_SECONDS,
    },
  ]
}

/** A port of this machine that it passes to; undefined where that is another machine, or not known. */
export function localPortOf({ pass }: Stream): number | undefined {
  const port = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d+)$/.exec(pass?.args[0] ?? '')?.[1]
  return port === undefined ? undefined : Number(port)
}
