import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const openai = 'https://platform.openai.com/docs/guides/realtime-websocket'
const deepgram = 'https://developers.deepgram.com/docs/errors'

/** Services that talk, listen or think over a WebSocket, in the errors that they send before they close. */
export default defineProgram({
  id: 'realtime-apis',
  name: 'OpenAI Realtime, Deepgram and the like',
  side: 'server',
  mark: /"invalid_request_error"|\bsession_expired\b|\bdeepgram\b|\bopenai\b/i,
  phrases: [
    ...phrasesOf(openai, [
      {
        id: 'session-expired',
        needle: ['session hit the maximum duration', 'session_expired'],
        pattern:
          /\bYour session hit the maximum duration of (\d{1,5}) minutes?\b|"code" ?: ?"session_expired"/,
        said: ([, minutes]) => ({
          means: 'lifetime',
          ...(minutes !== undefined && { limitMs: Number(minutes) * 60_000 }),
        }),
        example:
          '{"type":"error","error":{"type":"invalid_request_error","code":"session_expired","message":"Your session hit the maximum duration of 60 minutes."}}',
        explains: 'A session lives for so long, whatever is sent on it. Open the next one before.',
      },
      {
        id: 'api-key',
        needle: ['invalid_api_key', 'Incorrect API key provided'],
        pattern: /"code" ?: ?"invalid_api_key"|\bIncorrect API key provided\b/,
        said: { means: 'unauthorized' },
        example:
          '{"type":"error","error":{"type":"invalid_request_error","code":"invalid_api_key","message":"Incorrect API key provided"}}',
        explains: 'The service does not know the key.',
      },
      {
        id: 'rate-limit',
        needle: ['rate_limit_exceeded', 'insufficient_quota'],
        pattern: /"(?:code|type)" ?: ?"(?:\w{0,20}rate_limit_exceeded|insufficient_quota)"/,
        said: { means: 'rate-limited' },
        example:
          '{"type":"error","error":{"type":"invalid_request_error","code":"inference_rate_limit_exceeded"}}',
        explains: 'The account has used what it may use for now.',
      },
    ]),
    ...phrasesOf(deepgram, [
      {
        id: 'no-audio',
        needle: ['NET-0001', 'did not receive audio data'],
        pattern: /\bNET-0001\b|\bdid not receive audio data or a text message within the timeout window\b/,
        said: { means: 'idle-timeout' },
        example:
          'received 1011 (internal error) Deepgram did not receive audio data or a text message within the timeout window',
        explains: 'Nothing was sent for 10 s. Send audio, or a KeepAlive message every 3 to 5 s.',
      },
    ]),
  ],
})
