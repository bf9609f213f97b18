import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const http = 'https://github.com/coder/code-server/blob/main/src/node/http.ts'

export default defineProgram({
  id: 'code-server',
  name: 'code-server',
  side: 'server',
  mark: /\bcode-server\b|\bHttpError: /,
  phrases: [
    ...phrasesOf(http, [
      {
        id: 'origin-mismatch',
        needle: 'does not match origin',
        pattern: /\bhost "?[^"\n]{0,200}"? does not match origin "?([^"\n;]{0,200}?)"?(?:;|$)/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin && { origin }) }),
        example:
          'host "10.0.0.5:8080" does not match origin "https://a.example"; blocking request to /stable-abc',
        explains:
          'The Origin names another host than the request. A proxy has to pass Host on, or --trusted-origins has to name it.',
      },
      {
        id: 'no-host',
        needle: 'does not forward the host',
        pattern: /\bAre you behind a reverse proxy that does not forward the host\?/,
        said: { means: 'host-refused' },
        example: 'error Are you behind a reverse proxy that does not forward the host?',
        fix: 'Have the proxy pass Host on unchanged, or X-Forwarded-Host with the name that the browser asked for.',
        explains: 'The request names no host. The proxy has to pass Host, or X-Forwarded-Host, on.',
      },
      {
        id: 'unauthorized',
        needle: 'HttpError: Unauthorized',
        pattern: /\bHttpError: Unauthorized\b/,
        said: { means: 'unauthorized', status: 401 },
        example: 'HttpError: Unauthorized',
        explains: 'The cookie of the login did not come with the handshake, or is not valid any more.',
      },
      {
        id: 'forbidden',
        needle: 'HttpError: Forbidden',
        pattern: /\bHttpError: Forbidden\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'HttpError: Forbidden',
        explains: 'The Origin does not match the host, or proxying is not allowed.',
      },
    ]),
  ],
})
