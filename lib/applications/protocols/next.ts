import { defineApplication } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'next',
  name: 'Next.js (next dev)',
  marks: {
    address: /^(?:\/[\w./-]{0,100})?\/_next\/(?:webpack-)?hmr\b/,
    message: /^\{"(?:action|type)":"(?:sync|isrManifest|building|turbopack-connected)"/,
  },
  words: ['next'],
  reads: (message) =>
    message === 'Unauthorized'
      ? {
          means: 'origin-refused',
          says: sentence`next dev answers a page of another host with this word alone`,
        }
      : undefined,

  fixes: {
    'origin-rejected': ({ pageHost }) => ({
      summary: sentence`next dev takes pages of localhost and of the hosts in allowedDevOrigins only. Add ${pageHost} and restart it.`,
      changes: [
        {
          program: 'node',
          of: 'next',
          where: sentence`next.config`,
          text: js`module.exports = { allowedDevOrigins: [${js.string(pageHost)}] }`,
        },
      ],
    }),
  },

  source: 'https://nextjs.org/docs/app/api-reference/config/next-config-js/allowedDevOrigins',
})
