import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client = 'https://github.com/livekit/client-sdk-js/blob/main/src/api/SignalClient.ts'
const service = 'https://github.com/livekit/livekit/blob/master/pkg/service/auth.go'

export default defineProgram({
  id: 'livekit',
  name: 'LiveKit',
  side: 'server',
  mark: /\blivekit\b/i,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'signal',
        needle: 'could not establish signal connection',
        pattern: /\bcould not establish signal connection(?:: [^\n]{0,120})?/i,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'ConnectionError: could not establish signal connection',
        explains:
          'The WebSocket to LiveKit did not open. The line before it, or the network panel, has the reason.',
      },
      {
        id: 'reconnect',
        needle: 'websocket closed during a (re)connection attempt',
        pattern: /\bwebsocket closed during a \(re\)connection attempt\b/i,
        said: { means: 'lost' },
        side: 'client',
        example: 'Websocket closed during a (re)connection attempt',
        explains: 'The WebSocket ended before LiveKit’s first answer came.',
      },
      {
        id: 'ping',
        needle: 'ping timeout triggered',
        pattern: /\bping timeout triggered\. last pong received at: [^\n]{1,60}/,
        said: { means: 'ping-timeout' },
        side: 'client',
        example: 'ping timeout triggered. last pong received at: Wed, 01 May 2024 10:00:00 GMT',
        explains: 'LiveKit did not answer the client’s ping in time.',
      },
      {
        id: 'join-response',
        needle: 'join response',
        pattern: /\bdid not receive join response\b[^\n]{0,80}/,
        said: { means: 'first-message-missing', unsure: true },
        side: 'client',
        example: 'did not receive join response. got undefined instead',
        explains: 'What came first is not LiveKit’s answer to the join.',
      },
      {
        id: 'region',
        needle: 'Could not fetch region settings',
        pattern: /\bCould not fetch region settings\b(?:: |\. Server responded with )?(\d{3})?/i,
        said: ([, status]) =>
          status === '401' || status === '403'
            ? { means: 'unauthorized' as const, status: Number(status) }
            : { means: 'nothing-said' as const },
        side: 'client',
        example: 'Could not fetch region settings. Server responded with 401',
        explains: 'The HTTP request before the WebSocket was refused.',
      },
    ]),
    ...phrasesOf(service, [
      {
        id: 'token',
        needle: 'invalid authorization token',
        pattern: /\binvalid authorization token\b/,
        said: { means: 'unauthorized', status: 401 },
        example:
          'invalid authorization token: go-jose/go-jose/jwt: validation failed, token is expired (exp)',
        explains: 'The access token ran out, is not valid yet, or was signed with another secret.',
      },
      {
        id: 'api-key',
        needle: 'invalid API key',
        pattern: /^\W{0,3}(?:\S{1,60} )?invalid API key\b(?:: \S{1,60})?/,
        said: { means: 'unauthorized', status: 401 },
        example: 'invalid API key: APIabc123',
        explains: 'The token names a key that this server does not have.',
      },
      {
        id: 'permission',
        needle: 'no permissions to access the room',
        pattern: /\bno permissions to access the room\b/,
        said: { means: 'unauthorized', status: 401 },
        example: 'no permissions to access the room',
        explains: 'The token has no grant to join this room.',
      },
      {
        id: 'room',
        needle: 'requested room does not exist',
        pattern: /\brequested room does not exist\b/,
        said: { means: 'no-route', status: 404 },
        example: 'requested room does not exist',
        explains: 'The room is not there, and the server does not make it by itself.',
      },
    ]),
  ],
})
