/** Socket.IO 4, or 2 with `version: 2`; the options beside it are the server's own. */
import { createServer } from 'node:http'

const [port, json = '{}'] = process.argv.slice(2)
const { version = 4, refuses, ...options } = JSON.parse(json)
const http = createServer((_request, response) => response.writeHead(404).end('no page'))
if (version === 2) {
  const { default: attach } = await import('socket.io-2')
  attach(http, options)
} else {
  const { Server } = await import('socket.io')
  const io = new Server(http, {
    ...options,
    ...(refuses && { allowRequest: (_request, callback) => callback(refuses, false) }),
  })
  if (options.auth) io.use((_socket, next) => next(new Error('unauthorized')))
}
http.listen(Number(port), '127.0.0.1')
