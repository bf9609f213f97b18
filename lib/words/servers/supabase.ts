import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/supabase/realtime/blob/main/lib/realtime_web/channels/user_socket.ex'
const kotlin =
  'https://github.com/supabase-community/supabase-kt/blob/master/Realtime/src/commonMain/kotlin/io/github/jan/supabase/realtime/RealtimeImpl.kt'

export default defineProgram({
  id: 'supabase',
  name: 'Supabase Realtime',
  side: 'server',
  mark: /\bsupabase\b|\bproject=\S{1,60} external_id=/i,
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'tenant',
        needle: 'tenant',
        pattern:
          /\bAuth error: tenant `[^`\n]{1,120}` not found\b|\bTenantNotFound\b|\bTenant not found: \S{1,120}/,
        said: { means: 'forbidden', status: 403, application: 'phoenix' },
        example: '[error] Auth error: tenant `realtime-prod` not found',
        explains:
          'Realtime takes its tenant from the first label of the Host header, and has none of this name. A proxy may have changed the host, or the tenant is not set up.',
      },
      {
        id: 'disabled',
        needle: 'Realtime disabled for this tenant',
        pattern: /\bRealtime disabled for this tenant\b/,
        said: { means: 'forbidden', status: 403, application: 'phoenix' },
        example: 'RealtimeDisabledForTenant: Realtime disabled for this tenant',
        explains: 'Realtime is switched off for this project, or the project is paused.',
      },
      {
        id: 'no-key',
        needle: 'API key is missing or not a valid string',
        pattern: /\bAPI key is missing or not a valid string\b/,
        said: { means: 'unauthorized', status: 403, application: 'phoenix' },
        example: 'MissingAPIKey: API key is missing or not a valid string',
        explains: 'The address has no apikey.',
      },
      {
        id: 'jwt-signature',
        needle: 'JwtSign',
        pattern: /\bJwtSign(?:ature|er)Error\b/,
        said: { means: 'unauthorized', status: 403, application: 'phoenix' },
        example: 'JwtSignatureError: Failed to validate JWT signature',
        explains: 'The key or token is of another project, or was signed with another secret.',
      },
      {
        id: 'jwt',
        needle: 'InvalidJWTToken',
        pattern: /\bInvalidJWTToken\b/,
        said: { means: 'unauthorized', status: 403, application: 'phoenix' },
        example: 'InvalidJWTToken: Fields `role` and `exp` are required in JWT',
        explains: 'The token ran out, or lacks a field.',
      },
      {
        id: 'jwt-malformed',
        needle: 'MalformedJWT',
        pattern: /\bMalformedJWT\b/,
        said: { means: 'unauthorized', status: 403, application: 'phoenix' },
        example: 'MalformedJWT: The token provided is not a valid JWT',
        explains: 'What the client sent as its key or token is not one.',
      },
      {
        id: 'too-many',
        needle: 'ConnectionRateLimitReached',
        pattern: /\bConnectionRateLimitReached\b(?:: Too many connected users)?/,
        said: { means: 'too-many-connections', application: 'phoenix' },
        example: 'ConnectionRateLimitReached: Too many connected users',
        explains: 'The project has as many connections as its plan allows.',
      },
      {
        id: 'rate',
        needle: 'RateLimitReached',
        pattern:
          /\b(?:Client)?Joins?RateLimitReached\b|\b(?:MessagePerSecond|ClientPresence|DatabaseConnection|Channel)RateLimitReached\b/,
        said: { means: 'rate-limited', application: 'phoenix' },
        example: 'JoinsRateLimitReached: Too many joins per second',
        explains: 'The client joins or sends more often than the project’s plan allows.',
      },
      {
        id: 'unauthorized',
        needle: 'You do not have permissions to read from this Channel topic',
        pattern: /\bYou do not have permissions to read from this Channel topic\b/,
        said: { means: 'forbidden', phase: 'open', application: 'phoenix' },
        example: 'Unauthorized: You do not have permissions to read from this Channel topic: room:1',
        explains: 'The connection is open, and a policy refuses this channel.',
      },
      {
        id: 'restarting',
        needle: 'RealtimeRestarting',
        pattern: /\bRealtimeRestarting\b/,
        said: { means: 'shutting-down', application: 'phoenix' },
        example: 'RealtimeRestarting: Realtime is restarting, please standby',
        explains: 'Realtime starts again. Clients connect again by themselves.',
      },
      {
        id: 'database',
        needle: ['UnableToConnectTo', 'unable to connect to the project database'],
        pattern:
          /\bUnableToConnectTo(?:Project|TenantDatabase)\b|\bRealtime was unable to connect to the project database\b/,
        said: { means: 'handler-failed', application: 'phoenix' },
        example: 'UnableToConnectToProject: Realtime was unable to connect to the project database',
        explains: 'Realtime does not reach the project’s database, so channels do not join.',
      },
    ]),
    ...phrasesOf(kotlin, [
      {
        id: 'kotlin-failed',
        needle: 'trying to connect to realtime websocket',
        pattern: /\bError while trying to connect to realtime websocket\b/,
        said: { means: 'nothing-said', application: 'phoenix' },
        side: 'client',
        example: 'Supabase-Realtime: Error while trying to connect to realtime websocket. Trying again in 7s',
        explains: 'The connection did not open. The exception below it says why.',
      },
      {
        id: 'kotlin-heartbeat',
        needle: 'Heartbeat timeout',
        pattern: /\bHeartbeat timeout\. Trying to reconnect\b/,
        said: { means: 'ping-timeout', application: 'phoenix' },
        side: 'client',
        example: 'Heartbeat timeout. Trying to reconnect in 7s',
        explains: 'The server did not answer the client’s heartbeat.',
      },
    ]),
  ],
})
