'use client'
/** Protocols above WebSocket, fetched when a connection is to be spoken to: most pages never need them. */
import type { OpenRequest, Route } from '#lib/store/connection/connection.ts'

interface Spoken {
  /** The address as it was given, where its client opens another. */
  readonly asked?: string | undefined
  /** A person gives the first message themselves. */
  readonly isBegun?: boolean
}

/** Speaks as a client of the protocol does, once it shows in the address, in the subprotocol or in what the server says. */
export const speaking =
  (spoken: Spoken = {}): NonNullable<OpenRequest['speak']> =>
  async (picked, { url, subprotocols }) => {
    const { speechOf } = await import('#lib/applications/speaker.ts')
    return speechOf({ ...spoken, url, subprotocols, picked })
  }

/** The protocol that an address or its subprotocols show. */
export async function protocolOf({ url, subprotocols, asked }: Route & Pick<Spoken, 'asked'>) {
  const { isShown, recognize } = await import('#lib/applications/recognize.ts')
  const found = recognize({ url: URL.parse(url) ?? undefined, subprotocols, asked })
  return found && isShown(found.by) ? found.application : null
}
