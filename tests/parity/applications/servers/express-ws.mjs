/** express-ws: an echo at /ws, a handler that fails at /fails, a page without WebSocket at /page. */
import express from 'express'
import expressWs from 'express-ws'

const { app } = expressWs(express())
app.ws('/ws', (socket) => socket.on('message', (message) => socket.send(message)))
app.ws('/fails', () => {
  throw new Error('handler')
})
app.get('/page', (_request, response) => response.send('page'))
app.listen(Number(process.argv[2]), '127.0.0.1')
