import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/Marfusios/websocket-client/blob/master/src/Websocket.Client'
const client = `${repository}/WebsocketClient.cs`
const reconnecting = `${repository}/WebsocketClient.Reconnecting.cs`
const sending = `${repository}/WebsocketClient.Sending.cs`
const types = `${repository}/Models/DisconnectionType.cs`

export default defineProgram({
  id: 'websocket-client-net',
  name: 'Websocket.Client (.NET)',
  side: 'client',
  mark: /\bWebsocket\.Client\b|\[WEBSOCKET /,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'connecting-failed',
        needle: 'Exception while connecting. ',
        pattern:
          /\bException while connecting\. (?:Waiting \d{1,6} sec before next reconnection try|Reconnecting disabled, exiting)/,
        said: { means: 'nothing-said' },
        example: "Exception while connecting. Waiting 30 sec before next reconnection try. Error: 'x'",
        explains:
          'The attempt failed, and another follows unless reconnecting is off. The reason is behind “Error”.',
      },
      {
        id: 'stream-lost',
        needle: 'Listening websocket stream is lost',
        pattern: /\bListening websocket stream is lost\b/,
        said: { means: 'dropped' },
        example: 'Listening websocket stream is lost. Trying to reconnect...',
        explains: 'The connection was open and ended in an error. The line before it has the error.',
      },
      {
        id: 'closed-by-server',
        needle: ['Received close message', 'Websocket connection was closed by server'],
        pattern: /(?:^|\] )Received close message$|\bWebsocket connection was closed by server\b/,
        said: { means: 'closed-by-server' },
        example: '[WEBSOCKET CLIENT] Received close message',
        explains: 'The server sent a Close frame. Its code is in DisconnectionInfo.',
      },
    ]),
    ...phrasesOf(reconnecting, [
      {
        id: 'silence',
        needle: 'Last message received more than',
        pattern: /\bLast message received more than (\d{1,9}(?:\.\d{1,3})?) ms ago\b/,
        said: ([, ms]) => ({ means: 'ping-timeout', limitMs: Number(ms) }),
        example: 'Last message received more than 60000 ms ago. Hard restart..',
        explains: 'Nothing arrived within this client’s own ReconnectTimeout, and it ended the connection.',
      },
    ]),
    ...phrasesOf(sending, [
      {
        id: 'not-connected',
        needle: 'Client is not connected to server, cannot send',
        pattern: /\bClient is not connected to server, cannot send\b/,
        said: { means: 'lost' },
        example: 'Client is not connected to server, cannot send text: hi',
        explains: 'The program sent when the connection was not open. Why it was not is printed elsewhere.',
      },
    ]),
    ...phrasesOf(types, [
      {
        id: 'disconnection-lost',
        needle: 'Disconnection',
        pattern: /\bDisconnection(?:Type\.| happened, type: )(?:Lost|Error)\b/,
        said: { means: 'lost' },
        example: 'Disconnection happened, type: Lost',
        explains: 'TCP ended, or the attempt failed. The exception beside it says how.',
      },
      {
        id: 'disconnection-by-server',
        needle: 'Disconnection',
        pattern: /\bDisconnection(?:Type\.| happened, type: )ByServer\b/,
        said: { means: 'closed-by-server' },
        example: 'Disconnection happened, type: ByServer',
        explains: 'The server sent a Close frame.',
      },
      {
        id: 'disconnection-by-user',
        needle: 'Disconnection',
        pattern: /\bDisconnection(?:Type\.| happened, type: )(?:ByUser|Exit)\b/,
        said: { means: 'closed-by-client' },
        example: 'Disconnection happened, type: ByUser',
        explains: 'The program itself ended the connection.',
      },
      {
        id: 'disconnection-silence',
        needle: 'Disconnection',
        pattern: /\bDisconnection(?:Type\.| happened, type: )NoMessageReceived\b/,
        said: { means: 'ping-timeout' },
        example: 'Disconnection happened, type: NoMessageReceived',
        explains: 'Nothing arrived within this client’s own ReconnectTimeout, and it ended the connection.',
      },
      {
        id: 'reconnected',
        needle: 'Reconnection happened, type: ',
        pattern: /\bReconnection happened, type: (?:Initial|Lost|NoMessageReceived|Error|ByUser|ByServer)\b/,
        said: { means: 'opened' },
        example: 'Reconnection happened, type: Lost',
        explains:
          'The connection is open. The type says why the one before it had ended; “Initial” is the first.',
      },
    ]),
  ],
})
