import { conversation, defineApplication, text, type Utterance } from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** The server pings every 15 s; the manager gives up 20 s after the last message. */
function hear(message: Payload): readonly Utterance[] {
  return message.opcode === 'text' && objectOf(message.text)?.type === 'ping'
    ? [text('{"type":"pong"}', 'answered a ping message with a pong')]
    : []
}

export default defineApplication({
  id: 'storybook',
  name: 'Storybook',
  marks: { address: /\/storybook-server-channel\b/ },
  words: [],
  closes: privateCodes.storybook.codes,
  converse: () => conversation({ hear }),

  fixes: {
    'authentication-required': () => ({
      summary: sentence`Storybook takes its own page’s socket only with the token of this run (?token=…). Reload the page, so that it has the token of the Storybook that runs now.`,
      changes: [
        {
          program: 'browser',
          of: 'storybook',
          where: sentence`In the console of Storybook’s page`,
          text: js`location.reload()`,
        },
      ],
    }),
    forbidden: ({ pageHost }) => ({
      summary: sentence`Storybook refuses pages of hosts that it does not know. Allow ${pageHost} (core.allowedHosts).`,
      changes: [
        {
          program: 'node',
          of: 'storybook',
          where: sentence`.storybook/main`,
          text: js`core: { allowedHosts: [${js.string(pageHost)}] }`,
        },
      ],
    }),
    'origin-rejected': ({ pageHost }) => ({
      summary: sentence`Storybook refuses pages of hosts that it does not know. Allow ${pageHost} (core.allowedHosts).`,
      changes: [
        {
          program: 'node',
          of: 'storybook',
          where: sentence`.storybook/main`,
          text: js`core: { allowedHosts: [${js.string(pageHost)}] }`,
        },
      ],
    }),
  },

  source: 'https://storybook.js.org/docs/api/main-config/main-config-core',
})
