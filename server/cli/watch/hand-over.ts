/** `why1006 watch --keep`: a server that runs does the watching, and writes what it sees to its journal. */
import * as z from 'zod/mini'
import { type WatchOrder, watchDetail } from '#lib/api/watch.ts'
import { sentence } from '#lib/text/foreign.ts'
import { CommandError, exit, UsageError } from '#server/cli/command.ts'
import { ownServer } from '#server/cli/own-server.ts'
import { readCertificates, readProbeOptions } from '#server/cli/probe-options.ts'
import { authorization, refusalOf, tokenOf } from '#server/cli/token.ts'
import { failureCode } from '#server/probe/transport/dns.ts'

const PATIENCE_MS = 60_000

export interface Keeper {
  readonly server: URL
  readonly token: string | undefined
  readonly order: WatchOrder
}

interface Given {
  readonly keep?: boolean
  readonly server?: string
  readonly token?: string
  readonly for?: string
  readonly losses?: string
  readonly notify?: string
  readonly 'notify-secret-file'?: string
  readonly origin?: string
  readonly subprotocol?: string[]
  readonly header?: string[]
  readonly send?: string
  readonly quiet?: boolean
  readonly ca?: string
  readonly insecure?: boolean
  readonly ipv4?: boolean
  readonly ipv6?: boolean
}

/** @throws UsageError, or ProbeRefusal for an option that the watch cannot have */
export async function keeperOf(
  url: string,
  given: Given,
  heartbeatSeconds: number | undefined,
): Promise<Keeper | undefined> {
  if (given.keep !== true) return undefined
  for (const name of ['for', 'losses', 'notify-secret-file'] as const) {
    if (given[name] !== undefined) {
      throw new UsageError(
        sentence`--${name} does not go with --keep: the server watches until it is told to stop.`,
      )
    }
  }
  const { origin, subprotocols, family, send, quiet, insecure } = readProbeOptions(given)
  const order: WatchOrder = {
    url,
    ...(origin !== undefined && { origin }),
    ...(subprotocols?.length && { subprotocols: [...subprotocols] }),
    ...(given.header && { headers: given.header }),
    ...(send !== undefined && { send }),
    ...(quiet && { quiet }),
    ...(family && { family }),
    ...(insecure && { insecure }),
    ...(given.ca !== undefined && { ca: await readCertificates(given.ca) }),
    ...(given.notify !== undefined && { notify: given.notify }),
    ...(heartbeatSeconds !== undefined && { heartbeat_seconds: heartbeatSeconds }),
  }
  return { server: ownServer(given), token: tokenOf(given), order }
}

/** @returns the page that shows it. @throws CommandError where no server takes it, in its words */
export async function handOver({ server, token, order }: Keeper, signal: AbortSignal): Promise<string> {
  let response: Response
  try {
    response = await fetch(new URL('/api/watches', server), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...authorization(token) },
      body: JSON.stringify(order),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error
    throw new CommandError(
      sentence`No Why1006 server answers at ${server.origin} (${failureCode(cause)}). Start one with npm start, or name it with --server.`,
      exit.usage,
    )
  }
  const watch = z.safeParse(
    watchDetail,
    await response
      .clone()
      .json()
      .catch(() => undefined),
  )
  if (watch.success) return new URL(`/watch?id=${watch.data.id}`, server).href
  throw await refusalOf(response, token)
}
