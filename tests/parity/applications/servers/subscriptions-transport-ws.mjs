/** subscriptions-transport-ws, which speaks the older protocol. `refuses`: what onConnect throws. */
import { createServer } from 'node:http'
import { buildSchema, execute, subscribe } from 'graphql'
import { SubscriptionServer } from 'subscriptions-transport-ws'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses, ...options } = JSON.parse(json)
const schema = buildSchema('type Query { hello: String } type Subscription { ticks: Int }')
const http = createServer((_request, response) => response.writeHead(404).end())
const onConnect = () => {
  if (refuses) throw new Error(refuses)
}
SubscriptionServer.create(
  { schema, execute, subscribe, onConnect, ...options },
  { server: http, path: '/graphql' },
)
http.listen(Number(port), '127.0.0.1')
