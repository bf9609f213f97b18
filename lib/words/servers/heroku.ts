import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const codes = 'https://devcenter.heroku.com/articles/error-codes'

const error = (code: string, desc: string, said: Said, explains: string): Omit<Phrase, 'source'> => ({
  id: code.toLowerCase(),
  needle: `code=${code} `,
  pattern: new RegExp(`\\bcode=${code} desc="[^"\\n]{1,80}"[^\\n]{0,600}`),
  said,
  example: `at=error code=${code} desc="${desc}" method=GET path="/ws" host=app.example dyno=web.1 connect=0ms service=55056ms status=503 bytes=180`,
  explains,
})

export default defineProgram({
  id: 'heroku',
  name: 'Heroku (its router)',
  side: 'proxy',
  mark: /\bheroku\[router\]|\bdyno=web\.\d/,
  phrases: phrasesOf(codes, [
    error(
      'H10',
      'App crashed',
      { means: 'no-backend', status: 503 },
      'The app’s process crashed, and nothing takes the connection.',
    ),
    error(
      'H11',
      'Backlog too deep',
      { means: 'no-backend', status: 503 },
      'More connections wait for the app than Heroku lets wait.',
    ),
    error(
      'H12',
      'Request timeout',
      { means: 'backend-timeout', status: 503 },
      'The app did not answer the handshake within 30 s.',
    ),
    error(
      'H13',
      'Connection closed without response',
      { means: 'backend-closed', status: 503 },
      'The app closed TCP without an answer.',
    ),
    error(
      'H14',
      'No web dynos running',
      { means: 'no-backend', status: 503 },
      'No process of type web runs.',
    ),
    error(
      'H15',
      'Idle connection',
      { means: 'idle-timeout', limitMs: 55_000 },
      'Heroku’s router ended the connection after 55 s without a byte.',
    ),
    error(
      'H18',
      'Server Request Interrupted',
      { means: 'dropped' },
      'The app closed the connection, or crashed, while the router was passing it on.',
    ),
    error(
      'H19',
      'Backend connection timeout',
      { means: 'backend-timeout', status: 503 },
      'The router could not connect to the dyno within 5 s.',
    ),
    error(
      'H20',
      'App boot timeout',
      { means: 'no-backend', status: 503 },
      'The app did not start within 75 s.',
    ),
    error(
      'H21',
      'Backend connection refused',
      { means: 'backend-refused', status: 503 },
      'The dyno refuses connections: the app does not listen on $PORT.',
    ),
    error(
      'H27',
      'Client Request Interrupted',
      { means: 'closed-by-client' },
      'The client ended the connection.',
    ),
    error(
      'H28',
      'Client Connection Idle',
      { means: 'idle-timeout' },
      'The router ended the connection because the client sent nothing.',
    ),
  ]),
})
