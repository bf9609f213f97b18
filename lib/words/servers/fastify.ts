import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const fastify = 'https://github.com/fastify/fastify-websocket/blob/main/index.js'
const nest = 'https://docs.nestjs.com/websockets/gateways'

export default defineProgram({
  id: 'fastify',
  name: 'Fastify and NestJS',
  side: 'server',
  mark: /\bfastify\b|\[Nest\]|\bWsException\b/i,
  phrases: [
    ...phrasesOf(fastify, [
      {
        id: 'no-handler',
        needle: 'no websocket handler',
        pattern: /\bclosed incoming websocket connection for path with no websocket handler\b/,
        said: { means: 'no-route' },
        example: 'closed incoming websocket connection for path with no websocket handler',
        explains: 'The path has a route, and none with websocket: true.',
      },
      {
        id: 'upgrade-failed',
        needle: 'websocket upgrade failed',
        pattern: /\bwebsocket upgrade failed\b(?=[^\n]{0,200}\blevel\b|"|$)/,
        said: { means: 'never-opened' },
        example: '{"level":40,"msg":"websocket upgrade failed"}',
        explains: 'The handshake failed on the way: err beside it says why.',
      },
    ]),
    ...phrasesOf(nest, [
      {
        id: 'no-driver',
        needle: 'driver',
        pattern: /\bNo driver \(WebSockets\) has been selected\b/,
        said: { means: 'no-websocket-support' },
        example:
          '[Nest] 12  - ERROR [PackageLoader] No driver (WebSockets) has been selected. In order to take advantage of the default driver, please, ensure to install the "@nestjs/platform-socket.io" package',
        explains:
          'The package for the gateways is not installed: @nestjs/platform-socket.io or @nestjs/platform-ws.',
      },
      {
        id: 'handler-failed',
        needle: 'WsExceptionsHandler',
        pattern: /\[WsExceptionsHandler\] \S[^\n]{0,300}/,
        said: { means: 'handler-failed' },
        example:
          "[Nest] 12  - ERROR [WsExceptionsHandler] Cannot read properties of undefined (reading 'id')",
        explains:
          'A handler of a gateway threw. The client gets an exception event, and the connection stays.',
      },
      {
        id: 'missing-package',
        needle: 'package is missing',
        pattern: /\bThe "(?:ws|socket\.io|@nestjs\/platform-[\w.]{1,20})" package is missing\b/,
        said: { means: 'no-websocket-support' },
        example:
          '[PackageLoader] The "ws" package is missing. Please, make sure to install it to take advantage of WsAdapter.',
        explains: 'The package for the gateways is not installed.',
      },
    ]),
  ],
})
