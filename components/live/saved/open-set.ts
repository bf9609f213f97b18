/** Opens what was saved, and saves what is open. */
import { live, liveActions } from '#components/core/live-core.ts'
import { speaking } from '#components/core/protocols.ts'
import { fallbacksOf } from '#components/live/new-connection/fallbacks.ts'
import { extrasOf } from '#components/live/through/draft.ts'
import { openThrough } from '#components/live/through/open-through.ts'
import { isBareHost } from '#lib/applications/bare-host.ts'
import { understandTarget } from '#lib/applications/target.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import type { SavedConnection, SavedSet } from '#lib/store/saved/sets.ts'
import { hideInUrl, hideSecrets, hostOf, withHost } from '#lib/store/saved/variables.ts'

export type Opened =
  | { readonly ok: true; readonly ids: readonly ConnectionId[] }
  | { readonly ok: false; readonly says: string }

/** All or none. @param connections with their variables filled in */
export function openSaved(connections: readonly SavedConnection[]): Opened {
  const { origin } = live.store.getState().page
  const read = connections.map((saved) => ({ saved, target: understandTarget(saved.url, origin) }))
  const open: (() => ConnectionId)[] = []
  for (const { saved, target } of read) {
    if (!target.ok) return { ok: false, says: target.says }
    const { subprotocols = [], through, auto_reconnect: autoReconnect = false, speak } = saved
    open.push(() =>
      through === undefined
        ? liveActions.open({
            url: target.socketUrl,
            subprotocols,
            autoReconnect,
            ...(speak && { speak: speaking({ asked: target.asked }) }),
            ...(isBareHost(new URL(target.url)) && { fallbacks: fallbacksOf(target.socketUrl) }),
          })
        : openThrough(target.socketUrl, subprotocols, through, autoReconnect),
    )
  }
  return { ok: true, ids: open.map((each) => each()) }
}

/** What is open now, as a set: of one host a variable, and of every credential one that is never kept. */
export function setOfOpen(name: string): SavedSet | null {
  const { connectionIds, connections } = live.store.getState()
  const open = connectionIds.flatMap((id) => connections[id] ?? []).filter(({ isLasting }) => isLasting)
  if (open.length === 0) return null
  const host = hostOf(open.map(({ target }) => target.url))
  const secrets = new Set<string>()
  const saved = open.map((connection) => {
    const { headers, variables } = hideSecrets(extrasOf.get(connection.id)?.headers ?? [])
    const hidden = hideInUrl(urlOf(connection))
    for (const variable of [...variables, ...hidden.variables]) secrets.add(variable)
    const url = host === null ? hidden.url : withHost(hidden.url, host)
    return savedOf(connection, url, headers)
  })
  return {
    name,
    variables: [
      ...(host === null ? [] : [{ name: 'host', value: host }]),
      ...[...secrets].map((variable) => ({ name: variable, secret: true })),
    ],
    connections: saved,
  }
}

/** A session that was negotiated is used up: then the host itself. */
function urlOf({ target, tried }: Connection): string {
  const isSession = tried?.isElsewhere === true && new URL(target.url).searchParams.has('id')
  return isSession ? tried.first : target.url
}

function savedOf(
  { id, target, reconnects, isSpoken }: Connection,
  url: string,
  headers: readonly string[],
): SavedConnection {
  const extras = extrasOf.get(id)
  return {
    url,
    ...(target.subprotocols.length > 0 && { subprotocols: [...target.subprotocols] }),
    ...(reconnects.enabled && { auto_reconnect: true }),
    ...(isSpoken && !target.isThrough && { speak: true }),
    ...(target.isThrough && {
      through: {
        ...(extras?.origin !== undefined && { origin: extras.origin }),
        ...(headers.length > 0 && { headers: [...headers] }),
        ...(extras?.insecure === true && { insecure: true }),
      },
    }),
  }
}
