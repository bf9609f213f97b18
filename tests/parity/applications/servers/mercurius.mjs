/** Mercurius: GraphQL in Fastify, with both subprotocols. `refuses`: what onConnect throws. */
import Fastify from 'fastify'
import mercurius from 'mercurius'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses } = JSON.parse(json)
const fastify = Fastify()
const onConnect = () => {
  throw new Error(refuses)
}
fastify.register(mercurius, {
  schema: 'type Query { hello: String } type Subscription { ticks: Int }',
  subscription: refuses ? { onConnect } : true,
})
await fastify.listen({ port: Number(port), host: '127.0.0.1' })
