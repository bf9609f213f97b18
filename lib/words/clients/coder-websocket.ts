import { handshake } from '#lib/words/clients/coder-websocket/handshake.ts'
import { open } from '#lib/words/clients/coder-websocket/open.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'coder-websocket',
  name: 'coder/websocket, before nhooyr.io/websocket (Go)',
  mark: /\bfailed to (?:WebSocket dial|get reader|accept WebSocket connection|close WebSocket)\b|\bnhooyr\.io\/websocket\b|\bcoder\/websocket\b/,
  phrases: [...handshake, ...open],
})
