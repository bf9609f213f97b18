import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/dotnet/runtime/blob/main/src/libraries'
const client = `${repository}/System.Net.WebSockets.Client/src/Resources/Strings.resx`
const managed = `${repository}/System.Net.WebSockets/src/Resources/Strings.resx`

export default defineProgram({
  id: 'dotnet-websocket',
  name: '.NET ClientWebSocket and ManagedWebSocket',
  mark: /\bSystem\.Net\.WebSockets\b|\bWebSocketException\b/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'The server returned status code',
        pattern: /\bThe server returned status code '(\d{3})' when status code '(?:101|200)' was expected/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          "System.Net.WebSockets.WebSocketException (0x80004005): The server returned status code '403' when status code '101' was expected.",
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'unable-to-connect',
        needle: 'Unable to connect to the remote server',
        pattern: /\bUnable to connect to the remote server\b/,
        said: { means: 'never-opened' },
        side: 'client',
        example:
          'System.Net.WebSockets.WebSocketException (0x80004005): Unable to connect to the remote server',
        explains: 'The connection never opened. The inner exception, printed after “--->”, says why.',
      },
      {
        id: 'bad-101',
        needle: 'header',
        pattern:
          /\b(?:The server's response was missing the required header '|The '(?:Connection|Upgrade|Sec-WebSocket-Accept)' header value '[^'\n]{0,200}' is invalid)/,
        said: { means: 'bad-101' },
        side: 'client',
        example: "WebSocketException: The 'Upgrade' header value 'h2c' is invalid.",
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'but server is only accepting ',
        pattern:
          /\bThe WebSocket client request requested '[^'\n]{0,200}' protocol\(s\), but server is only accepting '/,
        said: { means: 'subprotocol' },
        example:
          "WebSocketException: The WebSocket client request requested 'graphql-ws' protocol(s), but server is only accepting '' protocol(s).",
        explains: 'The client asked for subprotocols, and the server speaks none of them.',
      },
      {
        id: 'extension',
        needle: 'window bits',
        pattern: /\bThe WebSocket failed to negotiate max (?:server|client) window bits\b/,
        said: { means: 'extension' },
        side: 'client',
        example:
          'The WebSocket failed to negotiate max server window bits. The client requested 12 but the server responded with 15.',
        explains: 'The 101 agrees to permessage-deflate with parameters that were not offered.',
      },
      {
        id: 'scheme',
        needle: 'Only Uris starting with',
        pattern: /\bOnly Uris starting with 'ws:\/\/' or 'wss:\/\/' are supported/,
        said: { means: 'invalid-url' },
        side: 'client',
        example:
          "System.ArgumentException: Only Uris starting with 'ws://' or 'wss://' are supported. (Parameter 'uri')",
        explains: 'The address does not begin with ws:// or wss://.',
      },
      {
        id: 'not-connected',
        needle: 'The WebSocket is not connected',
        pattern: /\bThe WebSocket is not connected\b/,
        said: { means: 'used-too-early' },
        side: 'client',
        example: 'System.InvalidOperationException: The WebSocket is not connected.',
        explains: 'The program used the socket before ConnectAsync had finished.',
      },
      {
        id: 'transitioned',
        needle: 'because it has been transitioned into',
        pattern:
          /\bcannot be used for communication because it has been transitioned into (?:the '\w{1,30}'|an invalid) state/,
        said: { means: 'lost' },
        example:
          "System.ObjectDisposedException: The 'System.Net.WebSockets.ClientWebSocket' instance cannot be used for communication because it has been transitioned into the 'Aborted' state.",
        explains:
          'The program used a socket that had already ended or was aborted. The first error says why.',
      },
      {
        id: 'error-code',
        needle: 'WebSocketError',
        pattern:
          /\bWebSocketError(?:Code)?(?:\.|: |=)(ConnectionClosedPrematurely|NotAWebSocket|HeaderError|UnsupportedProtocol|UnsupportedVersion|InvalidMessageType|Faulted)\b/,
        said: ([, name]) => ({
          means:
            name === 'ConnectionClosedPrematurely'
              ? 'dropped'
              : name === 'NotAWebSocket' || name === 'HeaderError'
                ? 'bad-answer'
                : name === 'UnsupportedProtocol'
                  ? 'subprotocol'
                  : name === 'UnsupportedVersion'
                    ? 'handshake-header'
                    : 'lost',
        }),
        example: 'WebSocketErrorCode: NotAWebSocket',
        explains:
          'The exception’s own code. ConnectionClosedPrematurely: TCP ended without a Close frame. NotAWebSocket: the answer was not a correct 101.',
      },
      {
        id: 'http2-invoker',
        needle: 'HttpMessageInvoker instance must be passed',
        pattern: /\bHttpMessageInvoker instance must be passed to ConnectAsync when using HTTP\/2\b/,
        said: { means: 'nothing-said' },
        side: 'client',
        example:
          'System.InvalidOperationException: An HttpMessageInvoker instance must be passed to ConnectAsync when using HTTP/2.',
        explains: 'The program asks for HTTP/2 and gives no HttpMessageInvoker. No connection was tried.',
      },
      {
        id: 'duplicate-subprotocol',
        needle: 'is not a valid subprotocol',
        pattern: /\bEmpty string is not a valid subprotocol value\b/,
        said: { means: 'invalid-subprotocol' },
        side: 'client',
        example:
          'System.ArgumentException: Empty string is not a valid subprotocol value. Please use "null" to specify no value.',
        explains: 'The program asks for an empty subprotocol.',
      },
    ]),
    ...phrasesOf(managed, [
      {
        id: 'dropped',
        needle: 'without completing the close handshake',
        pattern:
          /\bThe remote party closed the WebSocket connection without completing the close handshake\b/,
        said: { means: 'dropped' },
        example:
          'System.Net.WebSockets.WebSocketException (0x80004005): The remote party closed the WebSocket connection without completing the close handshake.',
        explains: 'The connection was open, and TCP ended without a Close frame.',
      },
      {
        id: 'invalid-state',
        needle: 'The WebSocket is in an invalid state',
        pattern: /\bThe WebSocket is in an invalid state \('(\w{1,30})'\) for this operation/,
        said: ([, state]) => ({
          means: state === 'None' || state === 'Connecting' ? 'used-too-early' : 'lost',
        }),
        example:
          "System.Net.WebSockets.WebSocketException (0x80004005): The WebSocket is in an invalid state ('Aborted') for this operation. Valid states are: 'Open, CloseReceived'",
        explains:
          'The program used a socket that was not open: not yet, or not any more. The quoted state says which.',
      },
      {
        id: 'no-pong',
        needle: 'Pong frame in response to a Ping',
        pattern:
          /\bThe WebSocket didn't rec(?:ie|ei)ve a Pong frame in response to a Ping frame within the configured KeepAliveTimeout\b/,
        said: { means: 'ping-timeout' },
        example:
          "System.Net.WebSockets.WebSocketException: The WebSocket didn't recieve a Pong frame in response to a Ping frame within the configured KeepAliveTimeout.",
        explains: 'This end’s own ping went unanswered for KeepAliveTimeout, and it ended the connection.',
      },
      {
        id: 'internal',
        needle: 'Please see the inner',
        pattern:
          /\b(?:An internal WebSocket error occurred|An exception caused the WebSocket to enter the Aborted state)\. Please see the InnerException/i,
        said: { means: 'nothing-said' },
        example:
          'System.Net.WebSockets.WebSocketException: An exception caused the WebSocket to enter the Aborted state. Please see the InnerException, if present, for more details.',
        explains: 'The socket failed. The reason is in the inner exception, printed after “--->”.',
      },
      {
        id: 'unsupported-platform',
        needle: 'is not supported on this platform',
        pattern: /\b(?:The WebSocket protocol|WebSockets) is not supported on this platform\b/,
        said: { means: 'no-websocket-support' },
        example:
          'System.PlatformNotSupportedException: The WebSocket protocol is not supported on this platform.',
        explains:
          'This platform has no WebSockets: Windows 7 and Server 2008 R2, or IIS without its WebSocket feature.',
      },
      {
        id: 'not-a-websocket',
        needle: 'on a request or response that is not a WebSocket',
        pattern: /\bA WebSocket operation was called on a request or response that is not a WebSocket\b/,
        said: { means: 'upgrade-missing' },
        example: 'A WebSocket operation was called on a request or response that is not a WebSocket.',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'headers',
        needle: 'The WebSocket request or response',
        pattern:
          /\bThe WebSocket request or response (?:contained unsupported header\(s\)|operation was called with unsupported protocol\(s\))/,
        said: { means: 'handshake-header' },
        example: 'WebSocketException: The WebSocket request or response contained unsupported header(s).',
        explains: 'A header of the handshake is missing or wrong.',
      },
      {
        id: 'frame',
        needle: 'The WebSocket ',
        pattern:
          /\bThe WebSocket (?:received a frame with (?:one or more reserved bits|an unknown opcode|an invalid payload length)|server sent a masked frame|received a continuation frame from a previous final|expected a continuation frame|received an invalid control message)/,
        said: { means: 'frame' },
        example: 'WebSocketException: The WebSocket received a frame with one or more reserved bits set.',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'compression',
        needle: 'ompress',
        pattern:
          /\b(?:The WebSocket received (?:compressed frame when compression is not enabled|a continuation frame with Per-Message Compressed flag)|The message was compressed using an unsupported compression method)/,
        said: { means: 'compression' },
        example:
          'WebSocketException: The WebSocket received compressed frame when compression is not enabled.',
        explains: 'A message is compressed although that was not agreed, or in a way that cannot be read.',
      },
      {
        id: 'concurrent',
        needle: 'call for this WebSocket instance',
        pattern: /\bThere is already one outstanding '\w{1,40}' call for this WebSocket instance\b/,
        said: { means: 'handler-failed', phase: 'open', isOverlapping: true },
        example:
          "System.InvalidOperationException: There is already one outstanding 'SendAsync' call for this WebSocket instance. ReceiveAsync and SendAsync can be called simultaneously, but at most one outstanding operation for each of them is allowed at the same time.",
        explains: 'Two tasks of the program sent or received at once. One of each is allowed.',
      },
      {
        id: 'invalid-subprotocol',
        needle: ['contains the invalid character', "Duplicate protocols are not allowed: '"],
        pattern:
          /\bThe WebSocket protocol '[^'\n]{0,100}' is invalid because it contains the invalid character\b|\bDuplicate protocols are not allowed: '/,
        said: { means: 'invalid-subprotocol' },
        side: 'client',
        example:
          "System.ArgumentException: The WebSocket protocol 'a b' is invalid because it contains the invalid character ' '.",
        explains: 'The program asks for a subprotocol with characters that are not allowed.',
      },
      {
        id: 'close-status',
        needle: 'The close status ',
        pattern:
          /\bThe close status (?:code '\d{1,6}' is reserved for system use only|description '[^\n]{0,300}' is (?:invalid|too long))/,
        said: { means: 'nothing-said' },
        example:
          "System.ArgumentException: The close status code '1006' is reserved for system use only and cannot be specified when calling this method.",
        explains:
          'The program gave CloseAsync a status or a description that may not be sent. The connection did not fail.',
      },
      {
        id: 'started-twice',
        needle: 'The WebSocket has already been started',
        pattern: /\bThe WebSocket has already been started\b/,
        said: { means: 'nothing-said' },
        side: 'client',
        example: 'System.InvalidOperationException: The WebSocket has already been started.',
        explains:
          'The program calls ConnectAsync twice on one ClientWebSocket: each connection needs a new one.',
      },
    ]),
  ],
})
