import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const gateway = 'https://github.com/Rapptz/discord.py/blob/master/discord/gateway.py'
const errors = 'https://github.com/Rapptz/discord.py/blob/master/discord/errors.py'
const client = 'https://github.com/Rapptz/discord.py/blob/master/discord/client.py'
const manager = 'https://github.com/discordjs/discord.js/blob/main/packages/ws/src/ws/WebSocketShard.ts'

export default defineProgram({
  id: 'discord',
  name: 'discord.py and discord.js',
  side: 'client',
  mark: /\bdiscord\.(?:gateway|client|state|shard|errors|player|voice_client|http)\b|\b[Ss]hard ID (?:None|\d{1,5})\b/,
  phrases: [
    ...phrasesOf(gateway, [
      {
        id: 'heartbeat-blocked',
        needle: 'heartbeat blocked for more than',
        pattern: /\bheartbeat blocked for more than [\d.]{1,8} seconds\b/i,
        said: { means: 'stalled' },
        example: 'discord.gateway: Shard ID 0 heartbeat blocked for more than 20 seconds.',
        explains:
          'The program’s own event loop did not run for so long. Something in it blocks, such as time.sleep(), a request without await, or heavy work.',
      },
      {
        id: 'behind',
        needle: "can't keep up, ",
        pattern:
          /\bCan't keep up, (?:shard ID \w{1,8} websocket|voice websocket|websocket) is [\d.]{1,9}s behind\b/i,
        said: { means: 'stalled' },
        example: "Can't keep up, shard ID 2 websocket is 41.3s behind.",
        explains:
          'A heartbeat was answered more than 10 s late, mostly because the program’s own event loop was blocked.',
      },
      {
        id: 'stopped-responding',
        needle: 'has stopped responding to the gateway',
        pattern: /\bhas stopped responding to the gateway\b/i,
        said: { means: 'ping-timeout' },
        example: 'Shard ID 1 has stopped responding to the gateway. Closing and restarting.',
        explains: 'The gateway answered no heartbeat for 60 s, and the client starts a new connection.',
      },
      {
        id: 'keep-alive',
        needle: ['websocket alive with sequence', ' websocket alive with timestamp'],
        pattern: /\bKeeping (?:shard ID \w{1,8} )?(?:voice )?websocket alive with (?:sequence|timestamp)\b/i,
        said: { means: 'connecting' },
        example: 'Keeping shard ID 0 websocket alive with sequence 12.',
        explains: 'The client sends a heartbeat. It is not a failure.',
      },
      {
        id: 'receive-timed-out',
        needle: 'Timed out receiving packet',
        pattern: /\bTimed out receiving packet\. Attempting a reconnect\b/,
        said: { means: 'ping-timeout' },
        example: 'Timed out receiving packet. Attempting a reconnect.',
        explains: 'Nothing came from the gateway for 60 s, and the client starts a new connection.',
      },
      {
        id: 'reconnect-asked',
        needle: 'Received RECONNECT opcode',
        pattern: /\bReceived RECONNECT opcode\b/,
        said: { means: 'shutting-down' },
        example: 'Received RECONNECT opcode.',
        explains:
          'Discord asks the client to open a new connection (opcode 7), as it does whenever a gateway restarts.',
      },
      {
        id: 'session-invalidated',
        needle: 'session has been invalidated',
        pattern: /\bsession has been invalidated\b/,
        said: { means: 'closed-by-server' },
        example: 'Shard ID 0 session has been invalidated.',
        explains: 'Discord no longer knows the session, and the client has to identify again.',
      },
      {
        id: 'opened',
        needle: 'has connected to Gateway',
        pattern: /\bhas connected to Gateway\b/,
        said: { means: 'opened' },
        example: 'Shard ID None has connected to Gateway (Session ID: 3f1c2a).',
        explains: 'The connection is open, and Discord took the identify message.',
      },
      {
        id: 'resumed',
        needle: 'has successfully RESUMED session',
        pattern: /\bhas successfully RESUMED session\b/,
        said: { means: 'opened' },
        example: 'Shard ID None has successfully RESUMED session 3f1c2a.',
        explains: 'The connection is open again, and the session goes on.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'closed',
        needle: 'WebSocket closed with ',
        pattern: /\bShard ID \w{1,8} WebSocket closed with (\d{4})\b/,
        said: ([, code]) => ({ means: 'close', close: { code: Number(code), way: 'received' } }),
        example: 'discord.errors.ConnectionClosed: Shard ID None WebSocket closed with 1000',
        explains: 'The gateway closed the connection with this code, and the client does not open it again.',
      },
      {
        id: 'intents',
        needle: 'requesting privileged intents',
        pattern: /\bis requesting privileged intents that have not been explicitly enabled\b/,
        said: { means: 'close', close: { code: 4014, way: 'received' } },
        example:
          'discord.errors.PrivilegedIntentsRequired: Shard ID None is requesting privileged intents that have not been explicitly enabled in the developer portal.',
        explains:
          'Discord closed with 4014: the bot asks for intents that are not switched on for it in the developer portal.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'reconnects',
        needle: 'Attempting a reconnect',
        pattern: /\bAttempting a reconnect (?:for shard ID \w{1,8} )?in [\d.]{1,9}s\b/,
        said: { means: 'nothing-said' },
        example: 'Attempting a reconnect in 3.27s',
        explains: 'The connection failed. The reason is in the traceback below.',
      },
    ]),
    ...phrasesOf(manager, [
      {
        id: 'zombie',
        needle: 'Zombie connection',
        pattern: /\bZombie connection\b/,
        said: { means: 'ping-timeout' },
        example: '[WS => Shard 0] Zombie connection',
        explains: 'discord.js sent a heartbeat and got no answer before the next: it ends the connection.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'token',
        needle: 'token',
        pattern: /\bImproper token has been passed\b|\bAn invalid token was provided\b/,
        said: { means: 'unauthorized' },
        example: 'discord.errors.LoginFailure: Improper token has been passed.',
        explains: 'The bot’s token is not valid: it was reset, or is not the bot token.',
      },
      {
        id: 'disallowed-intents',
        needle: 'disallowed intent',
        pattern: /\bUsed disallowed intents\b|\bDisallowed intent\(s\)/,
        said: { means: 'close', close: { code: 4014, way: 'received' } },
        example: 'Error: Used disallowed intents',
        explains:
          'Discord closed with 4014: the bot asks for intents that are not switched on for it in the developer portal.',
      },
    ]),
  ],
})
