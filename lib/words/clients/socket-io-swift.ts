import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const engine =
  'https://github.com/socketio/socket.io-client-swift/blob/master/Source/SocketIO/Engine/SocketEngine.swift'
const manager =
  'https://github.com/socketio/socket.io-client-swift/blob/master/Source/SocketIO/Manager/SocketManager.swift'
const client =
  'https://github.com/socketio/socket.io-client-swift/blob/master/Source/SocketIO/Client/SocketIOClient.swift'

const application = 'socket.io'

export default defineProgram({
  id: 'socket-io-swift',
  name: 'Socket.IO (Swift client)',
  side: 'client',
  mark: /\bLOG SocketIO|\bERROR SocketIO|\bSocketEngine\b|\bSocketManager\b|\bSocketIOClient\b/,
  phrases: [
    ...phrasesOf(engine, [
      {
        id: 'ping-timeout',
        needle: 'Ping timeout',
        pattern: /\b(?:SocketEngine|SocketManager|SocketIOClient)\S{0,40}: (?:Disconnected: )?Ping timeout\b/,
        said: { means: 'ping-timeout', application },
        example: 'ERROR SocketManager: Ping timeout',
        explains:
          'No ping of the server came within its interval and timeout, and this client ended the connection.',
      },
      {
        id: 'open-packet',
        needle: ['Error parsing open packet', 'Open packet contained no sid'],
        pattern: /\bError parsing open packet\b|\bOpen packet contained no sid\b/,
        said: { means: 'application-protocol', application },
        example: 'ERROR SocketEngine: Error parsing open packet',
        explains: 'What answered does not speak this version of Engine.IO, or it is another server’s page.',
      },
      {
        id: 'unknown-error',
        needle: 'Got unknown error from server ',
        pattern: /\bGot unknown error from server [^\n]{1,200}/,
        said: { means: 'application-protocol', unsure: true, application },
        example: 'Got unknown error from server {"code":5,"message":"Unsupported protocol version"}',
        explains: 'The server refused the session with an error that this client does not know.',
      },
      {
        id: 'error-with-code',
        needle: ', type=',
        pattern: /\. code=(\d{1,5}), type=(protocolError|serverError|securityError|compressionError)\b/,
        said: ([, code, type]) => {
          const status = Number(code)
          if (type === 'serverError' && status >= 300 && status < 600)
            return { means: 'status', status, application }
          return {
            means:
              type === 'compressionError'
                ? 'compression'
                : type === 'securityError'
                  ? 'cert-untrusted'
                  : 'frame',
            application,
          }
        },
        example: 'ERROR SocketEngine: unknown opcode: 11. code=1002, type=protocolError',
        explains: 'Starscream, which carries the WebSocket, failed with this error.',
      },
      {
        id: 'session-invalid',
        needle: 'Engine URLSession became invalid',
        pattern: /\bEngine URLSession became invalid\b/,
        said: { means: 'lost', application },
        example: 'ERROR SocketEngine: Engine URLSession became invalid',
        explains: 'The app released the URLSession under this client.',
      },
    ]),
    ...phrasesOf(manager, [
      {
        id: 'reconnect-failed',
        needle: 'Reconnect Failed',
        pattern: /(?:^|\W)Reconnect Failed$/,
        said: { means: 'never-opened', application },
        example: 'Disconnected: Reconnect Failed',
        explains: 'None of the attempts to reconnect succeeded, and no further one follows.',
      },
      {
        id: 'reconnecting',
        needle: ['Starting reconnect', 'Trying to reconnect', 'Scheduling reconnect in'],
        pattern:
          /\bSocket(?:IO)?\w{0,12}: (?:Starting reconnect|Trying to reconnect|Scheduling reconnect in )/,
        said: { means: 'nothing-said', application },
        example: 'LOG SocketManager: Scheduling reconnect in 10.3s',
        explains: 'The connection ended and another attempt follows. The reason is printed before it.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'closed-by-server',
        needle: 'Got Disconnect',
        pattern: /\bDisconnected: Got Disconnect\b|\bGot Disconnect$/,
        said: { means: 'closed-by-server', application },
        example: 'LOG SocketIOClient{/}: Disconnected: Got Disconnect',
        explains: 'The server called socket.disconnect().',
      },
      {
        id: 'left',
        needle: 'Namespace leave',
        pattern: /\bDisconnected: Namespace leave\b/,
        said: { means: 'closed-by-client', application },
        example: 'LOG SocketIOClient{/}: Disconnected: Namespace leave',
        explains: 'The app itself left the namespace.',
      },
      {
        id: 'not-connected',
        needle: 'Tried emitting when not connected',
        pattern: /\bTried emitting when not connected\b/,
        said: { means: 'used-too-early', application },
        example: 'ERROR SocketIOClient{/}: Tried emitting when not connected',
        explains: 'The app emitted before the connection was open, or after it had ended.',
      },
      {
        id: 'timeout',
        needle: 'Timeout: Socket not connected, so setting to disconnected',
        pattern: /\bTimeout: Socket not connected, so setting to disconnected\b/,
        said: { means: 'handshake-timeout', application },
        example: 'LOG SocketIOClient{/}: Timeout: Socket not connected, so setting to disconnected',
        explains: 'The connection was not open within the time that the app gave to connect().',
      },
    ]),
  ],
})
