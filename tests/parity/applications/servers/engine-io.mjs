/** Engine.IO alone, without the namespaces of Socket.IO. */
import { createServer } from 'node:http'
import { Server } from 'engine.io'

const [port, json = '{}'] = process.argv.slice(2)
const http = createServer((_request, response) => response.writeHead(404).end())
new Server(JSON.parse(json)).attach(http)
http.listen(Number(port), '127.0.0.1')
