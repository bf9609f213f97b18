import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client =
  'https://github.com/vercel/next.js/blob/canary/packages/next/src/client/dev/hot-reloader/pages/websocket.ts'
const origins = 'https://nextjs.org/docs/app/api-reference/config/next-config-js/allowedDevOrigins'

const application = 'next'

export default defineProgram({
  id: 'next',
  name: 'Next.js (development)',
  side: 'client',
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'connected',
        needle: '[HMR] connected',
        pattern: /\[HMR\] connected\b/,
        said: { means: 'opened', application },
        example: '[HMR] connected',
        explains: 'The WebSocket of the dev server (/_next/webpack-hmr) opened.',
      },
    ]),
    ...phrasesOf(origins, [
      {
        id: 'blocked-cross-origin',
        needle: 'locked cross-origin request',
        pattern:
          /Blocked cross-origin request (?:from (\S{1,253}) )?to (?:\/_next\/\*|Next\.js dev) resource(?: \S{1,200}(?: from "([^"\s]{1,253})")?)?/,
        said: ([, before, behind]) => ({
          means: 'origin-refused',
          application,
          ...((before ?? behind) !== undefined && { origin: before ?? behind }),
        }),
        side: 'server',
        example:
          'Blocked cross-origin request from dev.example to /_next/* resource. To allow this, configure "allowedDevOrigins" in next.config',
        explains: 'The dev server refuses a page of this host: it is not in allowedDevOrigins.',
      },
    ]),
  ],
})
