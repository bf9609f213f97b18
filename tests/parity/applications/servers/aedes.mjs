/** aedes over ws, as its documentation has it. `refuses`: the return code of CONNACK. */
import { createServer } from 'node:http'
import { Aedes } from 'aedes'
import { createWebSocketStream, WebSocketServer } from 'ws'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses, ...options } = JSON.parse(json)
const broker = await Aedes.createBroker({
  ...options,
  ...(refuses && {
    authenticate: (_client, _name, _password, done) =>
      done(Object.assign(new Error('no'), { returnCode: refuses }), null),
  }),
})
broker.on('clientError', () => {})
broker.on('connectionError', () => {})
const http = createServer()
new WebSocketServer({ server: http }).on('connection', (socket, request) => {
  const stream = createWebSocketStream(socket)
  stream.on('error', () => {})
  broker.handle(stream, request)
})
http.listen(Number(port), '127.0.0.1')
