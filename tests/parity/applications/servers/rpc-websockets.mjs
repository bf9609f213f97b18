/** JSON-RPC over WebSocket (rpc-websockets), with one method. */
import { Server } from 'rpc-websockets'

const server = new Server({ host: '127.0.0.1', port: Number(process.argv[2]) })
server.register('sum', ([a, b]) => a + b)
