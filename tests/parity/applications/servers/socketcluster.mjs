/** SocketCluster at /socketcluster/. */
import { createServer } from 'node:http'
import socketCluster from 'socketcluster-server'

const [port, json = '{}'] = process.argv.slice(2)
const http = createServer((_request, response) => response.writeHead(404).end())
socketCluster.attach(http, JSON.parse(json))
http.listen(Number(port), '127.0.0.1')
