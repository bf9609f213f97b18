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
  phrases: [
    ...phrasesOf(codes, [
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
      error(
        'H16',
        'Redirect to herokuapp.com',
        { means: 'redirect', status: 503 },
        'The app redirects to an address of herokuapp.com that is not its own.',
      ),
      error(
        'H17',
        'Poorly formatted HTTP response',
        { means: 'backend-bad-answer', status: 503 },
        'What the app answered is not HTTP/1.1 as the router reads it.',
      ),
      error(
        'H22',
        'Connection limit reached',
        { means: 'too-many-connections', status: 503 },
        'The dynos have as many connections as the router opens to them.',
      ),
      error(
        'H23',
        'Endpoint misconfigured',
        { means: 'no-backend', unsure: true, status: 503 },
        'The router cannot reach what the name points to.',
      ),
      error(
        'H24',
        'Forced close',
        { means: 'shutting-down' },
        'The router closed the connection, as it does when it or a dyno is restarted.',
      ),
      error(
        'H25',
        'HTTP Restriction',
        { means: 'backend-bad-answer', status: 503 },
        'The app’s answer breaks a limit of the router: a cookie, header or status line that is too long.',
      ),
      error(
        'H26',
        'Request Error',
        { means: 'request-too-large', unsure: true, status: 503 },
        'The request breaks a limit or the form that the router takes.',
      ),
      error(
        'H31',
        'Misdirected Request',
        { means: 'no-route', status: 421 },
        'The client sent the request to a router that does not have this app.',
      ),
      error(
        'H80',
        'Maintenance mode',
        { means: 'no-backend', unsure: true, status: 503 },
        'The app is in maintenance mode: heroku maintenance:off ends it.',
      ),
      error(
        'H81',
        'Blank app',
        { means: 'no-backend', unsure: true, status: 503 },
        'Nothing was ever deployed to this app.',
      ),
      error(
        'H82',
        'You have used up your dyno hour pool',
        { means: 'no-backend', unsure: true, status: 503 },
        'The account’s hours are used up.',
      ),
      error(
        'H99',
        'Platform error',
        { means: 'no-backend', unsure: true, status: 503 },
        'A fault of Heroku itself.',
      ),
    ]),
    ...phrasesOf(codes, [
      {
        id: 'r10',
        needle: 'Boot timeout',
        pattern: /\bError R10 \(Boot timeout\)/,
        said: { means: 'no-backend', unsure: true },
        example:
          'Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch',
        explains: 'The app did not listen on $PORT in time, and Heroku stopped it.',
      },
      {
        id: 'r12',
        needle: 'Exit timeout',
        pattern: /\bError R12 \(Exit timeout\)/,
        said: { means: 'shutting-down' },
        example:
          'Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM',
        explains: 'The dyno was restarted, and the app did not end within 30 s: its connections were cut.',
      },
      {
        id: 'r14',
        needle: 'Memory quota',
        pattern: /\bError R1[45] \(Memory quota (?:vastly )?exceeded\)/,
        said: { means: 'handler-failed', unsure: true, phase: 'open' },
        example: 'Error R15 (Memory quota vastly exceeded)',
        explains: 'The app uses more memory than its dyno has. It becomes slow (R14), or is killed (R15).',
      },
      {
        id: 'cycling',
        needle: 'Cycling',
        pattern: /(?:\bheroku\[web\.\d{1,4}\]: |^)Cycling$/,
        said: { means: 'shutting-down' },
        example: '2024-05-01T10:00:00+00:00 heroku[web.1]: Cycling',
        explains: 'Heroku restarts each dyno about once a day, and its connections end.',
      },
    ]),
  ],
})
