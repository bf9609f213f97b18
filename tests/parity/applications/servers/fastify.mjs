/** @fastify/websocket: an echo at /ws, one that wants a token at /private, one whose handler fails at /fails, a page at /page. */
import websocket from '@fastify/websocket'
import Fastify from 'fastify'

const fastify = Fastify()
await fastify.register(websocket)
const echo = (socket) => socket.on('message', (message) => socket.send(message.toString()))
await fastify.register(async (routes) => {
  routes.get('/ws', { websocket: true }, echo)
  routes.get(
    '/private',
    { websocket: true, preValidation: async (_request, reply) => reply.code(401).send('not authenticated') },
    echo,
  )
  routes.get('/fails', { websocket: true }, () => {
    throw new Error('handler')
  })
  routes.get('/page', () => 'page')
})
await fastify.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
