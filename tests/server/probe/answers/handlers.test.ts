/** Handlers of applications: they return, throw, crash, or are at another path than the one that was asked for. */
import { describe, test } from 'node:test'
import { asks, type Server } from '#tests/server/probe/answers/support.ts'

const NO_TIMER = [/idle-timeout/, /max-lifetime/]

/** Opens at one path and answers everything else with one refusal. */
const only =
  (path: string, status: string, body = ''): Server =>
  (visit) =>
    visit.path === path ? visit.open() : visit.refuse(status, body)

/** Takes what is offered first, and closes. */
const acceptAndClose =
  (code: number): Server =>
  (visit) => {
    visit.switch(visit.asked[0])
    visit.close(code)
  }

describe('handlers of applications', { concurrency: true }, () => {
  test('a handler that returned closes with 1000 right after the opening', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.close(1000)
      },
      {},
      { outcome: 'open', first: ['normal-closure'], says: [/ms after the opening/, /handler returned/] },
    ))

  test('a server that closes with 1000 after a while was done, and its handler is not blamed', () =>
    asks(
      (visit) => {
        visit.open()
        visit.text('bye')
        setTimeout(() => visit.close(1000), 700)
      },
      { watchMs: 3000 },
      { outcome: 'fault', first: ['normal-closure'], never: [/handler returned/, /Nothing is broken/] },
    ))

  for (const [name, end] of [
    ['FIN', (visit) => visit.socket.end()],
    ['RST', (visit) => visit.socket.resetAndDestroy()],
  ] satisfies [string, Server][]) {
    test(`a handler that threw ends TCP right after the 101 (${name}), and no timer is named`, () =>
      asks(
        (visit) => {
          visit.switch()
          setImmediate(() => end(visit))
        },
        {},
        { outcome: 'open', first: ['backend-dropped'], says: [/exception/, /log/], never: NO_TIMER },
      ))
  }

  test('500 without the last slash and 101 with it (Django Channels on daphne)', () =>
    asks(
      only('/ws/', '500 Internal server error'),
      {},
      { outcome: 'fault', first: ['path-not-found'], says: [/\/ws\//, /failed again/] },
    ))

  test('403 where no route matches and 101 with the slash (Starlette on uvicorn)', () =>
    asks(
      only('/chat/', '403 Forbidden'),
      { path: '/chat' },
      { outcome: 'fault', first: ['path-not-found'], says: [/\/chat\//] },
    ))

  test('400 with the slash and 101 without it (ws with a path of its own)', () =>
    asks(
      only('/live', '400 Bad Request'),
      { path: '/live/' },
      { outcome: 'fault', first: ['path-not-found'], says: [/At \/live /] },
    ))

  test('a page for every other path, and 101 with the slash (the fallback of a single-page application)', () =>
    asks(
      only('/ws/', '200 OK', '<!doctype html><title>app</title>'),
      {},
      { outcome: 'fault', first: ['path-not-found'], says: [/\/ws\//] },
    ))

  test('403 without an Origin and 101 with any (golang.org/x/net/websocket)', () =>
    asks(
      (visit) => (visit.origin === undefined ? visit.refuse('403 Forbidden') : visit.open()),
      { origin: null },
      { outcome: 'fault', first: ['origin-missing'], says: [/Origin/] },
    ))

  test('a server that ends TCP without an answer where no Origin came wants one', () =>
    asks(
      (visit) => (visit.origin === undefined ? visit.socket.end() : visit.open()),
      { origin: null },
      { outcome: 'fault', first: ['origin-missing'], says: [/stays open|accepted/] },
    ))

  test('a server that accepts and closes at once for a foreign page refuses its Origin, whatever the code', async () => {
    for (const code of [undefined, 1000, 1011, 4001]) {
      await asks(
        (visit) => {
          visit.switch()
          if (visit.isOwnOrigin) visit.serve()
          else visit.close(code)
        },
        { origin: 'https://app.example' },
        { outcome: 'fault', first: ['origin-rejected'], says: [/https:\/\/app\.example/] },
      )
    }
  })

  test('a server that ends TCP for a foreign page refuses its Origin', () =>
    asks(
      (visit) => {
        if (visit.isOwnOrigin) visit.open()
        else visit.socket.end()
      },
      { origin: 'https://app.example' },
      { outcome: 'fault', first: ['origin-rejected'], beside: ['handshake-closed'], says: [/Origin/] },
    ))

  test('a close that no Origin and no subprotocol changes is neither’s', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.close(4001, 'session expired')
      },
      { origin: 'https://app.example' },
      { outcome: 'fault', first: ['application-close'], never: [/origin/i, /subprotocol/i] },
    ))

  for (const [name, refuse] of [
    ['501', (visit) => visit.refuse('501 Not Implemented')],
    ['a FIN', (visit) => visit.socket.end()],
    ['silence', () => {}],
    ['close 1002', acceptAndClose(1002)],
    ['close 1011', acceptAndClose(1011)],
  ] satisfies [string, Server][]) {
    test(`${name} to whoever asks for no subprotocol, and one alone opens`, () =>
      asks(
        (visit) => (visit.header('sec-websocket-protocol') === 'mqtt' ? visit.open('mqtt') : refuse(visit)),
        { path: '/mqtt', budget: { stageMs: 1000, runMs: 60_000 } },
        {
          outcome: 'fault',
          first: ['subprotocol-mismatch'],
          says: [/mqtt/, /Ask for the subprotocol/],
          never: [/two upgrade handlers/],
        },
      ))
  }

  test('a subprotocol that the server does not know ends TCP, and none at all opens', () =>
    asks(
      (visit) => (visit.asked.includes('chat') ? visit.socket.end() : visit.open(visit.asked[0])),
      { subprotocols: ['chat'] },
      {
        outcome: 'fault',
        first: ['subprotocol-mismatch'],
        beside: ['handshake-closed'],
        says: [/subprotocol/i],
      },
    ))

  test('uvicorn without a library for WebSockets says what it cannot do', () =>
    asks(
      (visit) =>
        visit.refuse('400 Bad Request', 'Unsupported upgrade request.', {
          'content-type': 'text/plain; charset=utf-8',
        }),
      {},
      { outcome: 'fault', first: ['server-without-websocket'], says: [/install/] },
    ))

  for (const [server, status] of [
    ['gunicorn', '200 OK'],
    ['gunicorn', '404 Not Found'],
    ['waitress', '200 OK'],
    ['WSGIServer/0.2 CPython/3.11.2', '404 Not Found'],
    ['Werkzeug/2.2.2 Python/3.11.2', '400 BAD REQUEST'],
    ['CherryPy/18.8.0', '404 Not Found'],
    ['Apache/2.4.68 (Debian) mod_wsgi/4.9.4 Python/3.11', '200 OK'],
  ] as const) {
    test(`${server} speaks WSGI, which has no WebSocket (${status})`, () =>
      asks(
        (visit) => visit.refuse(status, '<h1>Hello</h1>', { Server: server, 'Content-Type': 'text/html' }),
        {},
        { outcome: 'open', first: ['server-without-websocket'], says: [/WSGI/, /ASGI/] },
      ))
  }

  test('a page for people that refuses everybody alike wants a sign-in, whatever its script says', async () => {
    const script = '<script>const here = window.location.origin</script>'
    await asks(
      (visit) =>
        visit.refuse(
          '403 Forbidden',
          `<!DOCTYPE HTML><title>Jupyter Server</title>${script}<h1>403 : Forbidden</h1>`,
          {
            Server: 'TornadoServer/6.2',
            'Content-Type': 'text/html',
          },
        ),
      { path: '/api/kernels/1/channels' },
      {
        outcome: 'open',
        first: ['authentication-required'],
        says: [/Sign in/, /token/],
        never: [/window/],
      },
    )
    // Cut off within its script.
    await asks(
      (visit) =>
        visit.refuse(
          '403 Forbidden',
          `<html><body><h1>Denied</h1><script>if (origin !== allowed) deny('origin')`,
        ),
      {},
      { outcome: 'open', first: ['forbidden'], says: [/cookie or token/], never: [/Allow http/] },
    )
  })

  test('words that refuse an Origin count where they are a sentence', () =>
    asks(
      (visit) => visit.refuse('403 Forbidden', `Origin ${visit.origin ?? '(none)'} is not allowed`),
      {},
      { outcome: 'open', first: ['origin-rejected'], says: [/is not allowed/] },
    ))

  test('names below localhost are this machine, as for browsers', () =>
    asks((visit) => visit.open(undefined, visit.text), { host: 'a.b.localhost' }, { outcome: 'healthy' }))
})
