import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const source = 'https://github.com/cherrypy/cherrypy/blob/main/cherrypy/_cperror.py'

export default defineProgram({
  id: 'cherrypy',
  name: 'CherryPy',
  side: 'server',
  mark: /\bcherrypy\b|\bPowered by CherryPy\b/i,
  phrases: phrasesOf(source, [
    {
      id: 'not-found',
      needle: "' was not found.",
      pattern: /\bThe path '[^'\n]{0,1000}' was not found\./,
      said: { means: 'no-route', status: 404 },
      example: "404 Not Found The path '/ws' was not found.",
      explains: 'No handler is mounted at this path.',
    },
  ]),
})
