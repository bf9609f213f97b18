/** Socket.IO and Engine.IO: versions, transports, namespaces and sessions, answered as their servers answer. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answersTo, asks, assertRight, type Server, type Visit } from '#tests/server/probe/answers/support.ts'

const SOCKET = '/socket.io/?EIO=4&transport=websocket'
const HANDSHAKE =
  '{"sid":"LWPpxnC7MGS2bqeAAAAB","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
const JSON_TYPE = { 'Content-Type': 'application/json' }

const refusal =
  (body: string, headers: Record<string, string> = JSON_TYPE): Server =>
  (visit) =>
    visit.refuse('400 Bad Request', body, headers)

/** A server of version 3 or 4, which answers polling as well. */
function socketIo(visit: Visit, onText?: (message: string) => void): void {
  if (!visit.isUpgrade) {
    visit.refuse('200 OK', `0${HANDSHAKE.replace('[]', '["websocket"]')}`)
    return
  }
  visit.switch()
  visit.text(`0${HANDSHAKE}`)
  visit.serve((message) => {
    if (message === '40') visit.text('40{"sid":"wSw1xBvEiMR-dHzzAAAC"}')
    onText?.(message)
  })
}

/** The answer of Engine.IO to a version that it does not take: written into the socket that it had upgraded. */
const wrongVersion =
  (body: string): Server =>
  (visit) => {
    if (visit.query.get('EIO') === '4') return socketIo(visit)
    visit.switch()
    visit.refuse('400 Bad Request', body, { 'Content-type': 'text/html' })
  }

describe('Socket.IO and Engine.IO', { concurrency: true }, () => {
  for (const body of ['{"code":5,"message":"Unsupported protocol version"}', 'Unsupported protocol version'])
    test(`an older version is refused in HTTP after the 101 (${body.slice(0, 9)}…), and the newer one opens`, () =>
      asks(
        wrongVersion(body),
        { path: '/socket.io/?EIO=3&transport=websocket' },
        {
          outcome: 'fault',
          first: ['application-protocol-mismatch'],
          says: [/EIO=4/, /allowEIO3/, /Unsupported protocol version/],
          never: [/upgrade handler/],
        },
      ))

  test('a server of Socket.IO 2, asked for EIO=4, joins the client by itself', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.text(`0${HANDSHAKE}`)
        visit.text('40')
        visit.serve()
      },
      { path: SOCKET },
      { outcome: 'fault', first: ['application-protocol-mismatch'], says: [/Socket\.IO 2/, /EIO=3/] },
    ))

  test('a server of Socket.IO 2 is no fault where nobody named a version, and worth a note', () =>
    asks(
      (visit) => {
        if (!visit.isUpgrade) {
          visit.refuse('200 OK', `96:0${HANDSHAKE}2:40`)
          return
        }
        visit.switch()
        visit.text(`0${HANDSHAKE}`)
        visit.text('40')
        visit.serve()
      },
      { path: '/socket.io/' },
      { outcome: 'healthy', warns: /Socket\.IO 2/ },
    ))

  test('a server without the WebSocket transport says code 0', () =>
    asks(
      refusal('{"code":0,"message":"Transport unknown"}'),
      { path: SOCKET },
      { outcome: 'fault', first: ['server-without-websocket'], says: [/transports/, /polling/] },
    ))

  test('code 3 is an upgrade that was lost on the way', () =>
    asks(
      refusal('{"code":3,"message":"Bad request"}', { ...JSON_TYPE, Server: 'nginx/1.22.1' }),
      { path: SOCKET },
      { outcome: 'open', first: ['upgrade-headers-stripped'], says: [/proxy_set_header Upgrade/] },
    ))

  test('the probe joins a namespace, as a client does', async () => {
    const heard: string[] = []
    await asks(
      (visit) => socketIo(visit, (message) => heard.push(message)),
      { path: SOCKET, retries: false },
      { outcome: 'healthy', warns: /joined the main namespace/ },
    )
    assert.deepEqual(heard, ['40'])
  })

  test('who joins no namespace is closed after connectTimeout, with an empty Close frame', () =>
    asks(
      (visit) => {
        socketIo(visit)
        setTimeout(() => visit.close(), 100)
      },
      { path: SOCKET, watchMs: 20_000, quiet: true, retries: false },
      { outcome: 'fault', first: ['first-message-missing'], says: [/40/, /namespace/], warns: /quiet/ },
    ))

  test('a refused namespace leaves the connection open, and is no fault of it', async () => {
    const { report } = await answersTo(
      (visit) => {
        visit.switch()
        visit.text(`0${HANDSHAKE}`)
        visit.serve((message) => message === '40' && visit.text('44{"message":"unauthorized"}'))
      },
      { path: SOCKET },
    )
    assertRight(report, { outcome: 'healthy', warns: /44.*unauthorized/ })
  })

  describe('sessions that polling opens', { concurrency: true }, () => {
    const unknown = refusal('{"code":1,"message":"Session ID unknown"}')
    const twoProcesses: Server = (visit) => (visit.query.has('sid') ? unknown(visit) : socketIo(visit))

    for (const path of ['/socket.io/', `${SOCKET}&sid=LWPpxnC7MGS2bqeAAAAB`])
      test(`two instances without stickiness know no session of each other (${path})`, () =>
        asks(
          twoProcesses,
          { path },
          { outcome: 'fault', first: ['sticky-session-missing'], says: [/sticky/] },
        ))

    test('a balancer that sticks by a cookie gets it back', () =>
      asks(
        (visit) => {
          const isMine = visit.header('cookie')?.includes('lb=a') ?? false
          if (visit.query.has('sid') && !isMine) return unknown(visit)
          if (visit.isUpgrade) return socketIo(visit)
          visit.refuse('200 OK', `0${HANDSHAKE}`, { 'Set-Cookie': 'lb=a; Path=/; HttpOnly' })
        },
        { path: '/socket.io/' },
        { outcome: 'healthy' },
      ))

    test('a session of the address that is long gone is a warning where a new one opens', () =>
      asks(
        (visit) => (visit.query.get('sid') === 'stale' ? unknown(visit) : socketIo(visit)),
        { path: `${SOCKET}&sid=stale` },
        { outcome: 'healthy', warns: /session that the address names is unknown/ },
      ))

    test('one instance knows its sessions', () =>
      asks(socketIo, { path: '/socket.io/' }, { outcome: 'healthy' }))
  })

  test('what is not at its path is hung up on after a second, and found at /socket.io/', () =>
    asks(
      (visit) => {
        if (visit.path.startsWith('/socket.io/')) return socketIo(visit)
        setTimeout(() => visit.socket.end(), 1000)
      },
      { path: '/' },
      {
        outcome: 'open',
        first: ['path-not-found', 'not-a-websocket-endpoint', 'handshake-closed'],
        says: [/socket\.io/],
      },
    ))
})

test('Engine.IO 3 is spoken by whoever asks for it: the client pings', async () => {
  const heard: string[] = []
  const { report } = await answersTo(
    (visit) => {
      visit.switch()
      visit.text('0{"sid":"a","upgrades":[],"pingInterval":100,"pingTimeout":100}')
      visit.text('40')
      visit.serve((message) => {
        heard.push(message)
        if (message === '2') visit.text('3')
      })
    },
    { path: '/socket.io/?EIO=3&transport=websocket', watchMs: 400 },
  )
  assertRight(report, { outcome: 'healthy' })
  assert.ok(heard.length > 1 && heard.every((message) => message === '2'), heard.join(' '))
})
