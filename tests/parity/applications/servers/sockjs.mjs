/** SockJS at /echo, echoing. */
import { createServer } from 'node:http'
import sockjs from 'sockjs'

const [port, json = '{}'] = process.argv.slice(2)
const echo = sockjs.createServer({ log: () => {}, ...JSON.parse(json) })
echo.on('connection', (connection) => connection.on('data', (message) => connection.write(message)))
const http = createServer((_request, response) => response.writeHead(404).end('Not here'))
echo.installHandlers(http, { prefix: '/echo' })
http.listen(Number(port), '127.0.0.1')
