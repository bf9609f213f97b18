import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const streams = 'https://www.twilio.com/docs/api/errors/31920'
const voice = 'https://github.com/twilio/twilio-voice.js/blob/master/lib/twilio/wstransport.ts'

export default defineProgram({
  id: 'twilio',
  name: 'Twilio (Voice, Video and Media Streams)',
  side: 'client',
  mark: /\bTwilio/,
  phrases: [
    ...phrasesOf(streams, [
      {
        id: 'stream-handshake',
        needle: 'Stream - WebSocket - Handshake Error',
        pattern: /\bStream - WebSocket - Handshake Error\b/i,
        said: { means: 'bad-answer' },
        example: 'Error 31920: Stream - WebSocket - Handshake Error',
        explains: 'Your server did not answer Twilio’s handshake with a good 101.',
      },
      {
        id: 'stream-timeout',
        needle: 'Stream - WebSocket - Connection Timeout',
        pattern: /\bStream - WebSocket - Connection Timeout\b/i,
        said: { means: 'connect-timeout' },
        example: 'Error 31901: Stream - WebSocket - Connection Timeout',
        explains: 'Twilio could not connect to your server in time.',
      },
      {
        id: 'stream-tls',
        needle: 'Stream - WebSocket - SSL',
        pattern: /\bStream - WebSocket - SSL Protocol Error\b/i,
        said: { means: 'tls-garbled' },
        example: 'Error 31910: Stream - WebSocket - SSL Protocol Error',
        explains: 'TLS to your server failed: its certificate, its version, or plain HTTP on that port.',
      },
      {
        id: 'stream-close',
        needle: 'Stream - WebSocket - Close Error',
        pattern: /\bStream - WebSocket - Close Error\b/i,
        said: { means: 'lost' },
        example: 'Error 31921: Stream - WebSocket - Close Error',
        explains: 'Your server ended the WebSocket, and not in order.',
      },
      {
        id: 'stream-pipe',
        needle: 'Stream - WebSocket - Connection Broken Pipe',
        pattern: /\bStream - WebSocket - Connection Broken Pipe\b/i,
        said: { means: 'dropped' },
        example: 'Error 31924: Stream - WebSocket - Connection Broken Pipe',
        explains: 'The connection to your server broke.',
      },
    ]),
    ...phrasesOf(voice, [
      {
        id: 'voice-close',
        needle: 'Received websocket close event code',
        pattern: /\bReceived websocket close event code: (\d{4})\. Reason: ([^\n]{0,123})/,
        said: ([, code, reason = '']) => ({
          means: code === '1006' ? ('lost' as const) : ('close' as const),
          close: { code: Number(code), reason: reason.trim(), way: 'received' as const },
        }),
        example: '[TwilioVoice][WSTransport] Received websocket close event code: 1001. Reason: going away',
        explains: 'The connection to Twilio ended with this code.',
      },
      {
        id: 'voice-silent',
        needle: 'No messages received in ',
        pattern: /\bNo messages received in (\d{1,4}) seconds\. Reconnecting\b/,
        said: ([, seconds]) => ({ means: 'ping-timeout' as const, limitMs: Number(seconds) * 1000 }),
        example: '[TwilioVoice][WSTransport] No messages received in 15 seconds. Reconnecting...',
        explains: 'No heartbeat of Twilio came in time, and the client gave up.',
      },
      {
        id: 'voice-opened',
        needle: 'WebSocket opened successfully',
        pattern: /\bWebSocket opened successfully\b/,
        said: { means: 'opened' },
        example: '[TwilioVoice][WSTransport] WebSocket opened successfully.',
        explains: 'The connection is open.',
      },
      {
        id: 'voice-failed',
        needle: 'Could not connect to endpoint',
        pattern: /\bWSTransport\b[^\n]{0,20}\bCould not connect to endpoint\b[^\n]{0,120}/,
        said: { means: 'never-opened' },
        example: '[TwilioVoice][WSTransport] Could not connect to endpoint',
        explains: 'The connection to Twilio did not open.',
      },
      {
        id: 'transport',
        needle: '31009',
        pattern: /\b31009\b[^\n]{0,40}\b[Tt]ransport\b|\bTransportError \(31009\)/,
        said: { means: 'never-opened' },
        example: 'TransportError (31009): No transport available to send or receive messages',
        explains: 'There is no open connection to Twilio: a firewall, or no network.',
      },
      {
        id: 'token-expired',
        needle: 'AccessToken',
        pattern:
          /\bAccessTokenExpired(?:Error)?\b|\bAccessTokenInvalid(?:Error)?\b|\b2010[14]\b[^\n]{0,40}\b[Aa]ccess ?[Tt]oken\b/,
        said: { means: 'unauthorized' },
        example: 'AccessTokenExpired (20104): Access Token expired or expiration date invalid',
        explains: 'The access token ran out, or is not valid.',
      },
      {
        id: 'signaling',
        needle: 'SignalingConnection',
        pattern: /\bSignalingConnection(?:Timeout|Disconnected)?Error\b/,
        said: { means: 'lost' },
        example: 'SignalingConnectionError: Signaling connection error',
        explains: 'The signaling connection of Twilio Video did not open, or was lost.',
      },
    ]),
  ],
})
