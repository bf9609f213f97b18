import { closing } from '#lib/words/clients/python-websockets/closing.ts'
import { opening } from '#lib/words/clients/python-websockets/opening.ts'
import { serving } from '#lib/words/clients/python-websockets/serving.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'python-websockets',
  name: 'websockets (Python)',
  mark: /\bwebsockets\.(?:exceptions|client|server|protocol|legacy|asyncio|sync)\b|\bwebsockets\/\w{1,20}\//,
  sideMarks: {
    client: /\bwebsockets\.client\b/,
    server: /\bwebsockets\.server\b/,
  },
  phrases: [...closing, ...opening, ...serving],
})
