import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const source = 'https://github.com/tinyproxy/tinyproxy/blob/master/src/reqs.c'

export default defineProgram({
  id: 'tinyproxy',
  name: 'tinyproxy',
  side: 'proxy',
  mark: /\btinyproxy\b/i,
  phrases: phrasesOf(source, [
    {
      id: 'unable-to-connect',
      needle: 'Tinyproxy was unable to connect to the remote web server',
      pattern: /\bTinyproxy was unable to connect to the remote web server\b/i,
      said: { means: 'backend-refused', status: 500 },
      example: 'Unable to connect Tinyproxy was unable to connect to the remote web server.',
      explains: 'The backend does not accept connections.',
    },
  ]),
})
