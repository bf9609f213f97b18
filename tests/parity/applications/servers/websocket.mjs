/**
 * The `websocket` package: `accepts` (a subprotocol, or null), else `rejects` ([status, reason]), else the request is
 * left alone.
 */
import { createServer } from 'node:http'
import websocket from 'websocket'

const [port, json = '{}'] = process.argv.slice(2)
const { accepts, rejects, closes, ...options } = JSON.parse(json)
const http = createServer((_request, response) => response.writeHead(404).end())
const server = new websocket.server({ httpServer: http, ...options })
server.on('request', (request) => {
  if (rejects) return request.reject(...rejects)
  if (accepts === undefined) return
  const connection = request.accept(accepts, request.origin)
  connection.on('message', ({ utf8Data }) => connection.sendUTF(utf8Data ?? ''))
  if (closes) connection.drop(...closes)
})
http.listen(Number(port), '127.0.0.1')
