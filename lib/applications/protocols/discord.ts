import { defineApplication } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'discord',
  name: 'Discord gateway',
  marks: { message: /^\{"t":null,"s":null,"op":10,/ },
  words: [],
  closes: privateCodes.discord.codes,
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
