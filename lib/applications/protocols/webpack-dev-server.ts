import { defineApplication } from '#lib/applications/application.ts'
import { isNamed } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'webpack-dev-server',
  name: 'webpack-dev-server (webpack, Angular, Vue CLI)',
  marks: {
    address: /^\/ng-cli-ws\b|^\/sockjs-node\b/,
    message:
      /^\{"type":"(?:hot"\}$|liveReload"\}$|error","data":"Invalid Host\/Origin header"|overlay","data":|hash","data":"[0-9a-f]{16})/,
  },
  words: ['webpack-dev-server'],

  fixes: {
    'origin-rejected': ({ pageHost }) => ({
      summary: isNamed(pageHost)
        ? sentence`webpack-dev-server refuses pages whose host is not in allowedHosts. Add ${pageHost}.`
        : sentence`webpack-dev-server refuses who asks it for a host that is not in allowedHosts. Add the one that arrives there in Host: a proxy in front of it may pass on another than yours.`,
      changes: [
        {
          program: 'node',
          of: 'webpack',
          where: sentence`webpack.config, devServer`,
          text: js`devServer: { allowedHosts: [${js.string(isNamed(pageHost) ? pageHost : 'YOUR_HOST')}] }`,
        },
        {
          program: 'node',
          of: 'angular',
          where: sentence`angular.json, options of serve, for Angular’s dev server`,
          text: js`"allowedHosts": [${js.string(isNamed(pageHost) ? pageHost : 'YOUR_HOST')}]`,
        },
      ],
    }),
  },

  source: 'https://webpack.js.org/configuration/dev-server/#devserverallowedhosts',
})
