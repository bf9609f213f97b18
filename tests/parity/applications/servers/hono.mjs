/** @hono/node-ws: an echo at /ws, one behind a check at /private, a page at /page. */
import { serve } from '@hono/node-server'
import { createNodeWebSocket } from '@hono/node-ws'
import { Hono } from 'hono'

const app = new Hono()
const { injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app })
const echo = upgradeWebSocket(() => ({ onMessage: (event, socket) => socket.send(event.data) }))
app.get('/ws', echo)
app.use('/private', async (context) => context.text('no token', 401))
app.get('/private', echo)
app.get('/page', (context) => context.text('page'))
injectWebSocket(serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) }))
