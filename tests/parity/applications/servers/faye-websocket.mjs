/** faye-websocket, echoing. `onlyAt`: the one path that it takes, everything else is left alone. */
import { createServer } from 'node:http'
import WebSocket from 'faye-websocket'

const [port, json = '{}'] = process.argv.slice(2)
const { onlyAt, subprotocols = [], closes, ...options } = JSON.parse(json)
const http = createServer((_request, response) => response.end('page'))
http.on('upgrade', (request, socket, head) => {
  if (!WebSocket.isWebSocket(request) || (onlyAt && request.url !== onlyAt)) return
  const connection = new WebSocket(request, socket, head, subprotocols, options)
  connection.on('message', ({ data }) => connection.send(data))
  if (closes) connection.on('open', () => connection.close(...closes))
})
http.listen(Number(port), '127.0.0.1')
