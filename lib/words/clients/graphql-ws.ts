import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const protocol = 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md'
const client = 'https://github.com/enisdenjo/graphql-ws/blob/master/src/client.ts'

const application = 'graphql-transport-ws'

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
        'sent',
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
    ]),
  ],
})

function reason(
  code: number,
  text: string,
  means: Meaning,
  explains: string,
  way?: 'sent',
): Omit<Phrase, 'source'> {
  return {
    id: `close-${code}`,
    needle: text,
    // The words alone are anybody's; with the code beside them they are this protocol's.
    pattern: new RegExp(`\\b${code}\\b[^\\n]{0,30}\\b${text}\\b|\\b${text}\\b[^\\n]{0,30}\\b${code}\\b`, 'i'),
    said: { means, close: { code, reason: text, ...(way !== undefined && { way }) }, application },
    example: `${code}: ${text}`,
    explains,
  }
}
