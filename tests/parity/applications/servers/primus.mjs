/** Primus over ws. */
import { createServer } from 'node:http'
import Primus from 'primus'

const [port, json = '{}'] = process.argv.slice(2)
const http = createServer((_request, response) => response.writeHead(404).end())
new Primus(http, { transformer: 'websockets', ...JSON.parse(json) })
http.listen(Number(port), '127.0.0.1')
