import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const protocol = 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md'
const client = 'https://github.com/enisdenjo/graphql-ws/blob/master/src/client.ts'

const application = 'graphql-transport-ws'
const serverUse = 'https://github.com/enisdenjo/graphql-ws/blob/master/src/use/ws.ts'

const ASK_FOR_IT =
  'Have the client ask for the subprotocol graphql-transport-ws. In Apollo Client that is GraphQLWsLink with the package graphql-ws, in Apollo iOS and Apollo Kotlin the protocol of that name. A server for older clients runs subscriptions-transport-ws, whose subprotocol is called graphql-ws.'

export default defineProgram({
  id: 'graphql-ws',
  name: 'graphql-ws',
  side: 'client',
  phrases: [
    ...phrasesOf(protocol, [
      reason(
        4400,
        'Invalid message received',
        'application-protocol',
        'The server could not read a message as one of this protocol. A client of subscriptions-transport-ws looks like this.',
      ),
      reason(
        4406,
        'Subprotocol not acceptable',
        'application-protocol',
        'The client asked for another subprotocol than graphql-transport-ws, or for none.',
        { fix: ASK_FOR_IT },
      ),
      reason(
        4408,
        'Connection initialisation timeout',
        'first-message-missing',
        'No ConnectionInit message came in 3 s. A client of the older protocol sends it too, so this one sent nothing.',
      ),
      reason(
        4429,
        'Too many initialisation requests',
        'application-protocol',
        'The client sent a second ConnectionInit message.',
      ),
      reason(
        4504,
        'Connection acknowledgement timeout',
        'application-protocol',
        'The server did not acknowledge the connection in time, and the client closed. A server of the older protocol looks like this.',
        { way: 'sent' },
      ),
    ]),
    ...phrasesOf(client, [
      {
        id: 'first-message',
        needle: 'First message cannot be of type',
        pattern: /First message cannot be of type \w{1,40}/,
        said: { means: 'application-protocol', application },
        example: 'Error: First message cannot be of type ka',
        explains:
          'The server answered in another protocol. “ka” and “data” are of subscriptions-transport-ws.',
      },
      {
        id: 'no-implementation',
        needle: 'WebSocket implementation missing',
        pattern: /WebSocket implementation missing; on Node you can/,
        said: { means: 'nothing-said', application },
        example: "Error: WebSocket implementation missing; on Node you can `import WebSocket from 'ws';`",
        explains: 'This runtime has no WebSocket of its own. No connection was tried.',
      },
      {
        id: 'message-type',
        needle: ["'type' property", " expects the '"],
        pattern:
          /\bMessage is missing the 'type' property|\bInvalid message 'type' property "[^"\n]{1,40}"|\bMessage (?:with [^\n]{1,60} )?expects the '\w{1,20}' property/,
        said: { means: 'application-protocol', application },
        example: 'Error: Invalid message \'type\' property "start"',
        explains:
          'The other end speaks another protocol above WebSocket: “start” and “data” are those of subscriptions-transport-ws.',
      },
    ]),
    ...phrasesOf(serverUse, [
      {
        id: 'unsupported-subprotocol',
        needle: 'an unsupported subprotocol "',
        pattern:
          /\bmost likely caused (?:by|due to) an unsupported subprotocol "([^"\n]{0,60})" requested by the client\b/,
        said: { means: 'application-protocol', application },
        side: 'server',
        example:
          'WebSocket protocol error occured. It was most likely caused due to an unsupported subprotocol "graphql-ws" requested by the client. graphql-ws implements exclusively the "graphql-transport-ws" subprotocol, please make sure that the client implements it too.',
        explains:
          'The client is of the older library: “graphql-ws” is the subprotocol of subscriptions-transport-ws.',
        fix: ASK_FOR_IT,
      },
    ]),
  ],
})

function reason(
  code: number,
  text: string,
  means: Meaning,
  explains: string,
  { way, fix }: { way?: 'sent'; fix?: string } = {},
): Omit<Phrase, 'source'> {
  return {
    id: `close-${code}`,
    needle: text,
    // The words alone are anybody's; with the code beside them they are this protocol's.
    pattern: new RegExp(`\\b${code}\\b[^\\n]{0,30}\\b${text}\\b|\\b${text}\\b[^\\n]{0,30}\\b${code}\\b`, 'i'),
    said: { means, close: { code, reason: text, ...(way !== undefined && { way }) }, application },
    example: `${code}: ${text}`,
    explains,
    ...(fix !== undefined && { fix }),
  }
}
