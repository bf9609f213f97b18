import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const log = 'https://docs.djangoproject.com/en/5.2/ref/logging/#django-request'
const server = 'https://github.com/django/django/blob/main/django/core/servers/basehttp.py'
const hosts = 'https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts'

export default defineProgram({
  id: 'django',
  name: 'Django (without Channels)',
  side: 'server',
  mark: /\bdjango\.(?:request|server|core|security)\b/,
  phrases: [
    ...phrasesOf(log, [
      {
        id: 'not-found',
        needle: 'Not Found: /',
        pattern:
          /\bNot Found: \/(?:\S{0,200}\/)?(?:wss?|websockets?|sockets?|socket\.io|channels|cable|live|stream|chat\/ws|graphql|subscriptions)(?:\/\S{0,300}|\?\S{0,300}|$)/i,
        said: { means: 'no-websocket-support', status: 404, unsure: true },
        example: 'Not Found: /ws/chat/lobby/',
        explains:
          'Django answered the handshake as plain HTTP, with 404. It runs as WSGI: runserver without daphne in INSTALLED_APPS, or gunicorn without an ASGI worker.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'https-to-runserver',
        needle: 'development server over HTTPS',
        pattern: /\bYou're accessing the development server over HTTPS, but it only supports HTTP/,
        said: { means: 'tls-garbled' },
        example: "You're accessing the development server over HTTPS, but it only supports HTTP.",
        explains:
          'A client spoke TLS to runserver, which speaks plain HTTP. The URL begins with wss:// and needs ws://.',
      },
    ]),
    ...phrasesOf(hosts, [
      {
        id: 'invalid-host',
        needle: 'Invalid HTTP_HOST header',
        pattern: /\bInvalid HTTP_HOST header: '[^'\n]{1,300}'/,
        said: { means: 'host-refused' },
        example:
          "Invalid HTTP_HOST header: 'app.example'. You may need to add 'app.example' to ALLOWED_HOSTS.",
        fix: 'Add the host that the line names to ALLOWED_HOSTS. If it is not the public one, have the proxy pass Host on unchanged.',
        explains: 'The Host of the request is not in ALLOWED_HOSTS. Django answers 400.',
      },
    ]),
  ],
})
