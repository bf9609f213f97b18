import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const tunnel =
  'https://github.com/apache/guacamole-client/blob/main/guacamole-common/src/main/java/org/apache/guacamole/websocket/GuacamoleWebSocketTunnelEndpoint.java'

const daemon = 'https://github.com/apache/guacamole-server/blob/main/src/libguac/user-handshake.c'

export default defineProgram({
  id: 'guacamole',
  name: 'Apache Guacamole',
  side: 'server',
  mark: /\bguacamole\b|\bguacd\b/i,
  phrases: [
    ...phrasesOf(daemon, [
      {
        id: 'not-responding',
        needle: 'User is not responding',
        pattern: /\bUser is not responding\b/,
        said: { means: 'ping-timeout' },
        example: 'guacd[123]: ERROR: User is not responding.',
        explains:
          'guacd got no answer to its sync instructions for 15 s: the browser, or the connection to it, no longer responds.',
      },
    ]),
    ...phrasesOf(tunnel, [
      {
        id: 'tunnel-failed',
        needle: 'WebSocket tunnel to guacd failed',
        pattern: /\bCreation of WebSocket tunnel to guacd failed: /,
        said: { means: 'backend-refused' },
        side: 'proxy',
        example: 'Creation of WebSocket tunnel to guacd failed: End of stream while waiting for "args".',
        explains: 'The web application has no working connection to guacd.',
      },
      {
        id: 'guacd-terminated',
        needle: ['guacd terminated', 'Connection to guacd closed'],
        pattern: /\bConnection to guacd (?:terminated abnormally|closed)\b/,
        said: { means: 'backend-closed' },
        side: 'proxy',
        example: 'Connection to guacd terminated abnormally: Connection to guacd timed out.',
        explains: 'guacd ended the session, or did not answer.',
      },
      {
        id: 'terminated',
        needle: 'WebSocket connection terminated',
        pattern: /\bWebSocket connection terminated: /,
        said: { means: 'lost' },
        example: 'WebSocket connection terminated: No such connection.',
        explains: 'The tunnel ended. The words behind say why.',
      },
      {
        id: 'http-only',
        needle: 'Only HTTP will be used',
        pattern: /\bWebSocket support NOT present\. Only HTTP will be used\b/,
        said: { means: 'no-websocket-support' },
        example: 'WebSocket support NOT present. Only HTTP will be used.',
        explains: 'The servlet container has no WebSocket support.',
      },
      {
        id: 'http-tunnel',
        needle: 'Using HTTP tunnel',
        pattern: /\bUsing HTTP tunnel \(not WebSocket\)/,
        // Its requests arrive over HTTP by the same way: only the upgrade did not.
        said: { means: 'upgrade-missing', unsure: true },
        example: 'Using HTTP tunnel (not WebSocket). Performance may be sub-optimal.',
        explains:
          'The page’s WebSocket did not open, and it goes on by HTTP: mostly a proxy that passes no upgrade on.',
      },
    ]),
  ],
})
