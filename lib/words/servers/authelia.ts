import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const authz = 'https://github.com/authelia/authelia/blob/master/internal/handlers/handler_authz.go'

export default defineProgram({
  id: 'authelia',
  name: 'Authelia',
  side: 'proxy',
  mark: /\bauthelia\b/i,
  phrases: phrasesOf(authz, [
    {
      id: 'not-signed-in',
      needle: 'is not authorized to user',
      pattern:
        /\bAccess to ['"]?\S{1,2000}['"]? (?:\(method \w{1,10}\) )?(?:\(?[\w ,:<>]{0,80}\)? )?is not authorized to user '?<anonymous>'?/,
      said: { means: 'unauthorized' },
      example:
        'level=info msg="Access to https://desk.example/socket (method GET) is not authorized to user <anonymous>, responding with status code 302 with location redirect to https://auth.example/"',
      explains:
        'The handshake had no session of Authelia, and was sent to the login. A WebSocket cannot follow that: sign in first, and send the cookie.',
    },
    {
      id: 'denied',
      needle: 'is forbidden to user',
      pattern: /\bAccess to ['"]?\S{1,2000}['"]? (?:\(method \w{1,10}\) )?is forbidden to user\b/,
      said: { means: 'forbidden', status: 403 },
      example: "Access to 'https://desk.example/socket' is forbidden to user 'ada'",
      explains: 'The rules of Authelia do not let this user in.',
    },
  ]),
})
