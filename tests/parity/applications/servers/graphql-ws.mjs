/**
 * graphql-ws on ws, as its README has it. `refuses`: onConnect says no; `throws`: it fails.
 * `yoga`: behind GraphQL Yoga at /graphql.
 */
import { createServer } from 'node:http'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses, throws, yoga, ...options } = JSON.parse(json)
const schema = buildSchema('type Query { hello: String } type Subscription { ticks: Int }')
const http = createServer()
if (yoga) {
  const { createYoga } = await import('graphql-yoga')
  http.on('request', createYoga({ schema }))
}
useServer(
  {
    schema,
    ...options,
    onConnect: () => {
      if (throws) throw new Error(throws)
      return !refuses
    },
  },
  new WebSocketServer({ server: http, path: '/graphql' }),
)
http.listen(Number(port), '127.0.0.1')
