/** Protocols above WebSocket: brokers, gateways, GraphQL, Action Cable and the sockets of development servers. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asks, type Server, type Visit } from '#tests/server/probe/answers/support.ts'
import { frame, onClientFrame } from '#tests/server/probe/support/raw-server.ts'

/** Stays open where one of these is asked for, and picks it. */
const only =
  (names: readonly string[], otherwise: Server): Server =>
  (visit) => {
    const picked = visit.asked.find((name) => names.includes(name))
    if (picked === undefined) otherwise(visit)
    else visit.open(picked)
  }

/** The server ends it, however long that takes on a busy machine: the probe still watches. */
const UNTIL_IT_ENDS = { watchMs: 20_000 }

/** Picks this subprotocol, and notes what the client says. */
function listens(subprotocol?: string, answer?: (visit: Visit, payload: Buffer) => void) {
  const heard: string[] = []
  const server: Server = (visit) => {
    visit.open(visit.asked.includes(subprotocol ?? '') ? subprotocol : undefined)
    onClientFrame(visit.socket, (opcode, payload) => {
      if (opcode > 2) return
      heard.push(payload.toString('latin1'))
      answer?.(visit, payload)
    })
  }
  return { server, heard }
}

/** Picks this subprotocol, and closes without having heard anything, after longer than a busy machine is late. */
const closesOnSilence =
  (subprotocol: string | undefined, close: Server): Server =>
  (visit) => {
    visit.open(visit.asked.includes(subprotocol ?? '') ? subprotocol : undefined)
    setTimeout(() => close(visit), 400)
  }

describe('GraphQL', { concurrency: true }, () => {
  test('graphql-ws closes with 4406 on every other subprotocol', () =>
    asks(
      only(['graphql-transport-ws'], (visit) => {
        visit.switch()
        visit.close(4406, 'Subprotocol not acceptable')
      }),
      { path: '/graphql' },
      {
        outcome: 'fault',
        first: ['subprotocol-mismatch', 'application-protocol-mismatch'],
        says: [/graphql-transport-ws/, /4406/],
      },
    ))

  test('at any other path its close code alone shows it', () =>
    asks(
      only(['graphql-transport-ws'], (visit) => {
        visit.switch()
        visit.close(4406, 'Subprotocol not acceptable')
      }),
      { path: '/live' },
      { outcome: 'fault', first: ['subprotocol-mismatch'], says: [/graphql-transport-ws/, /4406/] },
    ))

  test('the older library takes the first that is offered and closes with 1002 unless it is graphql-ws', () =>
    asks(
      (visit) => {
        const [first] = visit.asked
        if (first === 'graphql-ws') return visit.open(first)
        visit.switch(first)
        visit.close(1002)
      },
      { path: '/graphql' },
      {
        outcome: 'fault',
        first: ['subprotocol-mismatch'],
        says: [/graphql-ws/],
        never: [/protocol-error/, /upgrade/],
      },
    ))

  test('a client of the newer library at the older one', () =>
    asks(
      (visit) => {
        const [first] = visit.asked
        if (first === 'graphql-ws') return visit.open(first)
        visit.switch(first)
        visit.close(1002)
      },
      { path: '/graphql', subprotocols: ['graphql-transport-ws'] },
      { outcome: 'fault', first: ['subprotocol-mismatch'], says: [/'graphql-ws'/] },
    ))

  test('connection_init is said, and only where the protocol was agreed on', async () => {
    const { server, heard } = listens('graphql-transport-ws')
    const agreed = { path: '/graphql', subprotocols: ['graphql-transport-ws'] }
    await asks(server, { ...agreed, retries: false }, { outcome: 'healthy', warns: /connection_init/ })
    await asks(server, { path: '/graphql', retries: false }, { outcome: 'healthy' })
    await asks(server, { ...agreed, quiet: true, retries: false }, { outcome: 'healthy', warns: /quiet/ })
    assert.deepEqual(heard, ['{"type":"connection_init"}'])
  })

  test('who says nothing is told what was missing', () =>
    asks(
      closesOnSilence('graphql-transport-ws', (visit) =>
        visit.close(4408, 'Connection initialisation timeout'),
      ),
      {
        ...UNTIL_IT_ENDS,
        path: '/graphql',
        subprotocols: ['graphql-transport-ws'],
        quiet: true,
        retries: false,
      },
      {
        outcome: 'fault',
        first: ['first-message-missing'],
        says: [/connection_init/, /initialisation timeout/i],
      },
    ))

  test('a connection_init that is refused without credentials says so', () =>
    asks(
      (visit) =>
        visit.open(
          visit.asked[0],
          (message) => message.includes('connection_init') && visit.close(4403, 'Forbidden'),
        ),
      { path: '/graphql', subprotocols: ['graphql-transport-ws'] },
      {
        outcome: 'fault',
        first: ['application-close'],
        says: [/refused connection_init/, /connectionParams/],
      },
    ))

  test('the older library says in a message why it refuses', () =>
    asks(
      (visit) =>
        visit.open(visit.asked[0], () => {
          visit.text('{"type":"connection_error","payload":{"message":"Missing auth token!"}}')
          visit.close(1011)
        }),
      { path: '/graphql', subprotocols: ['graphql-ws'] },
      { outcome: 'fault', first: ['authentication-required'], says: [/Missing auth token/] },
    ))
})

describe('brokers and gateways', { concurrency: true }, () => {
  const mqtt = { path: '/mqtt', subprotocols: ['mqtt'] }

  test('a broker gets CONNECT, and one that ends TCP on silence waited for it', async () => {
    const { server, heard } = listens('mqtt', ({ socket }) => {
      socket.write(frame(0x82, Buffer.from([0x20, 2, 0, 0])))
    })
    await asks(server, { ...mqtt, retries: false }, { outcome: 'healthy', warns: /CONNECT/ })
    assert.match(heard.join(), /MQTT.*why1006$/s)
    await asks(
      closesOnSilence('mqtt', (visit) => void visit.socket.end()),
      { ...mqtt, ...UNTIL_IT_ENDS, quiet: true, retries: false },
      {
        outcome: 'fault',
        first: ['first-message-missing'],
        beside: ['backend-dropped'],
        says: [/CONNECT/, /MQTT/],
      },
    )
  })

  test('a broker that wants credentials says so in CONNACK, even a byte a message', () =>
    asks(
      listens('mqtt', ({ socket }) => {
        for (const byte of [0x20, 2, 0, 5]) socket.write(frame(0x82, Buffer.from([byte])))
        socket.end()
      }).server,
      { ...mqtt, ...UNTIL_IT_ENDS },
      {
        outcome: 'fault',
        first: ['authentication-required'],
        says: [/20 02 00 05/, /not authorized/, /username/],
      },
    ))

  test('mosquitto ends TCP without an answer where it does not know the subprotocol', () =>
    asks(
      (visit) => {
        if (visit.asked.length === 0) visit.open()
        else only(['mqtt'], () => void visit.socket.end())(visit)
      },
      { path: '/mqtt', subprotocols: ['chat'] },
      { outcome: 'fault', first: ['subprotocol-mismatch'], says: [/subprotocol/] },
    ))

  test('an XMPP server refuses who does not ask for xmpp', () =>
    asks(
      only(['xmpp'], (visit) => visit.refuse('501 Not Implemented', '<title>501 Not Implemented</title>')),
      { path: '/xmpp-websocket' },
      { outcome: 'fault', first: ['subprotocol-mismatch'], says: [/xmpp/, /RFC 7395/] },
    ))

  test('websockify whose target is down closes with 1011 and says downstream', () =>
    asks(
      (visit) => {
        visit.switch(visit.asked.includes('binary') ? 'binary' : undefined)
        visit.close(1011, 'Failed to connect to downstream server')
      },
      { path: '/websockify' },
      { outcome: 'fault', first: ['backend-unreachable'], says: [/downstream/, /target/] },
    ))

  test('a gateway of its own words means the same', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.close(1011, 'failed to connect to upstream server')
      },
      {},
      { outcome: 'open', first: ['backend-unreachable'], most: 'likely' },
    ))

  test('the prefix of SockJS greets, and its plain WebSocket is below it', () =>
    asks(
      (visit) =>
        visit.path.endsWith('/websocket') ? visit.open() : visit.refuse('200 OK', 'Welcome to SockJS!\n'),
      { path: '/echo' },
      {
        outcome: 'fault',
        first: ['path-not-found', 'not-a-websocket-endpoint'],
        says: [/\/echo\/websocket/, /SockJS/],
      },
    ))

  test('a session of SockJS is left in peace, whatever its prefix is called', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.text('o')
        visit.serve((message) => /^\[/.test(message) || visit.close(3000, 'Broken framing.'))
      },
      { path: '/echo/731/k2x8qf0a/websocket' },
      { outcome: 'healthy' },
    ))

  test('NATS is answered in its own protocol, and asks for credentials in it', async () => {
    const info = (more: string) =>
      frame(0x82, `INFO {"server_id":"NA7G","version":"2.9.10","proto":1${more},"max_payload":1048576} \r\n`)
    const { server, heard } = listens()
    const nats: Server = (visit) => {
      server(visit)
      visit.socket.write(info(''))
    }
    // What it says is known by the time it is closed in order.
    await asks(
      nats,
      { retries: false, watchMs: 2000 },
      { outcome: 'healthy', warns: /CONNECT without credentials/ },
    )
    assert.match(heard.join(''), /^CONNECT \{.*\}\r\nPING\r\n$/s)
    await asks(
      (visit) => {
        visit.switch()
        visit.socket.write(info(',"auth_required":true'))
        visit.socket.write(frame(0x82, "-ERR 'Authentication Timeout'\r\n"))
        visit.close(1008, 'Authentication Timeout')
      },
      UNTIL_IT_ENDS,
      { outcome: 'fault', first: ['authentication-required'], says: [/Authentication Timeout/, /token/] },
    )
  })

  test('Cockpit without a session is no restart', () =>
    asks(
      (visit) => {
        visit.switch(visit.asked[0])
        visit.text('\n{"command":"init","problem":"no-session"}')
        visit.close(1001, 'no-session')
      },
      { path: '/cockpit/socket', subprotocols: ['cockpit1'] },
      { outcome: 'fault', first: ['authentication-required'], says: [/no-session/, /sign in/i] },
    ))

  test('PeerJS says what the address lacks', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.text('{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}')
        visit.close()
      },
      { path: '/peerjs' },
      { outcome: 'fault', first: ['application-protocol-mismatch'], says: [/key=/] },
    ))

  test('SocketCluster is sent #handshake, and closes with 4005 on who sends none', async () => {
    const at = { path: '/socketcluster/', retries: false }
    const { server, heard } = listens()
    await asks(server, at, { outcome: 'healthy', warns: /#handshake/ })
    assert.match(heard.join(), /#handshake/)
    await asks(
      closesOnSilence(undefined, (visit) => visit.close(4005)),
      { ...at, ...UNTIL_IT_ENDS, quiet: true },
      { outcome: 'fault', first: ['first-message-missing'], says: [/4005/, /#handshake/] },
    )
  })

  test('a message of the server’s own before the close is heard, and a code alone is not all', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.text('{"error":"invalid token"}')
        visit.close(1000)
      },
      {},
      { outcome: 'open', first: ['authentication-required'], most: 'likely', says: [/invalid token/] },
    ))
})

describe('Action Cable and development servers', { concurrency: true }, () => {
  const cable = { path: '/cable', subprotocols: ['actioncable-v1-json'] }

  test('a disconnect message tells more than the 1000 after it', () =>
    asks(
      (visit) => {
        visit.switch(visit.asked[0])
        visit.text('{"type":"disconnect","reason":"unauthorized","reconnect":false}')
        visit.close(1000)
      },
      cable,
      {
        outcome: 'fault',
        first: ['authentication-required'],
        says: [/unauthorized/],
        never: [/Nothing is broken/],
      },
    ))

  test('a restart is told in the same way', () =>
    asks(
      (visit) => {
        visit.open(visit.asked[0])
        visit.text('{"type":"welcome"}')
        setTimeout(() => {
          visit.text('{"type":"disconnect","reason":"server_restart","reconnect":true}')
          visit.close(1000)
        }, 200)
      },
      { ...cable, ...UNTIL_IT_ENDS },
      { outcome: 'fault', first: ['server-restarting'], says: [/server_restart/] },
    ))

  const rails: Server = (visit) => {
    if (!visit.isOwnOrigin) return visit.refuse('404 Not Found', 'Page not found')
    visit.open(visit.asked.includes('actioncable-v1-json') ? 'actioncable-v1-json' : undefined)
    visit.text('{"type":"welcome"}')
  }

  test('a 404 that an origin gets', async () => {
    await asks(
      rails,
      { ...cable, origin: 'https://app.example' },
      { outcome: 'fault', first: ['origin-rejected'], says: [/allowed_request_origins/] },
    )
    await asks(rails, cable, { outcome: 'healthy' })
  })

  const vite: Server = (visit) => {
    if (!visit.asked.includes('vite-hmr')) return
    if (visit.origin !== undefined && visit.query.get('token') !== 'abc123')
      return visit.refuse('400 Bad Request', 'Bad Request')
    visit.open('vite-hmr')
    visit.text('{"type":"connected"}')
  }

  test('Vite wants a token of every page, and of no origin in particular', () =>
    asks(
      vite,
      { path: '/', subprotocols: ['vite-hmr'] },
      { outcome: 'fault', first: ['authentication-required'], says: [/token/], never: [/allowedHosts/] },
    ))

  test('Vite takes a page that has it', () =>
    asks(
      vite,
      { path: '/?token=abc123', subprotocols: ['vite-hmr'], host: 'app.localhost' },
      { outcome: 'healthy' },
    ))

  test('Vite leaves all other upgrades silent', () =>
    asks(
      vite,
      { path: '/', budget: { stageMs: 400, runMs: 20_000 }, retryBudget: { stageMs: 400, runMs: 10_000 } },
      {
        outcome: 'open',
        first: ['handshake-timeout', 'subprotocol-mismatch'],
        says: [/subprotocol/, /upgrade/],
      },
    ))

  const webpack: Server = (visit) => {
    visit.switch()
    if (!visit.isOwnOrigin) {
      visit.text('{"type":"error","data":"Invalid Host/Origin header"}')
      return visit.close()
    }
    visit.text('{"type":"hot"}')
    visit.serve()
  }

  test('webpack-dev-server says which header it minds, and closes without a code', async () => {
    await asks(
      webpack,
      { path: '/ws', origin: 'https://app.example' },
      { outcome: 'fault', first: ['origin-rejected'], says: [/allowedHosts/, /app\.example/] },
    )
    await asks(webpack, { path: '/ws' }, { outcome: 'healthy' })
  })

  const next: Server = (visit) => {
    if (visit.origin !== undefined && !visit.isOwnOrigin) return void visit.socket.end('Unauthorized')
    visit.open()
    visit.text('{"type":"sync","hash":"d536324117c6575d","errors":[],"warnings":[]}')
  }

  test('next dev answers a page of another host with a word that is no HTTP', async () => {
    await asks(
      next,
      { path: '/_next/hmr?id=a', origin: 'http://192.168.1.20:3000' },
      { outcome: 'fault', first: ['origin-rejected'], says: [/allowedDevOrigins/, /192\.168\.1\.20/] },
    )
    await asks(next, { path: '/_next/hmr?id=a' }, { outcome: 'healthy' })
  })
})
