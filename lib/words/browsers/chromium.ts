import { framePhrases } from '#lib/words/browsers/chromium/frames.ts'
import { handshakePhrases } from '#lib/words/browsers/chromium/handshake.ts'
import { netErrorPhrases } from '#lib/words/browsers/chromium/net-errors.ts'
import { page } from '#lib/words/browsers/chromium/page.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'chromium',
  name: 'Chromium (Chrome, Edge, Opera, Electron)',
  side: 'client',
  mark: /Error during WebSocket handshake|net::ERR_|Failed to construct 'WebSocket'|on 'WebSocket'/,
  phrases: [...page, ...netErrorPhrases, ...handshakePhrases, ...framePhrases],
})
