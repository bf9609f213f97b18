import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const core =
  'https://github.com/SignalR/SignalR/blob/main/src/Microsoft.AspNet.SignalR.JS/jquery.signalR.core.js'
const common =
  'https://github.com/SignalR/SignalR/blob/main/src/Microsoft.AspNet.SignalR.JS/jquery.signalR.transports.common.js'
const sockets =
  'https://github.com/SignalR/SignalR/blob/main/src/Microsoft.AspNet.SignalR.JS/jquery.signalR.transports.webSockets.js'
const server = 'https://github.com/SignalR/SignalR/blob/main/src/Microsoft.AspNet.SignalR.Core/Resources.resx'
const dotnet =
  'https://github.com/SignalR/SignalR/blob/main/src/Microsoft.AspNet.SignalR.Client/Resources.resx'

const application = 'signalr'

export default defineProgram({
  id: 'signalr-aspnet',
  name: 'SignalR 2 (ASP.NET)',
  side: 'client',
  mark: /\] SignalR: |\bjquery\.signalR\b|\bMicrosoft\.AspNet\.SignalR\b/,
  phrases: [
    ...phrasesOf(common, [
      {
        id: 'keep-alive-missed',
        needle: 'Keep alive has been missed',
        pattern: /\bKeep alive has been missed, connection may be dead\/slow\b/i,
        said: { means: 'ping-timeout', unsure: true, application },
        example: '[10:00:00 GMT+0000] SignalR: Keep alive has been missed, connection may be dead/slow.',
        explains:
          'The server’s keep-alive is late: two thirds of its time passed. The connection is still open.',
      },
      {
        id: 'keep-alive-timed-out',
        needle: 'Keep alive timed out',
        pattern: /\bKeep alive timed out\.\s{1,3}Notifying transport that connection has been lost\b/i,
        said: { means: 'ping-timeout', application },
        example: 'SignalR: Keep alive timed out.  Notifying transport that connection has been lost.',
        explains:
          'No keep-alive of the server came in time (20 s, if it was not set), and the client gave up.',
      },
      {
        id: 'reconnect-timeout',
        needle: 'reconnect within the configured timeout',
        pattern: /\bCouldn't reconnect within the configured timeout of \d{1,9} ?ms, disconnecting\b/i,
        said: { means: 'lost', application },
        example: "Error: Couldn't reconnect within the configured timeout of 30000 ms, disconnecting.",
        explains: 'The connection was lost, and no new one opened within DisconnectTimeout.',
      },
      {
        id: 'inactive',
        needle: 'has exceeded the inactivity timeout',
        pattern:
          /\bThe client has been inactive since [^\n]{1,60} and it has exceeded the inactivity timeout of \d{1,9} ?ms\b/i,
        said: { means: 'suspended', application, unsure: true },
        example:
          'The client has been inactive since Wed May 01 2024 10:00:00 and it has exceeded the inactivity timeout of 50000 ms. Stopping the connection.',
        explains:
          'The page’s own timers did not run for that long: the machine slept, or the tab was frozen. The server has forgotten the connection.',
      },
      {
        id: 'monitoring',
        needle: 'Now monitoring keep alive with',
        pattern: /\bNow monitoring keep alive with a warning timeout of [\d.]{1,12}\b[^\n]{0,160}/i,
        said: { means: 'opened', application },
        example:
          'SignalR: Now monitoring keep alive with a warning timeout of 13333, keep alive timeout of 20000 and disconnecting timeout of 30000',
        explains: 'The connection is open, and the client watches the server’s keep-alives.',
      },
    ]),
    ...phrasesOf(sockets, [
      {
        id: 'unclean',
        needle: 'Unclean disconnect from websocket',
        pattern: /\bUnclean disconnect from websocket\b[^\n]{0,160}/i,
        said: { means: 'dropped', application },
        example: 'SignalR: Unclean disconnect from websocket: [no reason given].',
        explains: 'The WebSocket ended without a Close frame.',
      },
      {
        id: 'closed',
        needle: 'WebSocket closed',
        pattern: /\bSignalR: Websocket closed\b/i,
        said: { means: 'lost', application },
        example: '[10:00:00 GMT+0000] SignalR: Websocket closed.',
        explains: 'The WebSocket ended. The client opens a new one by itself.',
      },
      {
        id: 'opened',
        needle: 'SignalR: Websocket opened',
        pattern: /\bSignalR: Websocket opened\b/i,
        said: { means: 'opened', application },
        example: '[10:00:00 GMT+0000] SignalR: Websocket opened.',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'connecting',
        needle: 'Connecting to websocket endpoint',
        pattern: /\bConnecting to websocket endpoint '(wss?:\/\/[^'\n]{1,2000})'/i,
        said: ([, url]) => ({ means: 'connecting', application, ...(url !== undefined && { url }) }),
        example:
          "SignalR: Connecting to websocket endpoint 'wss://app.example/signalr/connect?transport=webSockets'.",
        explains: 'A handshake begins.',
      },
      {
        id: 'invalid-state',
        needle: 'Web Socket transport is in an invalid state',
        pattern: /\bThe Web Socket transport is in an invalid state, transitioning into reconnecting\b/i,
        said: { means: 'lost', application },
        example: 'The Web Socket transport is in an invalid state, transitioning into reconnecting.',
        explains: 'The client sent on a connection that had ended.',
      },
    ]),
    ...phrasesOf(core, [
      {
        id: 'negotiate',
        needle: 'Error during negotiation request',
        pattern: /\bError during negotiation request\b/i,
        said: { means: 'nothing-said', application },
        example: 'Error: Error during negotiation request.',
        explains:
          'The first HTTP request of SignalR failed, before any WebSocket. The browser’s console and network panel have its reason.',
      },
      {
        id: 'not-core',
        needle: 'connection attempt to an ASP.NET Core SignalR Server',
        pattern: /\bDetected a connection attempt to an ASP\.NET Core SignalR Server\b/i,
        said: { means: 'application-protocol', application },
        example:
          'Detected a connection attempt to an ASP.NET Core SignalR Server. This client only supports connecting to an ASP.NET SignalR Server. See https://aka.ms/signalr-core-differences for details.',
        explains: 'SignalR 2 and ASP.NET Core SignalR do not speak with each other.',
      },
      {
        id: 'version',
        needle: 'compatible with the server. Client version',
        pattern:
          /\bversion of the client that isn't compatible with the server\. Client version [\d.]{1,8}, server version [\w.]{1,12}/i,
        said: { means: 'application-protocol', application },
        example:
          "You are using a version of the client that isn't compatible with the server. Client version 1.5, server version 2.1.",
        explains: 'Client and server speak no common version of SignalR’s protocol.',
      },
      {
        id: 'no-transport',
        needle: 'No transport could be initialized successfully',
        pattern: /\bNo transport could be initialized successfully\b/i,
        said: { means: 'nothing-said', application },
        example:
          'Error: No transport could be initialized successfully. Try specifying a different transport or none at all for auto initialization.',
        explains: 'WebSocket and all other transports failed. The lines before it have the reasons.',
      },
      {
        id: 'stopped',
        needle: 'The connection was stopped during ',
        pattern:
          /\bThe connection was stopped during (?:the negotiate request|the start request|page load)\b/i,
        said: { means: 'closed-by-page', application },
        example: 'Error: The connection was stopped during the negotiate request.',
        explains: 'The page called stop(), or was left, before the connection was open.',
      },
      {
        id: 'start-failed',
        needle: 'start request',
        pattern:
          /\bError during start request\. Stopping the connection\b|\bThe start request failed\. Stopping the connection\b/i,
        said: { means: 'lost', application },
        example: 'Error: Error during start request. Stopping the connection.',
        explains: 'The WebSocket opened, and the HTTP request that starts SignalR on it failed.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'user-changed',
        needle: 'user identity cannot change during an active SignalR connection',
        pattern:
          /\bUnrecognized user identity\.\s{1,3}The user identity cannot change during an active SignalR connection\b/i,
        said: { means: 'forbidden' as const, application, status: 403 },
        side: 'server',
        example:
          'Unrecognized user identity.  The user identity cannot change during an active SignalR connection.',
        explains: 'The user signed in or out after the token was made: the client has to connect again.',
      },
      {
        id: 'connection-id',
        needle: 'The ConnectionId is in the incorrect format',
        pattern: /\bThe ConnectionId is in the incorrect format\b/i,
        said: { means: 'session-unknown' as const, unsure: true as const, application, status: 400 },
        side: 'server',
        example: 'The ConnectionId is in the incorrect format.',
        explains:
          'The instance cannot read the token: another machine made it, and the two do not share their machine key.',
      },
      {
        id: 'not-websocket',
        needle: 'Not a valid web socket request',
        pattern: /\bNot a valid web socket request\b/i,
        said: { means: 'upgrade-missing' as const, application },
        side: 'server',
        example: 'System.InvalidOperationException: Not a valid web socket request.',
        explains:
          'The request asked for WebSocket and came without an upgrade, or IIS has no WebSocket module.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'no-token',
        needle: 'Protocol error: Missing connection token',
        pattern: /\bProtocol error: Missing connection token\b/,
        said: { means: 'application-protocol', unsure: true, application, status: 400 },
        side: 'server',
        example: 'Protocol error: Missing connection token.',
        explains:
          'The request has no connectionToken: the client did not negotiate, or is none of SignalR 2.',
      },
      {
        id: 'unknown-transport',
        needle: 'Protocol error: Unknown transport',
        pattern: /\bProtocol error: Unknown transport\b/,
        said: { means: 'transport-unknown', unsure: true, application, status: 400 },
        side: 'server',
        example: 'Protocol error: Unknown transport.',
        explains:
          'The address names no transport that the server has. WebSocket may be missing on this machine.',
      },
      {
        id: 'not-supported',
        needle: 'WebSockets is not supported',
        pattern: /\bWebSockets is not supported\b/,
        said: { means: 'no-websocket-support', application },
        side: 'server',
        example: 'System.NotSupportedException: WebSockets is not supported.',
        explains:
          'The server has no WebSocket support: the role of IIS is missing, or the version is too old.',
      },
    ]),
    ...phrasesOf(dotnet, [
      {
        id: 'transport-failed',
        needle: 'Transport failed trying to connect',
        pattern: /\bTransport failed trying to connect\b/,
        said: { means: 'nothing-said', application },
        example: 'System.InvalidOperationException: Transport failed trying to connect.',
        explains: 'The transport did not open. The inner exception has the reason.',
      },
      {
        id: 'before-initialized',
        needle: 'before the connection could be fully initialized',
        pattern: /\bThe transport disconnected before the connection could be fully initialized\b/,
        said: { means: 'lost', application },
        example: 'The transport disconnected before the connection could be fully initialized.',
        explains: 'The WebSocket ended before the first messages of SignalR were exchanged.',
      },
      {
        id: 'stopped-dotnet',
        needle: 'connection was stopped before it could be started',
        pattern: /\bThe connection was stopped before it could be started\b/,
        said: { means: 'closed-by-page', application },
        example: 'The connection was stopped before it could be started.',
        explains: 'The program called Stop() before the connection was open.',
      },
      {
        id: 'websockets-only',
        needle: 'No client transport is compatible with the server',
        pattern: /\bNo client transport is compatible with the server\b/,
        said: { means: 'no-websocket-support', unsure: true, application },
        example:
          'No client transport is compatible with the server. This either means that the AutoTransport was configured to use only WebSockets which is not compatible with the server',
        explains: 'The client takes WebSocket only, and the server said in its negotiation that it has none.',
      },
      {
        id: 'transport-timeout',
        needle: 'Transport timed out trying to connect',
        pattern: /\bTransport timed out trying to connect\b/i,
        said: { means: 'handshake-timeout', application },
        example: 'System.TimeoutException: Transport timed out trying to connect',
        explains: 'The transport did not open within TransportConnectTimeout.',
      },
      {
        id: 'reconnect-timeout-dotnet',
        needle: 'reconnect within the configured timeout of ',
        pattern: /\bCouldn't reconnect within the configured timeout of [\d:.]{1,20}, disconnecting\b/i,
        said: { means: 'lost', application },
        example:
          "System.TimeoutException: Couldn't reconnect within the configured timeout of 00:00:30, disconnecting.",
        explains: 'The connection was lost, and no new one opened in time.',
      },
    ]),
  ],
})
