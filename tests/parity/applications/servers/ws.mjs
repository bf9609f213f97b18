/**
 * `ws` as it is set up in code that people write. `paths`: a WebSocketServer for each on one HTTP server;
 * `routed`: the same, routed by hand, everything else is left alone; `refuses`: what verifyClient answers; `onlyFrom`: the one Origin
 * that it lets in.
 */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const [port, json = '{}'] = process.argv.slice(2)
const { paths = [], routed = [], refuses, onlyFrom, throws, subprotocols, ...options } = JSON.parse(json)
const http = createServer((_request, response) => response.end('page'))
const echo = (server) =>
  server.on('connection', (socket) => {
    if (throws) throw new Error('handler')
    socket.on('message', (data, binary) => socket.send(data, { binary }))
  })
for (const path of paths) echo(new WebSocketServer({ server: http, path, ...options }))
const byHand = echo(new WebSocketServer({ noServer: true }))
if (routed.length > 0) {
  http.on('upgrade', (request, socket, head) => {
    if (routed.includes(request.url))
      byHand.handleUpgrade(request, socket, head, (open) => byHand.emit('connection', open, request))
  })
}
if (refuses || (paths.length === 0 && routed.length === 0)) {
  echo(
    new WebSocketServer({
      server: http,
      ...options,
      ...(refuses && { verifyClient: (_info, done) => done(false, ...refuses) }),
      ...(onlyFrom && { verifyClient: ({ origin }) => origin === onlyFrom }),
      ...(subprotocols && {
        handleProtocols: (offered) => subprotocols.find((name) => offered.has(name)) ?? false,
      }),
    }),
  )
}
http.listen(Number(port), '127.0.0.1')
