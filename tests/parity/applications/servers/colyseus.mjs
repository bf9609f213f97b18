/** A Colyseus server with one room, and a seat in it when asked by POST /matchmake/joinOrCreate/room. */
import { Room, Server } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'

class Arena extends Room {}
const server = new Server({ transport: new WebSocketTransport(), greet: false })
server.define('room', Arena)
await server.listen(Number(process.argv[2]), '127.0.0.1')
