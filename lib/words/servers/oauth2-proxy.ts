import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const proxy = 'https://github.com/oauth2-proxy/oauth2-proxy/blob/master/oauthproxy.go'

export default defineProgram({
  id: 'oauth2-proxy',
  name: 'oauth2-proxy',
  side: 'proxy',
  mark: /\boauthproxy\.go:\d|\b(?:stored|jwt)_session\.go:\d/,
  phrases: [
    ...phrasesOf(proxy, [
      {
        id: 'not-signed-in',
        needle: 'No valid authentication in request',
        pattern: /\bNo valid authentication in request\. (?:Initiating login|Access Denied)\b/,
        said: { means: 'unauthorized' },
        example: '[oauthproxy.go:1031] No valid authentication in request. Initiating login.',
        explains:
          'The request had no valid session cookie, and was sent to the login (302) or answered 401. A WebSocket cannot follow that: sign in first, and send the cookie.',
      },
      {
        id: 'denied',
        needle: 'Permission Denied: ',
        pattern: /\bPermission Denied: user is unauthorized\b/,
        said: { means: 'forbidden', status: 403 },
        example: '[oauthproxy.go:880] Permission Denied: user is unauthorized',
        explains: 'The user is signed in, and is not one of those who are allowed.',
      },
    ]),
  ],
})
