import { type CloseMeaning, defineApplication } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import type { Meaning } from '#lib/words/meaning.ts'

const span = (from: number, to: number, says: string, means?: Meaning): CloseMeaning => ({
  from,
  to,
  says,
  ...(means !== undefined && { means }),
  source: 'https://docs.discord.com/developers/topics/opcodes-and-status-codes',
  certain: true,
})

export default defineApplication({
  id: 'discord',
  name: 'Discord gateway',
  marks: { message: /^\{"t":null,"s":null,"op":10,/ },
  words: [],
  closes: [
    span(4000, 4000, 'Unknown error'),
    span(4001, 4001, 'Unknown opcode'),
    span(4002, 4002, 'Payload could not be decoded'),
    span(4003, 4003, 'Not authenticated: a payload came before identifying', 'first-message-missing'),
    span(4004, 4004, 'Authentication failed'),
    span(4005, 4005, 'Already authenticated'),
    span(4007, 4007, 'Invalid sequence number on resume'),
    span(4008, 4008, 'Rate limited'),
    span(4009, 4009, 'Session timed out'),
    span(4010, 4014, 'A setting of the client is wrong (shard, version, intents): do not reconnect'),
  ],
  first: {
    name: 'Identify (op 2)',
    patience: [],
    needs: sentence`It holds the token of a bot.`,
  },

  fixes: {
    'authentication-required': () => ({
      summary: sentence`Identify with the bot’s current token: a token that was reset ends all that use the old one.`,
      changes: [
        {
          program: 'node',
          of: 'discord',
          at: 'client',
          where: sentence`Node (discord.js)`,
          text: js`client.login(process.env.DISCORD_TOKEN)`,
        },
      ],
    }),
  },

  source: 'https://docs.discord.com/developers/events/gateway',
})
