import { open } from '#lib/words/clients/aiohttp/open.ts'
import { opening } from '#lib/words/clients/aiohttp/opening.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'aiohttp',
  name: 'aiohttp (Python)',
  mark: /\baiohttp\b|\bWSServerHandshakeError\b|\bClientConnector\w{0,12}Error\b|\bWSMsgType\b/,
  phrases: [...opening, ...open],
})
