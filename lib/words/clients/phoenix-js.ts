import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/phoenixframework/phoenix/blob/main/assets/js/phoenix/socket.js'
const serverSocket = 'https://hexdocs.pm/phoenix/Phoenix.Socket.html'

const application = 'phoenix'

export default defineProgram({
  id: 'phoenix-js',
  name: 'Phoenix (JavaScript client)',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'heartbeat-timeout',
        needle: 'heartbeat timeout',
        pattern: /\bheartbeat timeout(?:\. Attempting to re-establish connection)?/i,
        said: { means: 'ping-timeout', application },
        example: 'transport: heartbeat timeout. Attempting to re-establish connection',
        explains:
          'The server did not answer the client’s heartbeat before the next one (30 s, if it was not set), and the client closed.',
      },
      {
        id: 'heartbeat-timeout-reason',
        needle: 'heartbeat_timeout',
        pattern: /\bheartbeat_timeout\b/,
        said: { means: 'ping-timeout', application },
        example: "phx_error {source: 'transport', reason: 'heartbeat_timeout'}",
        explains: 'The server did not answer the client’s heartbeat in time, and the client closed.',
      },
      {
        id: 'fallback',
        needle: 'transport: falling back to',
        pattern: /\btransport: falling back to \w{1,40}\.\.\./,
        said: { means: 'never-opened', application },
        example: 'transport: falling back to longpoll...',
        explains: 'The WebSocket did not open within longPollFallbackMs, and the client uses long polling.',
      },
      {
        id: 'connected',
        needle: 'transport: ',
        pattern: /\btransport: (?:WebSocket )?connected to (wss?:\/\/[!-~]{1,1900})/i,
        said: ([, url = '']) => ({ means: 'opened', application, url }),
        example: 'transport: WebSocket connected to wss://app.example/live/websocket?vsn=2.0.0',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'channel-error',
        needle: 'channel: ',
        pattern: /^(?:[^\n]{0,60}\s)?channel: (?:error|timeout) \S{1,200}(?: \(\d{1,9}\))?/,
        said: { means: 'nothing-said', application },
        example: 'channel: error room:lobby',
        explains:
          'The channel’s join was refused or not answered, or the connection under it ended. The transport’s lines say which.',
      },
      {
        id: 'before-joining',
        needle: 'before joining',
        pattern: /\btried to push '[^'\n]{1,200}' to '[^'\n]{1,200}' before joining\b/,
        said: { means: 'used-too-early', application },
        example:
          "Error: tried to push 'ping' to 'room:lobby' before joining. Use channel.join() before pushing events",
        explains: 'The program pushed before channel.join(). The connection did not fail.',
      },
      {
        id: 'joined-twice',
        needle: 'tried to join multiple times',
        pattern: /\btried to join multiple times\b/,
        said: { means: 'nothing-said', application },
        example:
          "Error: tried to join multiple times. 'join' can only be called a single time per channel instance",
        explains: 'The program called join() twice on one channel. The connection did not fail.',
      },
      {
        id: 'join-unauthorized',
        needle: 'Unable to join',
        pattern: /\bUnable to join\b[^\n]{0,20}\breason["']?: ["']unauthorized["']/,
        said: { means: 'unauthorized', application },
        example: 'Unable to join {reason: "unauthorized"}',
        explains: 'The connection is open, and the channel’s join/3 refused this user.',
      },
    ]),
    ...phrasesOf(serverSocket, [
      {
        id: 'unmatched-topic',
        needle: 'unmatched topic',
        pattern: /["']?reason["']?: ?["']unmatched topic["']/,
        said: { means: 'no-route', application },
        example: '{reason: "unmatched topic"}',
        explains: 'The server’s socket has no channel for this topic. The WebSocket under it is open.',
      },
    ]),
  ],
})
