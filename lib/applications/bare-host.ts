/** Where the WebSocket of a host may be when nobody named a path: where libraries put it unless they are told otherwise. */

export interface Place {
  /** For people: `/socket.io/`. */
  readonly label: string
  readonly url: string
  readonly subprotocols: readonly string[]
}

/** Of ws://host and ws://host/ alone; a query is already an address. */
export const isBareHost = (url: URL): boolean => url.pathname === '/' && url.search === ''

/** From the most to the least telling: each is answered by its own library only. */
export function placesOf(host: URL): readonly Place[] {
  const at = (target: string, subprotocols: readonly string[] = []): Place => ({
    label: target.replace(/\?.*/, ''),
    url: new URL(target, host).href,
    subprotocols,
  })
  return [
    at('/socket.io/?EIO=4&transport=websocket'),
    at('/graphql', ['graphql-transport-ws', 'graphql-ws']),
    at('/ws'),
  ]
}
