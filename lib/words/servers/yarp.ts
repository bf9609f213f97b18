import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const forwarder = 'https://github.com/dotnet/yarp/blob/main/src/ReverseProxy/Forwarder/HttpForwarder.cs'
const balancer =
  'https://github.com/dotnet/yarp/blob/main/src/ReverseProxy/LoadBalancing/LoadBalancingMiddleware.cs'

/** `ForwarderError: its sentence`, with either of them alone. */
const failure = (error: string, words: string, said: Said, explains: string): Omit<Phrase, 'source'> => ({
  id: error.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(),
  needle: words,
  pattern: new RegExp(`(?:\\b${error}: )?${words.replaceAll('.', '\\.')}`),
  said,
  example: `${error}: ${words}`,
  explains,
})

export default defineProgram({
  id: 'yarp',
  name: 'YARP',
  side: 'proxy',
  mark: /\bYarp\.ReverseProxy\b|\b(?:Request|RequestTimedOut|RequestCanceled|Upgrade(?:Request|Response)\w{6,11}|UpgradeActivityTimeout): /,
  phrases: [
    ...phrasesOf(forwarder, [
      failure(
        'Request',
        'An error was encountered before receiving a response.',
        { means: 'backend-refused', unsure: true },
        'The destination did not accept the connection, or ended it before it answered. The exception below says which. The client gets 502.',
      ),
      failure(
        'RequestTimedOut',
        'The request timed out before receiving a response.',
        { means: 'backend-timeout', unsure: true },
        'The destination did not answer within the activity timeout, 100 s where nothing is set. The client gets 504.',
      ),
      failure(
        'RequestCanceled',
        'The request was canceled before receiving a response.',
        { means: 'lost', phase: 'handshake' },
        'The client went away before the destination answered.',
      ),
      failure(
        'UpgradeActivityTimeout',
        'The WebSocket connection was closed after being idle longer than the Activity Timeout.',
        { means: 'idle-timeout' },
        'Nothing was sent in either direction for longer than the activity timeout, 100 s where nothing is set.',
      ),
      failure(
        'UpgradeRequestDestination',
        'The destination reported an error when copying the upgraded request body.',
        { means: 'dropped' },
        'The connection was open, and the destination ended it while a message was on its way there.',
      ),
      failure(
        'UpgradeResponseDestination',
        'The destination reported an error when copying the upgraded response body.',
        { means: 'dropped' },
        'The connection was open, and the destination ended it.',
      ),
      failure(
        'UpgradeRequestClient',
        'The client reported an error when copying the upgraded request body.',
        { means: 'dropped' },
        'The connection was open, and the client ended it without a Close frame.',
      ),
      failure(
        'UpgradeResponseClient',
        'The client reported an error when copying the upgraded response body.',
        { means: 'dropped' },
        'The connection was open, and the client ended it while a message was on its way there.',
      ),
      {
        id: 'upgrade-canceled',
        needle: 'Copying the upgraded',
        pattern: /\bCopying the upgraded (?:request|response) body was canceled\b/,
        said: { means: 'lost', phase: 'open' },
        example: 'UpgradeRequestCanceled: Copying the upgraded request body was canceled.',
        explains: 'The connection was open, and the other direction of it had ended.',
      },
      {
        id: 'http2-retry',
        needle: 'Unable to proxy the WebSocket using HTTP/2',
        pattern: /\bUnable to proxy the WebSocket using HTTP\/2\b/,
        said: { means: 'connecting' },
        example:
          'Unable to proxy the WebSocket using HTTP/2, the server does not support RFC 8441, retrying with HTTP/1.1.',
        explains: 'The destination takes no WebSocket over HTTP/2, and is asked again over HTTP/1.1.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'no-destination',
        needle: ['No available destinations', 'No destinations found', 'NoAvailableDestinations'],
        pattern:
          /\bNo available destinations after load balancing for cluster\b|\bNo destinations found for cluster\b|\bNoAvailableDestinations\b/,
        said: { means: 'no-backend', status: 503 },
        example: "No available destinations after load balancing for cluster 'chat'.",
        explains: 'No destination of the cluster is healthy. The client gets 503.',
      },
    ]),
  ],
})
