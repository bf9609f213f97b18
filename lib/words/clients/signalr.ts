import { saidOfClose } from '#lib/words/close-words.ts'
import { corsPhrases } from '#lib/words/cors.ts'
import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/clients/ts/signalr/src'
const transport = `${repository}/WebSocketTransport.ts`
const http = `${repository}/HttpConnection.ts`
const hub = `${repository}/HubConnection.ts`
const dispatcher =
  'https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/common/Http.Connections/src/Internal/HttpConnectionDispatcher.cs'

const application = 'signalr'

export default defineProgram({
  id: 'signalr',
  name: 'SignalR (JavaScript)',
  side: 'client',
  mark: /\bSignalR\b|\((?:WebSockets|LongPolling|SSE) transport\)|\bHubConnection\b|negotiation with the server/,
  phrases: [
    ...corsPhrases({
      application,
      source: 'https://learn.microsoft.com/en-us/aspnet/core/signalr/security#cross-origin-resource-sharing',
      address: 'negotiate\\b',
      example: 'https://app.example/hub/negotiate?negotiateVersion=1',
      explains:
        'The first HTTP request (…/negotiate) was answered without this page’s origin, before any WebSocket. An error page without CORS headers looks the same.',
      fix: 'Name the origin of the page in the server’s CORS policy: WithOrigins(…), AllowAnyHeader(), AllowAnyMethod() and AllowCredentials(). Put UseCors before MapHub. SignalR sends credentials, so that a wildcard is not enough.',
    }),
    ...phrasesOf(http, [
      {
        id: 'negotiation-request',
        needle: '/negotiate?',
        pattern: /\bPOST https?:\/\/[^\s?]{1,1900}\/negotiate\?\S{0,800} (?:net::ERR_FAILED )?([45]\d{2})\b/,
        said: ([, status]) => ({ ...saidOfStatus(status), application }),
        example: 'POST https://app.example/hub/negotiate?negotiateVersion=1 401 (Unauthorized)',
        explains: 'The first HTTP request (…/negotiate) was answered with this status, before any WebSocket.',
      },
      {
        id: 'negotiation-status',
        needle: 'Failed to complete negotiation with the server',
        pattern: /Failed to complete negotiation with the server: [^\n]{0,200}?Status code '(\d{3})'/i,
        said: ([, status]) => ({ ...saidOfStatus(status), application }),
        example: "Error: Failed to complete negotiation with the server: Error: Not Found: Status code '404'",
        explains: 'The first HTTP request (…/negotiate) was answered with this status, before any WebSocket.',
      },
      {
        id: 'negotiation-failed',
        needle: 'Failed to complete negotiation with the server',
        pattern:
          /Failed to complete negotiation with the server: (?:TypeError|Error: (?:Failed to fetch|A timeout occurred|The connection was stopped))/i,
        said: { means: 'never-opened', application },
        example: 'Error: Failed to complete negotiation with the server: TypeError: Failed to fetch',
        explains:
          'The first HTTP request (…/negotiate) failed, before any WebSocket: a wrong address, CORS, a certificate, or a server that is down.',
      },
      {
        id: 'negotiation-not-json',
        needle: 'Failed to complete negotiation with the server',
        pattern: /Failed to complete negotiation with the server: SyntaxError/i,
        said: { means: 'no-route', application },
        example:
          'Error: Failed to complete negotiation with the server: SyntaxError: Unexpected token \'<\', "<!doctype "... is not valid JSON',
        explains:
          'The first HTTP request (…/negotiate) was answered with a page. Another program has this path.',
      },
      {
        id: 'long-polling',
        needle: 'Long Polling fallback transport',
        pattern: /\bFailed to connect via WebSockets, using the Long Polling fallback transport\b/,
        said: { means: 'never-opened', application },
        example:
          'Warning: Failed to connect via WebSockets, using the Long Polling fallback transport. This may be due to a VPN or proxy blocking the connection.',
        explains: 'The WebSocket of Blazor did not open. Its messages go by HTTP requests instead.',
      },
      {
        id: 'circuit',
        needle: 'Failed to start the circuit',
        pattern: /\bFailed to start the circuit\b/,
        said: { means: 'nothing-said', application },
        example: 'Error: Failed to start the circuit.',
        explains: 'Blazor’s connection did not begin. The lines above say why.',
      },
      {
        id: 'no-transport',
        needle: 'with any of the available transports',
        pattern: /Unable to connect to the server with any of the available transports/i,
        said: { means: 'never-opened', application },
        example:
          'Error: Unable to connect to the server with any of the available transports. Error: WebSockets failed: Error: There was an error with the transport.',
        explains: 'Each transport failed. The reasons follow in the same line.',
      },
      {
        id: 'no-common-transport',
        needle: 'None of the transports supported by the client',
        pattern: /None of the transports supported by the client are supported by the server/i,
        said: { means: 'no-websocket-support', application },
        example: 'Error: None of the transports supported by the client are supported by the server.',
        explains:
          'The server offers no transport that this client uses. On IIS, the WebSocket feature can be missing.',
      },
      {
        id: 'asp-net-signalr',
        needle: 'ASP.NET SignalR Server',
        pattern: /Detected a connection attempt to an ASP\.NET SignalR Server/i,
        said: { means: 'application-protocol', application },
        example:
          'Error: Detected a connection attempt to an ASP.NET SignalR Server. This client only supports connecting to an ASP.NET Core SignalR Server.',
        explains: 'The server is of the older ASP.NET SignalR, and the client of ASP.NET Core’s.',
      },
    ]),
    ...phrasesOf(transport, [
      {
        id: 'closed',
        needle: 'WebSocket closed with status code',
        pattern: /WebSocket closed with status code: (\d{4})(?: \(([^()\n]{0,123})\))?/i,
        said: ([, code, reason]) => closed(Number(code), reason),
        example:
          "Error: Connection disconnected with error 'Error: WebSocket closed with status code: 1006 (no reason given).'.",
        explains: 'The connection was open and ended with this code. 1006 says that no Close frame came.',
      },
      {
        id: 'disconnected',
        needle: 'Information: Connection disconnected.',
        pattern: /\bInformation: Connection disconnected\./,
        said: { means: 'nothing-said', application },
        example: '[2026-05-01T10:00:00.000Z] Information: Connection disconnected.',
        explains: 'The connection ended without an error that SignalR knows of.',
      },
      {
        id: 'could-not-be-found',
        needle: 'The connection could not be found on the server',
        pattern:
          /(?:WebSocket|EventSource) failed to connect\. The connection could not be found on the server/i,
        // The negotiation before it had an answer: the host, its port and its certificate are in order.
        said: { means: 'bad-answer', unsure: true, application },
        example:
          'Error: WebSocket failed to connect. The connection could not be found on the server, either the endpoint may not be a SignalR endpoint, the connection ID is not present on the server, or there is a proxy blocking WebSockets. If you have multiple servers check that sticky sessions are enabled.',
        explains:
          'The WebSocket did not open after a negotiation that worked. The message lists what it can be.',
      },
      {
        id: 'transport-error',
        needle: 'There was an error with the transport',
        pattern: /There was an error with the transport/i,
        said: { means: 'never-opened', application },
        example:
          "Error: Failed to start the transport 'WebSockets': Error: There was an error with the transport.",
        explains: 'The browser reported an error event, which has no reason. The console has it.',
      },
      {
        id: 'not-open',
        needle: 'WebSocket is not in the OPEN state',
        pattern: /WebSocket is not in the OPEN state/i,
        said: { means: 'lost', application },
        example: 'WebSocket is not in the OPEN state',
        explains: 'The client sent on a connection that had ended.',
      },
      {
        id: 'connected',
        needle: 'WebSocket connected to',
        pattern: /WebSocket connected to (wss?:\/\/[!-~]{1,1900})/i,
        said: ([, url = '']) => ({ means: 'opened', application, url: url.replace(/\.$/, '') }),
        example: 'Information: WebSocket connected to wss://app.example/hub?id=Wv2xY1.',
        explains: 'The WebSocket opened.',
      },
    ]),
    ...phrasesOf(hub, [
      {
        id: 'server-timeout',
        needle: 'Server timeout elapsed',
        pattern: /Server timeout elapsed without receiving a message from the server/i,
        said: { means: 'ping-timeout', application },
        example: 'Error: Server timeout elapsed without receiving a message from the server.',
        explains:
          'Nothing arrived within serverTimeoutInMilliseconds (30 s, if it was not set), and the client gave up. The server pings every 15 s.',
      },
      {
        id: 'handshake-canceled',
        needle: 'Server returned handshake error',
        pattern: /Server returned handshake error: Handshake was cancell?ed/i,
        said: { means: 'first-message-missing', application },
        example: 'Error: Server returned handshake error: Handshake was canceled.',
        explains: 'The server waited for the first message of SignalR and it did not come in 15 s.',
      },
      {
        id: 'handshake-protocol',
        needle: 'Server returned handshake error',
        pattern: /Server returned handshake error: The (?:protocol|server does not support version)/i,
        said: { means: 'application-protocol', application },
        example: "Error: Server returned handshake error: The protocol 'messagepack' is not supported.",
        explains: 'Client and server share no hub protocol, or no version of it.',
      },
      {
        id: 'handshake-failed',
        needle: 'An unexpected error occurred during connection handshake',
        pattern: /\bAn unexpected error occurred during connection handshake\b/i,
        said: { means: 'application-protocol', unsure: true, application },
        side: 'server',
        example:
          'Error: Server returned handshake error: An unexpected error occurred during connection handshake.',
        explains:
          'The transport opened, and the server threw over the client’s first message: it is not SignalR’s, or of another version. The server’s log has the exception.',
      },
      {
        id: 'closed-before-handshake',
        needle: 'before the hub handshake could complete',
        pattern:
          /The (?:underlying connection was closed|connection was stopped) before the hub handshake could complete/i,
        said: { means: 'lost', application },
        example: 'Error: The underlying connection was closed before the hub handshake could complete.',
        explains: 'The WebSocket opened and ended before the first messages of SignalR were exchanged.',
      },
      {
        id: 'server-error',
        needle: 'Server returned an error on close',
        pattern: /Server returned an error on close: (?:Connection closed with an error)?/i,
        said: { means: 'handler-failed', phase: 'open', application },
        side: 'server',
        example: 'Error: Server returned an error on close: Connection closed with an error.',
        explains: 'An exception on the server ended the connection. Its log has it.',
      },
      {
        id: 'close-message',
        needle: 'Close message received from server',
        pattern: /Close message received from server/i,
        said: { means: 'closed-by-server', application },
        example: 'Information: Close message received from server.',
        explains: 'The server ended the connection in order, by a message of SignalR.',
      },
      {
        id: 'stopped-in-negotiation',
        needle: 'The connection was stopped during negotiation',
        pattern: /The connection was stopped during negotiation/i,
        said: { means: 'closed-by-page', application },
        example: 'Error: The connection was stopped during negotiation.',
        explains:
          'The program called stop() before the connection was open, as an effect that runs twice does.',
      },
      {
        id: 'wrong-state',
        needle: 'Cannot ',
        pattern:
          /\bCannot (?:send data if the connection is not in|start a HubConnection that is not in) the '\w{1,20}' [Ss]tate\b/,
        said: { means: 'used-too-early', application },
        example: "Error: Cannot send data if the connection is not in the 'Connected' State.",
        explains:
          'The program invoked the hub before start() had finished, after the end, or started it twice.',
      },
      {
        id: 'reconnecting',
        needle: 'econnect',
        pattern:
          /\bReconnect attempt number \d{1,4} will start in \d{1,9} ms\b|(?:^|Information: )Connection reconnecting\.$|\bReconnect attempt failed because of error\b|\bReconnect retries have been exhausted after\b/,
        said: { means: 'nothing-said', application },
        example: 'Information: Reconnect attempt number 1 will start in 0 ms.',
        explains:
          'The connection ended and another attempt follows, or none does any more. The reason is printed before it.',
      },
      {
        id: 'transport-disabled',
        needle: 'The transport is disabled by the client',
        pattern: /\bThe transport is disabled by the client\b/,
        said: { means: 'transport-unknown', application },
        example: 'WebSockets failed: The transport is disabled by the client.',
        explains: 'The program’s own options leave this transport out.',
      },
    ]),
    ...phrasesOf(
      dispatcher,
      [
        {
          id: 'no-connection-id',
          needle: 'No Connection with that ID',
          pattern: /\bNo Connection with that ID\b(?:: Status code '404')?/i,
          said: { means: 'session-unknown' as const, application, status: 404 },
          example: 'No Connection with that ID',
          explains:
            'The instance that answered did not negotiate this connection: several instances without sticky sessions.',
        },
        {
          id: 'connection-id-required',
          needle: 'Connection ID required',
          pattern: /\bConnection ID required\b/i,
          said: { means: 'application-protocol' as const, application, status: 400 },
          example: 'Connection ID required',
          explains:
            'The request is plain, without an id and without an Upgrade header. A proxy removed it, or the client does not use SignalR.',
        },
      ].map((phrase) => ({ ...phrase, side: 'server' as const })),
    ),
  ],
})

/** Said only of a connection that was open. */
function closed(code: number, text: string | undefined): Said {
  const reason = text === undefined || text === 'no reason given' ? '' : text
  const close = { code, reason }
  return code === 1006 ? { means: 'dropped', close, application } : { ...saidOfClose(close), application }
}
