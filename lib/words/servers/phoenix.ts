import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'phoenix',
  name: 'Phoenix and Cowboy',
  side: 'server',
  mark: /\bPhoenix\.\w|\[(?:error|info|warning)\] |\bCowboy\b|\bBandit\b/,
  phrases: [
    ...phrasesOf('https://github.com/phoenixframework/phoenix/blob/main/lib/phoenix/socket/transport.ex', [
      {
        id: 'origin',
        needle: 'Could not check origin for Phoenix.Socket transport',
        pattern: /Could not check origin for Phoenix\.Socket transport/i,
        said: { means: 'origin-refused' },
        example: '[error] Could not check origin for Phoenix.Socket transport.',
        explains: 'The page’s Origin is not what check_origin or the endpoint’s url: host allows.',
      },
      {
        id: 'origin-named',
        needle: 'Origin of the request',
        pattern: /Origin of the request: (https?:\/\/\S{1,255})/i,
        said: ([, origin = '']) => ({ means: 'origin-refused', origin }),
        example: 'Origin of the request: http://127.0.0.1:4000',
        explains: 'The Origin that Phoenix refused.',
      },
      {
        id: 'origin-hint',
        needle: 'different host than the one',
        pattern:
          /attempting a socket connection to$|a different host than the one configured in your config|different host than the one/i,
        said: { means: 'origin-refused' },
        example:
          'This happens when you are attempting a socket connection to a different host than the one configured in your config/ files.',
        explains: 'Part of Phoenix’s message about check_origin.',
      },
      {
        id: 'refused',
        needle: 'REFUSED CONNECTION TO',
        pattern: /\bREFUSED CONNECTION TO \S{1,200}/i,
        said: { means: 'forbidden' },
        example: '[info] REFUSED CONNECTION TO MyAppWeb.UserSocket in 85µs',
        explains: 'connect/3 of the socket returned :error, and the handshake was answered with 403.',
      },
      {
        id: 'connected',
        needle: 'CONNECTED TO',
        pattern: /(?<!REFUSED )\bCONNECTED TO \S{1,200} in \S{1,20}/i,
        said: { means: 'opened' },
        example: '[info] CONNECTED TO Phoenix.LiveView.Socket in 15µs',
        explains: 'The socket was accepted.',
      },
      {
        id: 'no-route',
        needle: 'no route found for GET',
        pattern: /\bno route found for GET (\S{1,400})/i,
        said: { means: 'no-route' },
        example:
          '[debug] ** (Phoenix.Router.NoRouteError) no route found for GET /sockets/websocket (MyAppWeb.Router)',
        explains: 'No socket is mounted at this path, so the router was asked and has no such route.',
      },
    ]),
  ],
})
