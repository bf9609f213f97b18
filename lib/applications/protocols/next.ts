import { defineApplication } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const HMR = /\/_next\/(?:webpack-)?hmr$/

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

  // Version 16 renamed its path; every other upgrade is left silent.
  alternatives: ({ url, hungUpAfterMs, answer }) => {
    const path = url?.pathname ?? ''
    const other = path.endsWith('/_next/webpack-hmr') ? 'hmr' : 'webpack-hmr'
    const isMute = answer === undefined && hungUpAfterMs === undefined
    return isMute && HMR.test(path) ? [{ path: path.replace(HMR, `/_next/${other}`) }] : []
  },

  fixes: {
    'path-not-found': ({ address }) => ({
      summary: sentence`next dev opens its hot reload at /_next/hmr, and at /_next/webpack-hmr in older versions. A page that asks for the other was made by another version: reload it, and let a proxy in front pass both on.`,
      changes: [
        {
          program: 'browser',
          of: 'next',
          where: sentence`In the console of the page at ${URL.parse(address)?.host ?? 'your host'}`,
          text: js`location.reload()`,
        },
      ],
    }),
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
