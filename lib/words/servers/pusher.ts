import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const codes =
  'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#error-codes'
const soketi = 'https://github.com/soketi/soketi/blob/1.x/src/ws-handler.ts'
const reverb = 'https://github.com/laravel/reverb/tree/main/src/Protocols/Pusher'
const client = 'https://github.com/pusher/pusher-js/blob/master/src/core/connection/connection_manager.ts'

const closed = (code: number, reason: string): Said => ({
  means: 'close',
  close: { code, reason, way: 'received' },
  application: 'pusher',
})

/** The error event, and the close that follows it. */
const refused = (code: number, reason: string): Said =>
  /\borigin\b/i.test(reason) ? { ...closed(code, reason), means: 'origin-refused' } : closed(code, reason)

export default defineProgram({
  id: 'pusher',
  name: 'Pusher Channels, Laravel Reverb and Soketi',
  mark: /\bpusher\b|\breverb\b|\bsoketi\b/i,
  phrases: [
    ...phrasesOf(codes, [
      {
        id: 'error-event',
        needle: 'pusher:error',
        pattern:
          /\bpusher:error\b[^\n]{0,60}?\bcode\b\\{0,4}["']?: ?(\d{4})\b[^\n]{0,12}?\bmessage\b\\{0,4}["']?: ?\\{0,4}["']([^"'\\\n]{0,200})/,
        said: ([, code, reason = '']) => refused(Number(code), reason),
        side: 'client',
        example: '{"event":"pusher:error","data":{"code":4009,"message":"Origin not allowed"}}',
        explains:
          'The server’s own error. 4000 to 4099: do not reconnect. 4100 to 4199: wait. 4200 to 4299: reconnect at once.',
      },
      {
        id: 'error-event-by-message',
        needle: 'pusher:error',
        pattern:
          /\bpusher:error\b[^\n]{0,60}?\bmessage\b\\{0,4}["']?: ?\\{0,4}["']([^"'\\\n]{0,200})[^\n]{0,12}?\bcode\b\\{0,4}["']?: ?(\d{4})\b/,
        said: ([, reason = '', code]) => refused(Number(code), reason),
        side: 'client',
        example:
          '{"event":"pusher:error","data":{"message":"The origin is not allowed for `app-key`.","code":4009}}',
        explains: 'The server’s own error, as laravel-websockets writes it: the message first.',
      },
      {
        id: 'wrong-cluster',
        needle: 'not in this cluster',
        pattern: /\bApp key [\w-]{1,80} not in this cluster\b/,
        said: closed(4001, 'App key not in this cluster'),
        side: 'client',
        example: 'App key 5a1b2c3d not in this cluster. Did you forget to specify the cluster?',
        explains: 'Pusher’s 4001: the application is in another cluster than the one of this address.',
        fix: 'Give the client the cluster of the application, as its page at Pusher names it: option cluster, PUSHER_APP_CLUSTER.',
      },
      {
        id: 'unknown-application',
        needle: 'Application does not exist',
        pattern: /\bApplication does not exist\b/,
        said: closed(4001, 'Application does not exist'),
        example: 'Application does not exist',
        explains:
          'Pusher’s and Reverb’s 4001: the key in the address belongs to no application of this server.',
        fix: 'Give the client the key of an application that this server has. For Reverb that is REVERB_APP_KEY, which the page gets as VITE_REVERB_APP_KEY when it is built. For Pusher the cluster must fit as well.',
      },
      {
        id: 'over-quota',
        needle: ['over connection quota', 'Application is over its connection quota'],
        pattern: /\bApplication is over (?:its )?connection quota\b/,
        said: closed(4004, 'Application is over connection quota'),
        example: 'Application is over connection quota',
        explains: 'Pusher’s and Reverb’s 4004: the application has as many connections as it may have.',
      },
      {
        id: 'pong-late',
        needle: 'Pong reply not received',
        pattern: /\bPong reply not received(?: in time)?\b/,
        said: closed(4201, 'Pong reply not received in time'),
        example: 'Pong reply not received in time',
        explains: 'Pusher’s and Reverb’s 4201: the client did not answer the server’s ping.',
      },
    ]),
    ...phrasesOf(reverb, [
      {
        id: 'reverb-established',
        needle: 'Connection Established',
        pattern: /\bConnection Established \.{2,} ?[\d.]{3,30}/,
        said: { means: 'opened', application: 'pusher' },
        side: 'server',
        example: 'Connection Established ............ 581736192.48263514',
        explains: 'Reverb accepted the connection.',
      },
      {
        id: 'reverb-closed',
        needle: 'Connection Closed',
        pattern: /\bConnection Closed \.{2,} ?[\d.]{3,30}/,
        said: { means: 'lost', application: 'pusher' },
        side: 'server',
        example: 'Connection Closed ................. 581736192.48263514',
        explains: 'The connection ended. How is not said.',
      },
      {
        id: 'reverb-pruned',
        needle: 'Connection Pruned',
        pattern: /\bConnection Pruned\b/,
        said: { means: 'ping-timeout', application: 'pusher' },
        side: 'server',
        example: 'Connection Pruned ................. 581736192.48263514',
        explains: 'The client did not answer Reverb’s ping, and Reverb closed.',
      },
      {
        id: 'reverb-terminating',
        needle: 'Gracefully terminating connections',
        pattern: /\bGracefully terminating connections\b/,
        said: { means: 'shutting-down', application: 'pusher' },
        side: 'server',
        example: 'INFO  Gracefully terminating connections.',
        explains: 'Reverb stops or restarts, and its connections end.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'state-connected',
        needle: 'State changed',
        pattern: /\bState changed\b[^\n]{0,12}?\bconnecting -> connected\b/,
        said: { means: 'opened', application: 'pusher' },
        side: 'client',
        example:
          'Pusher :  : ["State changed","connecting -> connected with new socket ID 581736192.48263514"]',
        explains: 'The connection is open, and the server greeted.',
      },
      {
        id: 'state-unavailable',
        needle: 'State changed',
        pattern: /\bState changed\b[^\n]{0,12}?\b(?:connecting|connected) -> (?:unavailable|failed)\b/,
        said: { means: 'never-opened', application: 'pusher' },
        side: 'client',
        example: 'Pusher :  : ["State changed","connecting -> unavailable"]',
        explains: 'No connection could be made for 10 s. pusher-js does not know why.',
      },
      {
        id: 'state-lost',
        needle: 'State changed',
        pattern: /\bState changed\b[^\n]{0,12}?\bconnected -> (?:connecting|disconnected)\b/,
        said: { means: 'lost', application: 'pusher' },
        side: 'client',
        example: 'Pusher :  : ["State changed","connected -> connecting"]',
        explains: 'The connection ended, and pusher-js connects again.',
      },
    ]),
    ...phrasesOf(soketi, [
      {
        id: 'soketi-key',
        needle: 'does not exist',
        pattern: /\bApp key [\w-]{1,80} does not exist\b/,
        said: closed(4001, 'App key does not exist'),
        example: 'App key app-key does not exist.',
        explains: 'The key in the address is of no app of this server.',
      },
      {
        id: 'soketi-quota',
        needle: 'concurrent connections quota',
        pattern: /\bThe current concurrent connections quota has been reached\b/,
        said: closed(4100, 'The current concurrent connections quota has been reached.'),
        example: 'The current concurrent connections quota has been reached.',
        explains: 'The app has as many connections as it may have.',
      },
      {
        id: 'soketi-auth',
        needle: 'Connection not authorized within timeout',
        pattern: /\bConnection not authorized within timeout\b/,
        said: {
          means: 'first-message-missing',
          close: { code: 4009, way: 'received' },
          application: 'pusher',
        },
        example: 'Connection not authorized within timeout.',
        explains: 'The client did not sign in after it had connected.',
      },
      {
        id: 'soketi-closing',
        needle: 'Please reconnect shortly',
        pattern: /\bServer (?:closed|is closing)\. Please reconnect shortly\b/,
        said: { means: 'shutting-down', close: { code: 4200, way: 'received' }, application: 'pusher' },
        example: 'Server is closing. Please reconnect shortly.',
        explains: 'The server shuts down. The client connects again by itself.',
      },
    ]),
  ],
})
