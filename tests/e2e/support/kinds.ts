/** Servers of the kinds that people have, over raw sockets: each speaks as its library does where it matters here. */
import type { Server } from '#tests/server/probe/answers/support.ts'

const json = { 'Content-Type': 'application/json' }
const engineOpen =
  '0{"sid":"LWPpxnC7MGS2bqeAAAAB","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
/** How long Engine.IO waits for somebody else to take an upgrade at a path that is not its own. */
const engineHangUpMs = 1000

const refuseEverything =
  (...answer: Parameters<Parameters<Server>[0]['refuse']>): Server =>
  (visit) =>
    visit.refuse(...answer)

/** Socket.IO 4 at /socket.io/, in an Express application. */
export const socketIo: Server = (visit) => {
  if (!visit.path.startsWith('/socket.io/')) {
    if (visit.isUpgrade) setTimeout(() => visit.socket.destroy(), engineHangUpMs)
    else visit.refuse('404 Not Found', 'Cannot GET /', { 'X-Powered-By': 'Express' })
    return
  }
  if (!visit.isUpgrade) return visit.refuse('200 OK', engineOpen)
  visit.switch()
  if (visit.query.get('EIO') !== '4')
    return visit.refuse('400 Bad Request', '{"code":5,"message":"Unsupported protocol version"}', json)
  visit.text(engineOpen)
  visit.serve((message) => {
    if (message === '40') visit.text('40{"sid":"wSw1xBvEiMR-dHzzAAAC"}')
  })
}

/** graphql-ws, which speaks its own subprotocol alone. */
export const graphqlWs: Server = (visit) => {
  if (!visit.isUpgrade) return visit.refuse('400 Bad Request', '{"errors":[]}', json)
  if (!visit.asked.includes('graphql-transport-ws')) {
    visit.switch()
    return visit.close(4406, 'Subprotocol not acceptable')
  }
  visit.open('graphql-transport-ws', (message) => {
    if (message.includes('connection_init')) visit.text('{"type":"connection_ack"}')
  })
}

const record = '\u001e'

/** A SignalR hub: it knows the connections that it negotiated, and hangs up on who does not greet in time. */
export const signalR =
  (greetingWithinMs: number): Server =>
  (visit) => {
    if (!visit.isUpgrade) return visit.refuse('405 Method Not Allowed')
    if (visit.query.has('id')) return visit.refuse('404 Not Found', 'No Connection with that ID')
    const timer = setTimeout(() => {
      visit.text(`{"error":"Handshake was canceled."}${record}`)
      visit.close(1000)
    }, greetingWithinMs)
    visit.socket.once('close', () => clearTimeout(timer))
    visit.open(undefined, (message) => {
      if (!message.includes('"protocol"')) return
      clearTimeout(timer)
      visit.text(`{}${record}`)
    })
  }

export const unauthorized = refuseEverything('401 Unauthorized', '', { 'WWW-Authenticate': 'Bearer' })
export const forbidden = refuseEverything('403 Forbidden', '<h1>403 Forbidden</h1>', { Server: 'nginx' })
export const notFound = refuseEverything('404 Not Found', 'Cannot GET /ws', { 'X-Powered-By': 'Express' })
export const upgradeRequired = refuseEverything('426 Upgrade Required', 'Upgrade Required', {
  Upgrade: 'websocket',
  Connection: 'Upgrade',
})
/** The page of a single-page application, which its server delivers for every path. */
export const singlePage = refuseEverything(
  '200 OK',
  '<!doctype html><title>Board</title><div id="root"></div><script src="/assets/index-4f2a.js"></script>',
  { 'Content-Type': 'text/html' },
)
