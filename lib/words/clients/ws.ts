import { frameErrors } from '#lib/words/clients/ws/frames.ts'
import { opening } from '#lib/words/clients/ws/opening.ts'
import { serving } from '#lib/words/clients/ws/serving.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'ws',
  name: 'ws (Node.js)',
  side: 'client',
  mark: /\bWS_ERR_|Invalid WebSocket frame:|node_modules[\\/]ws[\\/]/,
  phrases: [...opening, ...serving, ...frameErrors],
})
