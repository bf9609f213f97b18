import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const express = 'https://github.com/pillarjs/finalhandler/blob/master/index.js'
const fastify = 'https://github.com/fastify/fastify/blob/main/lib/four-oh-four.js'
const starlette = 'https://github.com/fastapi/fastapi/blob/master/fastapi/exception_handlers.py'
const django = 'https://github.com/django/django/blob/main/django/views/defaults.py'
const debug = 'https://github.com/django/django/blob/main/django/views/templates/technical_404.html'
const werkzeug = 'https://github.com/pallets/werkzeug/blob/main/src/werkzeug/exceptions.py'

/** What frameworks answer where no route of HTTP fits: none of them asks these for a WebSocket that arrived as one. */
export default defineProgram({
  id: 'plain-http',
  name: 'Frameworks that answer a page’s request',
  side: 'server',
  phrases: [
    ...phrasesOf(express, [
      {
        id: 'express',
        needle: 'Cannot GET /',
        pattern: /\bCannot GET \/\S{0,300}/,
        said: { means: 'plain-request', status: 404, application: 'express' },
        example: 'Cannot GET /ws',
        explains:
          'Express or NestJS answered the handshake as a page’s request. No WebSocket server is attached to this port, or the upgrade was lost on the way.',
      },
    ]),
    ...phrasesOf(fastify, [
      {
        id: 'fastify',
        needle: 'Route GET:/',
        pattern: /\bRoute GET:\/\S{0,300} not found\b/,
        said: { means: 'plain-request', status: 404, application: 'node' },
        example: '{"message":"Route GET:/ws not found","error":"Not Found","statusCode":404}',
        explains:
          'Fastify answered the handshake as a page’s request. Either @fastify/websocket is not registered, the route lacks websocket: true, or the upgrade was lost on the way.',
      },
    ]),
    ...phrasesOf(starlette, [
      {
        id: 'fastapi',
        needle: '{"detail":"Not Found"}',
        pattern: /\{"detail":"Not Found"\}/,
        said: { means: 'plain-request', status: 404, application: 'starlette' },
        example: '{"detail":"Not Found"}',
        explains:
          'FastAPI answered the handshake as a page’s request. It answers 403 to a WebSocket for an unknown path. So the upgrade was lost on the way, or its server has no WebSocket support.',
      },
    ]),
    ...phrasesOf(django, [
      {
        id: 'django',
        needle: 'The requested resource was not found on this server.',
        pattern: /\bThe requested resource was not found on this server\./,
        said: { means: 'plain-request', status: 404, application: 'django' },
        example: 'Not Found The requested resource was not found on this server.',
        explains:
          'Django answered the handshake as a page’s request: it runs as WSGI, or the upgrade was lost on the way.',
      },
    ]),
    ...phrasesOf(debug, [
      {
        id: 'django-debug',
        needle: 'Using the URLconf defined in',
        pattern: /\bUsing the URLconf defined in\b/,
        said: { means: 'plain-request', status: 404, application: 'django' },
        example:
          'Page not found (404) Using the URLconf defined in site.urls, Django tried these URL patterns',
        explains:
          'Django, with DEBUG, answered the handshake as a page’s request: it runs as WSGI, or the upgrade was lost on the way.',
      },
    ]),
    ...phrasesOf(werkzeug, [
      {
        id: 'flask-mismatch',
        needle: 'The browser (or proxy) sent a request that this server could not understand',
        pattern: /\bThe browser \(or proxy\) sent a request that this server could not understand\b/,
        said: { means: 'plain-request', status: 400, application: 'flask' },
        example: 'Bad Request The browser (or proxy) sent a request that this server could not understand.',
        explains:
          'Flask has a route of HTTP at this address and none for a WebSocket (Werkzeug’s WebsocketMismatch). It runs as WSGI, which has no WebSocket.',
      },
      {
        id: 'flask',
        needle: 'If you entered the URL manually please check your spelling',
        pattern:
          /\bThe requested URL was not found on the server\. If you entered the URL manually please check your spelling\b/,
        said: { means: 'plain-request', status: 404, application: 'flask' },
        example:
          'Not Found The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
        explains:
          'Flask answered the handshake as a page’s request: it runs as WSGI, which has no WebSocket, or no route of flask-sock fits.',
      },
    ]),
  ],
})
