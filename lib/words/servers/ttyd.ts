import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const ttyd = 'https://github.com/tsl0922/ttyd/blob/main/src/protocol.c'
const gotty = 'https://github.com/sorenisanerd/gotty/blob/master/server/handlers.go'
const buffers = 'https://github.com/sorenisanerd/gotty/blob/master/webtty/webtty.go'

export default defineProgram({
  id: 'ttyd',
  name: 'ttyd and GoTTY (terminals in a page)',
  side: 'server',
  phrases: [
    ...phrasesOf(ttyd, [
      {
        id: 'full',
        needle: 'refuse to serve WS client due to the --',
        pattern: /\brefuse to serve WS client due to the --(?:once|max-clients) option\b/,
        said: { means: 'too-many-connections' },
        example: 'W: refuse to serve WS client due to the --once option.',
        explains: 'As many clients are connected as --max-clients or --once allows.',
      },
      {
        id: 'path',
        needle: 'refuse to serve WS client for illegal ws path',
        pattern: /\brefuse to serve WS client for illegal ws path: \S{1,300}/,
        said: { means: 'no-route' },
        example: 'W: refuse to serve WS client for illegal ws path: /term/ws',
        explains: 'The path is not the one of --base-path with ws behind it. A proxy passes another path on.',
      },
      {
        id: 'origin',
        needle: 'refuse to serve WS client from different origin',
        pattern: /\brefuse to serve WS client from different origin due to the --check-origin option\b/,
        said: { means: 'origin-refused' },
        example: 'W: refuse to serve WS client from different origin due to the --check-origin option.',
        explains: 'The host of the page is not the Host header that arrived. A proxy may have changed it.',
      },
      {
        id: 'unauthenticated',
        needle: 'WS client not authenticated',
        pattern: /\bWS client not authenticated\b/,
        said: { means: 'first-message-missing', unsure: true },
        example: 'W: WS client not authenticated',
        explains: 'The client sent something before its token. ttyd ends the connection.',
      },
      {
        id: 'token',
        needle: 'WS authentication failed with token',
        pattern: /\bWS authentication failed with token\b/,
        said: { means: 'unauthorized', phase: 'open' },
        example: 'W: WS authentication failed with token: ***',
        explains: 'The token of the first message is not that of --credential. ttyd closes with 1008.',
      },
      {
        id: 'opened',
        needle: ', clients: ',
        pattern: /\bWS {1,3}\/\S{0,300} - [\d.:a-f]{2,45}, clients: \d{1,6}\b/,
        said: { means: 'opened' },
        example: 'N: WS   /ws - 10.0.0.9, clients: 1',
        explains: 'A client is connected.',
      },
      {
        id: 'closed',
        needle: 'WS closed from ',
        pattern: /\bWS closed from [\d.:a-f]{2,45}, clients: \d{1,6}\b/,
        said: { means: 'ended' },
        example: 'N: WS closed from 10.0.0.9, clients: 0',
        explains: 'A client is gone. ttyd writes this for every one.',
      },
    ]),
    ...phrasesOf(gotty, [
      {
        id: 'gotty-limit',
        needle: 'exceeding max number of connections',
        pattern: /\bexceeding max number of connections\b/,
        said: { means: 'too-many-connections' },
        example: 'Connection closed by exceeding max number of connections: 10.0.0.9:51442, connections: 5/5',
        explains: 'As many clients are connected as --max-connection allows.',
      },
      {
        id: 'gotty-auth',
        needle: 'failed to authenticate websocket connection',
        pattern: /\bfailed to authenticate websocket connection\b/,
        said: { means: 'unauthorized' },
        example: 'failed to authenticate websocket connection',
        explains: 'The first message has not the token that the page was given.',
      },
      {
        id: 'gotty-opened',
        needle: 'New client connected: ',
        pattern: /\bNew client connected: \S{3,60}, connections: \d{1,6}\/\d{1,6}\b/,
        said: { means: 'opened' },
        example: 'New client connected: 10.0.0.9:51442, connections: 1/0',
        explains: 'A client is connected.',
      },
      {
        id: 'gotty-closed',
        needle: 'Connection closed by ',
        pattern:
          /\bConnection closed by (?:client|local command|cancelation): \S{3,60}, connections: \d{1,6}\/\d{1,6}\b/,
        said: { means: 'ended' },
        example: 'Connection closed by client: 10.0.0.9:51442, connections: 0/0',
        explains: 'A connection ended in order: the client left, or the command ended.',
      },
    ]),
    ...phrasesOf(buffers, [
      {
        id: 'gotty-buffer',
        needle: 'Client message exceeded buffer size',
        pattern: /\bClient message exceeded buffer size\b/,
        said: { means: 'too-big' },
        example: 'Client message exceeded buffer size',
        explains: 'The client sent a message that is longer than GoTTY’s buffer.',
      },
    ]),
  ],
})
