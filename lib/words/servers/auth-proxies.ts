import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const authelia = 'https://github.com/authelia/authelia/blob/master/internal/handlers/handler_authz.go'
const oauth2Proxy = 'https://github.com/oauth2-proxy/oauth2-proxy/blob/master/oauthproxy.go'
const forwardAuth = 'https://github.com/thomseddon/traefik-forward-auth/blob/master/internal/server.go'
const authentik = 'https://docs.goauthentik.io/docs/add-secure-apps/providers/proxy/'
const vouch = 'https://github.com/vouch/vouch-proxy/blob/master/pkg/responses/responses.go'

export default defineProgram({
  id: 'auth-proxies',
  name: 'Authelia, oauth2-proxy, authentik and other forward authentication',
  side: 'proxy',
  mark: /\bauthelia\b|\boauth2?[-_]?proxy\b|\bauthentik\b|\btraefik-forward-auth\b|\bvouch\b/i,
  phrases: [
    ...phrasesOf(authelia, [
      {
        id: 'authelia-scheme',
        needle: 'Scheme of target URL',
        pattern: /\bScheme of target URL (\S{1,2000}) must be '?(?:https|secure)/,
        said: { means: 'unauthorized', status: 401 },
        example:
          'time="2024-05-01T10:00:00Z" level=error msg="Scheme of target URL wss://app.example/ws must be \'https\' since cookies are only transported over a secure connection for security reasons"',
        explains:
          'The proxy before Authelia says that the scheme is wss (X-Forwarded-Proto), and this version takes only https. Newer versions take both.',
      },
      {
        id: 'authelia-insecure',
        needle: 'insecure scheme',
        pattern: /\bTarget URL '[^'\n]{1,2000}' has an insecure scheme '[^'\n]{1,20}'/,
        said: { means: 'unauthorized', status: 401 },
        example:
          "Target URL 'ws://app.example/ws' has an insecure scheme 'ws', only the 'https' and 'wss' schemes are supported so session cookies can be transmitted securely",
        explains: 'The proxy before Authelia says that the request came without TLS (X-Forwarded-Proto).',
      },
      {
        id: 'authelia-domain',
        needle: 'relevant session cookies configuration',
        pattern: /\bTarget URL does not appear to have a relevant session cookies configuration\b/,
        said: { means: 'unauthorized', status: 401 },
        example:
          'level=error msg="Target URL does not appear to have a relevant session cookies configuration"',
        explains: 'The host of the address is under no domain of session.cookies.',
      },
      {
        id: 'authelia-destination',
        needle: 'getting Target URL and Request Method',
        pattern: /\bError getting Target URL and Request Method\b/,
        said: { means: 'unauthorized', unsure: true },
        example:
          'level=error msg="Error getting Target URL and Request Method" error="failed to get target URL: missing host value"',
        explains:
          'The proxy before Authelia did not say which address is asked for: a forwarded header is missing.',
      },
    ]),
    ...phrasesOf(oauth2Proxy, [
      {
        id: 'oauth2-cookie',
        needle: 'cookied session',
        pattern: /\bError loading cookied session: [^\n]{1,200}, removing session\b/,
        said: { means: 'unauthorized', status: 401 },
        example:
          'Error loading cookied session: session ticket in cookie failed validation: decoded ticket failed validation, removing session',
        explains: 'The session cookie is old, cut, or of another instance with another secret.',
      },
      {
        id: 'oauth2-invalid',
        needle: 'Invalid authorization via session',
        pattern: /\bInvalid authorization via session\b[^\n]{0,120}/,
        said: { means: 'forbidden', status: 403 },
        example:
          'Invalid authorization via session (unauthorized): removing session Session{email:ada@app.example}',
        explains: 'The user is signed in, and no rule lets this user in.',
      },
    ]),
    ...phrasesOf(forwardAuth, [
      {
        id: 'forward-auth-cookie',
        needle: 'Invalid cookie',
        pattern: /\blevel=(?:warning|info) msg="Invalid cookie"/,
        said: { means: 'unauthorized', status: 401 },
        example:
          'time="2024-05-01T10:00:00Z" level=warning msg="Invalid cookie" error="Invalid cookie mac" handler=Auth',
        explains:
          'The cookie of traefik-forward-auth is not valid: another secret, or a domain that does not fit.',
      },
      {
        id: 'forward-auth-expired',
        needle: 'Cookie has expired',
        pattern: /\bmsg="Cookie has expired"/,
        said: { means: 'unauthorized', status: 401 },
        example: 'time="2024-05-01T10:00:00Z" level=info msg="Cookie has expired" handler=Auth',
        explains: 'The session ran out. The page has to be loaded again, so that the user signs in.',
      },
    ]),
    ...phrasesOf(authentik, [
      {
        id: 'authentik-host',
        needle: 'no app for hostname',
        pattern: /\bno app for hostname\b/,
        said: { means: 'no-route', status: 404 },
        example: '{"event":"no app for hostname","host":"app.example","logger":"authentik.outpost.proxyv2"}',
        explains: 'No application of this outpost of authentik has the host of the address.',
      },
    ]),
    ...phrasesOf(vouch, [
      {
        id: 'vouch-no-jwt',
        needle: 'no jwt found in request',
        pattern: /\bno jwt found in request\b/,
        said: { means: 'unauthorized', status: 401 },
        example: '/validate no jwt found in request',
        explains: 'The request has no cookie of Vouch: it is missing, or for another domain.',
      },
      {
        id: 'vouch-domain',
        needle: 'is not within any of the configured domains',
        pattern: /\bis not within any of the configured domains\b/i,
        said: { means: 'forbidden', status: 401 },
        example:
          'http header `Host: app.example` not authorized for configured `vouch.domains`, is not within any of the configured domains',
        explains: 'The host of the address is under no domain of Vouch.',
      },
    ]),
  ],
})
