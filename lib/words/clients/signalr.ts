import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'signalr',
  name: 'SignalR (JavaScript)',
  side: 'client',
  mark: /\bsignalr\b|\bHubConnection\b|\bnegotiat|\bConnection disconnected with error\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/clients/ts/signalr/src/HttpConnection.ts',
      [
        {
          id: 'negotiate',
          needle: 'Failed to complete negotiation with the server',
          pattern:
            /Failed to complete negotiation with the server: (?:Error: )?[^\n]{0,120}?Status code '(\d{3})'/i,
          said: ([, status]) => saidOfStatus(status),
          example:
            "Error: Failed to complete negotiation with the server: Error: Not Found: Status code '404'",
          explains: 'negotiate, a plain HTTP request before the WebSocket, was answered with this status.',
        },
        {
          id: 'negotiate-failed',
          needle: 'Failed to complete negotiation with the server',
          pattern:
            /Failed to complete negotiation with the server: (?:TypeError|Error): (?:Failed to fetch|Load failed|NetworkError)/i,
          said: { means: 'never-opened', application: 'signalr' },
          example: 'Error: Failed to complete negotiation with the server: TypeError: Failed to fetch',
          explains:
            'negotiate, a plain HTTP request before the WebSocket, failed. CORS, DNS, TCP and TLS all look like this.',
        },
        {
          id: 'no-transport',
          needle: 'Unable to connect to the server with any of the available transports',
          pattern: /Unable to connect to the server with any of the available transports/i,
          said: { means: 'never-opened', application: 'signalr' },
          example:
            'Error: Unable to connect to the server with any of the available transports. WebSockets failed: Error: WebSocket failed to connect.',
          explains: 'No transport of SignalR connected. The text behind it has the reason of each.',
        },
        {
          id: 'ws-failed',
          needle: 'WebSocket failed to connect',
          pattern: /WebSocket failed to connect\. The connection could not be found on the server/i,
          said: { means: 'session-unknown', application: 'signalr' },
          example:
            'Error: WebSocket failed to connect. The connection could not be found on the server, either the endpoint may not be a SignalR endpoint, the connection ID is not present on the server, or there is a proxy blocking WebSockets. If you have multiple servers check that sticky sessions are enabled.',
          explains:
            'The WebSocket was refused. With several servers the usual reason is that another one made the connection ID.',
        },
        {
          id: 'no-connection-id',
          needle: 'No Connection with that ID',
          pattern: /No Connection with that ID/i,
          said: { means: 'session-unknown', application: 'signalr' },
          example: 'No Connection with that ID: Status code 404',
          explains: 'The instance that answered does not know the connection ID. Another instance made it.',
        },
        {
          id: 'server-timeout',
          needle: 'Server timeout elapsed without receiving a message from the server',
          pattern: /Server timeout elapsed without receiving a message from the server/i,
          said: { means: 'ping-timeout', application: 'signalr' },
          example: 'Error: Server timeout elapsed without receiving a message from the server.',
          explains:
            'The client heard nothing for serverTimeoutInMilliseconds (30 s by default), so it ended the connection.',
        },
        {
          id: 'handshake-canceled',
          needle: 'Server returned handshake error',
          pattern: /Server returned handshake error: (?:Handshake was canceled|[^\n]{1,120})/i,
          said: { means: 'application-protocol', application: 'signalr' },
          example: 'Error: Server returned handshake error: Handshake was canceled.',
          explains:
            'SignalR’s own handshake after the opening failed: no first message within 15 s, or a protocol the hub does not have.',
        },
        {
          id: 'stopped',
          needle: 'The underlying connection was closed before the hub handshake could complete',
          pattern: /The underlying connection was closed before the hub handshake could complete/i,
          said: { means: 'dropped', application: 'signalr' },
          example: 'Error: The underlying connection was closed before the hub handshake could complete.',
          explains: 'The WebSocket opened and ended before SignalR’s first message was answered.',
        },
      ],
    ),
  ],
})
