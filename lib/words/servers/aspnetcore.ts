import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/dotnet/aspnetcore/blob/main/src'
const dispatcher = `${repository}/SignalR/common/Http.Connections/src/Internal/HttpConnectionDispatcher.cs`
const transport = `${repository}/SignalR/common/Http.Connections/src/Internal/Transports/WebSocketsServerTransport.Log.cs`
const hub = `${repository}/SignalR/server/Core/src/HubConnectionContext.Log.cs`
const handler = `${repository}/SignalR/server/Core/src/HubConnectionHandler.cs`
const hubClient = `${repository}/SignalR/clients/csharp/Client.Core/src/HubConnection.cs`
const httpClient = `${repository}/SignalR/clients/csharp/Http.Connections.Client/src/HttpConnection.cs`
const kestrel = `${repository}/Servers/Kestrel/Core/src/CoreStrings.resx`
const middleware = `${repository}/Middleware/WebSockets/src/WebSocketMiddleware.cs`
const hosting = 'https://learn.microsoft.com/en-us/aspnet/core/fundamentals/host/generic-host'
const iis = 'https://learn.microsoft.com/en-us/aspnet/core/host-and-deploy/azure-iis-errors-reference'

export default defineProgram({
  id: 'aspnetcore',
  name: 'ASP.NET Core (Kestrel, SignalR, IIS)',
  side: 'server',
  mark: /\bMicrosoft\.AspNetCore\b|\bMicrosoft\.Hosting\b/,
  phrases: [
    ...phrasesOf(dispatcher, [
      {
        id: 'transport-not-supported',
        needle: 'transport not supported by this end',
        pattern: /\b(?:WebSockets )?transport not supported by this end ?point type\b/i,
        said: { means: 'no-websocket-support', application: 'signalr' },
        example: 'WebSockets transport not supported by this end point type',
        explains: 'The hub’s options do not allow WebSockets.',
      },
    ]),
    ...phrasesOf(handler, [
      {
        id: 'hub-message-too-big',
        needle: 'The maximum message size of ',
        pattern: /\bThe maximum message size of (\d{1,12})B was exceeded\b/,
        said: ([, bytes]) => ({ means: 'too-big', limitBytes: Number(bytes), application: 'signalr' }),
        example:
          'System.IO.InvalidDataException: The maximum message size of 32768B was exceeded. The message size can be configured in AddHubOptions.',
        explains:
          'A message for the hub is larger than its MaximumReceiveMessageSize, and the server closes.',
        fix: 'Raise MaximumReceiveMessageSize in AddSignalR or AddHubOptions on the server, where it is 32 KB unless it was set. Or send what is large by HTTP.',
      },
    ]),
    ...phrasesOf(transport, [
      {
        id: 'socket-opened',
        needle: 'Socket opened using Sub-Protocol',
        pattern: /\bSocket opened using Sub-Protocol: '/,
        said: { means: 'opened', application: 'signalr' },
        example: "Socket opened using Sub-Protocol: '(null)'.",
        explains: 'The handshake was accepted.',
      },
      {
        id: 'closed-prematurely',
        needle: 'Socket connection closed prematurely',
        pattern: /\bSocket connection closed prematurely\b/,
        said: { means: 'dropped', application: 'signalr' },
        example: 'Socket connection closed prematurely.',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'close-unanswered',
        needle: 'Timed out waiting for client to send the close frame',
        pattern: /\bTimed out waiting for client to send the close frame\b/,
        said: { means: 'close-unanswered', application: 'signalr' },
        example: 'Timed out waiting for client to send the close frame, aborting the connection.',
        explains: 'The server closed, and the client did not answer within CloseTimeout (5 s).',
      },
    ]),
    ...phrasesOf(hub, [
      {
        id: 'client-timeout',
        needle: 'elapsed without receiving a message from the client',
        pattern:
          /\bClient timeout \((\d{1,9}(?:\.\d{1,3})?)ms\) elapsed without receiving a message from the client/,
        said: ([, limit]) => ({ means: 'ping-timeout', limitMs: Number(limit), application: 'signalr' }),
        example:
          'Client timeout (30000ms) elapsed without receiving a message from the client. Closing connection.',
        explains:
          'No message and no ping of the client came within ClientTimeoutInterval, and the server closed.',
      },
      {
        id: 'handshake-timeout',
        needle: 'andshake',
        pattern: /\b(?:Handshake was canceled|Failed connection handshake)\b/,
        said: { means: 'first-message-missing', application: 'signalr' },
        example: 'Handshake was canceled.',
        explains:
          'The WebSocket is open, and SignalR’s own first message did not come within HandshakeTimeout (15 s).',
      },
    ]),
    ...phrasesOf(hubClient, [
      {
        id: 'server-timeout',
        needle: 'elapsed without receiving a message from the server',
        pattern:
          /\bServer timeout \((\d{1,9}(?:[.,]\d{1,3})?)ms\) elapsed without receiving a message from the server/,
        said: ([, limit = '']) => ({
          means: 'ping-timeout',
          limitMs: Number(limit.replace(',', '.')),
          application: 'signalr',
        }),
        side: 'client',
        example:
          'System.TimeoutException: Server timeout (30000.00ms) elapsed without receiving a message from the server.',
        explains:
          'No message and no ping of the server came within ServerTimeout, and this client ended the connection.',
      },
      {
        id: 'not-active',
        needle: 'if the connection is not active',
        pattern: /\bThe '\w{1,60}' method cannot be called if the connection is not active\b/,
        said: { means: 'lost', application: 'signalr' },
        side: 'client',
        example:
          "System.InvalidOperationException: The 'InvokeCoreAsync' method cannot be called if the connection is not active",
        explains: 'The program used the connection before it was open, or after it had ended.',
      },
      {
        id: 'before-handshake',
        needle: 'The server disconnected before the handshake',
        pattern:
          /\bThe server disconnected before the handshake (?:could be (?:started|completed)|was completed)/,
        said: { means: 'lost', application: 'signalr' },
        side: 'client',
        example:
          'System.InvalidOperationException: The server disconnected before the handshake could be started.',
        explains: 'The transport opened and ended before SignalR’s own handshake.',
      },
      {
        id: 'closed-with-error',
        needle: 'The server closed the connection with the following error',
        pattern: /\bThe server closed the connection with the following error: /,
        said: { means: 'closed-by-server', application: 'signalr' },
        side: 'client',
        example:
          'The server closed the connection with the following error: Connection closed with an error.',
        explains: 'The hub ended the connection over an exception. The server’s log has it.',
      },
    ]),
    ...phrasesOf(httpClient, [
      {
        id: 'negotiate-response',
        needle: 'Invalid negotiation response received',
        pattern: /\bInvalid negotiation response received\b/,
        said: { means: 'bad-answer', application: 'signalr' },
        side: 'client',
        example: 'System.IO.InvalidDataException: Invalid negotiation response received.',
        explains: 'What answered /negotiate is not SignalR: a page, or another server.',
      },
      {
        id: 'status',
        needle: 'Response status code does not indicate success',
        pattern: /\bResponse status code does not indicate success: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'System.Net.Http.HttpRequestException: Response status code does not indicate success: 404 (Not Found).',
        explains: 'A request, such as SignalR’s /negotiate, was answered with this HTTP status.',
      },
    ]),
    ...phrasesOf(kestrel, [
      {
        id: 'not-upgradable',
        needle: 'Cannot upgrade a non-upgradable request',
        pattern: /\bCannot upgrade a non-upgradable request\b/,
        said: { means: 'upgrade-missing' },
        example:
          'System.InvalidOperationException: Cannot upgrade a non-upgradable request. Check IHttpUpgradeFeature.IsUpgradableRequest to determine if a request can be upgraded.',
        explains: 'The request has no Connection: Upgrade. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'upgraded-limit',
        needle: [
          'the maximum number of concurrent upgraded',
          'Request cannot be upgraded because the server has already op',
        ],
        pattern:
          /\bRequest cannot be upgraded because the server has already opened the maximum number of upgraded connections\b|\bthe maximum number of concurrent upgraded connections\b/i,
        said: { means: 'too-many-connections' },
        example: 'Kestrel has reached the maximum number of concurrent upgraded connections.',
        explains: 'The server has as many WebSockets as MaxConcurrentUpgradedConnections allows.',
      },
      {
        id: 'client-disconnected',
        needle: 'ConnectionResetException',
        pattern:
          /\bConnectionResetException: (?:The client has disconnected|Connection reset by peer|An existing connection was forcibly closed)/,
        said: { means: 'reset' },
        example: 'Microsoft.AspNetCore.Connections.ConnectionResetException: The client has disconnected',
        explains: 'The client, or a device on the way, reset TCP.',
      },
      {
        id: 'shutdown',
        needle: 'because the server is shutting down',
        pattern: /\bThe connection was aborted because the server is shutting down\b/,
        said: { means: 'shutting-down' },
        example:
          "Microsoft.AspNetCore.Connections.ConnectionAbortedException: The connection was aborted because the server is shutting down and request processing didn't complete within the time specified by HostOptions.ShutdownTimeout.",
        explains: 'The server stops and did not wait longer for its connections.',
      },
      {
        id: 'aborted-by-application',
        needle: 'The connection was aborted by the application',
        pattern: /\bThe connection was aborted by the application(?: via \w{1,40}(?:\.\w{1,40})?\(\))?/,
        said: { means: 'dropped' },
        example:
          'Microsoft.AspNetCore.Connections.ConnectionAbortedException: The connection was aborted by the application via HttpContext.Abort().',
        explains: 'The application itself cut the connection without a Close frame.',
      },
      {
        id: 'slow-reader',
        needle: 'minimum data rate',
        pattern:
          /\bthe connection was closed because the response was not read by the client at the specified minimum data rate\b/,
        said: { means: 'not-reading' },
        example:
          'Connection id "0HMV", Request id "0HMV:00000002": the connection was closed because the response was not read by the client at the specified minimum data rate.',
        explains: 'The client takes data too slowly, and Kestrel closed.',
      },
      {
        id: 'too-many-connections',
        needle: 'maximum number of concurrent connections',
        pattern: /\brejected because the maximum number of concurrent connections has been reached\b/,
        said: { means: 'too-many-connections' },
        example:
          'Connection id "0HMV" rejected because the maximum number of concurrent connections has been reached.',
        explains: 'The server has as many connections as MaxConcurrentConnections allows.',
      },
    ]),
    ...phrasesOf(middleware, [
      {
        id: 'origin',
        needle: 'is not in the list of allowed origins',
        pattern: /\bRequest origin (\S{1,512}) is not in the list of allowed origins\b/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin !== undefined && { origin }) }),
        example: 'Request origin https://app.example is not in the list of allowed origins.',
        explains: 'WebSocketOptions.AllowedOrigins does not have this Origin. The server answers 403.',
      },
      {
        id: 'not-a-websocket-request',
        needle: 'Not a WebSocket request',
        pattern: /\bNot a WebSocket request\b/,
        said: { means: 'upgrade-missing' },
        example: 'System.InvalidOperationException: Not a WebSocket request.',
        explains:
          'The request has no Upgrade: websocket, or UseWebSockets() is missing before the endpoint. A proxy can have left the header out.',
      },
    ]),
    ...phrasesOf(hosting, [
      {
        id: 'stopping',
        needle: 'Application is shutting down...',
        pattern: /\bApplication is shutting down\.\.\./,
        said: { means: 'shutting-down' },
        example: 'Application is shutting down...',
        explains: 'The application stops, and its connections end.',
      },
    ]),
    ...phrasesOf(iis, [
      {
        id: 'iis-start-failed',
        needle: 'HTTP Error 50',
        pattern: /\bHTTP Error (50[02])\.(?:3\d|0|19|5) - /,
        said: ([, status]) => ({ means: 'handler-failed', status: Number(status) }),
        example: 'HTTP Error 500.30 - ASP.NET Core app failed to start',
        explains: 'IIS could not start the application behind it, so it answered the handshake itself.',
      },
      {
        id: 'iis-pool-stopped',
        needle: 'HTTP Error 503. The service is unavailable',
        pattern: /\bHTTP Error 503\. The service is unavailable\b/,
        said: { means: 'no-backend', status: 503, unsure: true },
        side: 'proxy',
        example: 'HTTP Error 503. The service is unavailable.',
        explains: 'IIS’s application pool is stopped, or its queue is full.',
      },
    ]),
  ],
})
