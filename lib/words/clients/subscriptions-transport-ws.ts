import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client = 'https://github.com/apollographql/subscriptions-transport-ws/blob/master/src/client.ts'
const server = 'https://github.com/apollographql/subscriptions-transport-ws/blob/master/src/server.ts'
const apollo = 'https://github.com/apollographql/apollo-client/blob/main/src/link/subscriptions/index.ts'

const application = 'graphql-ws'

export default defineProgram({
  id: 'subscriptions-transport-ws',
  name: 'subscriptions-transport-ws and Apollo Client',
  side: 'client',
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'not-sent',
        needle: 'A message was not sent because socket is not connected',
        pattern:
          /A message was not sent because socket is not connected, is closing or (?:is )?already closed/,
        said: { means: 'lost', application },
        example:
          'Error: A message was not sent because socket is not connected, is closing or already closed. Message was: {"type":"start"}',
        explains: 'The client sent on a connection that had ended, or that never opened.',
      },
      {
        id: 'not-json',
        needle: 'Message must be JSON-parseable',
        pattern: /Message must be JSON-parseable\. Got: /,
        said: { means: 'application-protocol', application },
        example: 'Error: Message must be JSON-parseable. Got: hello',
        explains: 'The server sent a message that is not of this protocol.',
      },
      {
        id: 'no-implementation',
        needle: 'Unable to find native implementation',
        pattern: /\bUnable to find native implementation, or alternative implementation for WebSocket\b/,
        said: { means: 'nothing-said', application },
        example: 'Error: Unable to find native implementation, or alternative implementation for WebSocket!',
        explains:
          'Where the program runs there is no global WebSocket, and none was given to it. No connection was tried.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'invalid-message-type',
        needle: 'Invalid message type!',
        pattern: /\bInvalid message type!/,
        said: { means: 'application-protocol', application },
        example: '{"type":"error","payload":{"message":"Invalid message type!"}}',
        explains:
          'A message is not of this protocol. A client of graphql-ws (graphql-transport-ws) looks like this.',
      },
      {
        id: 'connection-error',
        needle: '"connection_error"',
        pattern:
          /"type" ?: ?"connection_error"(?=[^\n]{0,600}?(?:\bauth\w{0,16}|\btokens?\b|\bjwt\b|\bcredential|\bun-?authori[sz]ed\b|\bforbidden\b|\bsession\b|\bpermission|\baccess.?(?:key|denied)\b|\bsecret\b))/i,
        said: { means: 'unauthorized', unsure: true, application },
        side: 'server',
        example: '{"type":"connection_error","payload":{"message":"Missing auth token!"}}',
        explains: 'The server did not accept the parameters of connection_init.',
      },
      {
        id: 'prohibited',
        needle: 'Prohibited connection!',
        pattern: /\bProhibited connection!/,
        said: { means: 'unauthorized', application },
        example: '{"type":"connection_error","payload":{"message":"Prohibited connection!"}}',
        explains: 'The server’s onConnect returned false: it does not accept the client’s parameters.',
      },
    ]),
    ...phrasesOf(apollo, [
      {
        id: 'apollo-socket-closed',
        needle: 'Socket closed with event',
        pattern: /Socket closed with event (\d{4})\b ?([^\n]{0,123})/,
        said: ([, code, reason = '']) => ({
          means: 'close',
          close: { code: Number(code), reason: reason.trim() },
        }),
        example: 'ApolloError: Socket closed with event 4403 Forbidden',
        explains: 'The connection of GraphQlWsLink ended with this code and reason.',
      },
    ]),
  ],
})
