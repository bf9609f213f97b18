/** `/ws/through`: connections that this server opens for its own pages. Secrets come in messages, never in the URL. */
import { throughPath } from '#lib/protocol/own-endpoint.ts'
import type { Endpoint, Session } from '#server/endpoints/endpoint.ts'
import type { PageSocket } from '#server/through/relay.ts'
import type { Relays } from '#server/through/relays.ts'

export function createThroughEndpoint(relays: Relays): Endpoint {
  return {
    path: throughPath,
    summary: 'Opens a connection elsewhere for its own pages, with headers, cookies and a client certificate',
    queryParameters: [],
    sameOriginOnly: true,
    recordsActivity: false,
    prepare: (_, handshake) => ({
      ok: true,
      open: (session) => relays.open(pageSocketOf(session), handshake),
    }),
  }
}

function pageSocketOf(session: Session): PageSocket {
  return {
    send: (text) => session.send(text),
    sendBinary: (payload) => session.sendBinary(payload),
    bufferedBytes: () => session.bufferedBytes(),
    onceDrained: (callback) => void session.onceDrained(callback),
    close: (code, reason) => session.close(code, reason),
    pause: () => session.socket.pause(),
    resume: () => session.socket.resume(),
  }
}
