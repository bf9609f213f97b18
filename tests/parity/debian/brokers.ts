/** Brokers and gateways: mosquitto, NATS, Prosody, websockify. */
import { createServer } from 'node:net'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { asking, program, type Served } from '#tests/parity/support/served.ts'
import { fault, healthy, healthyOr, open } from '#tests/parity/support/set-up.ts'
import type { Stage } from '#tests/parity/support/stage.ts'

const mqtt = { subprotocols: ['mqtt'] }
const xmpp = { subprotocols: ['xmpp'] }
const binary = { subprotocols: ['binary'] }
const foreign = { origin: 'https://evil.example' }

/** It starts none that has a WebSocket listener alone. */
const mosquitto = (more: string) => async (stage: Stage) => {
  const plain = await freePort()
  const config = `listener ${plain} 127.0.0.1\nlistener PORT\nprotocol websockets\n${more}\n`
  return program('/usr/sbin/mosquitto', ['-c', 'DIRECTORY/mosquitto.conf'], { 'mosquitto.conf': config })(
    stage,
  )
}

const nats =
  (more: string, ofWebSocket = '') =>
  async (stage: Stage) => {
    const plain = await freePort()
    const config = `host: 127.0.0.1\nport: ${plain}\n${more}\nwebsocket { host: 127.0.0.1, port: PORT, no_tls: true ${ofWebSocket} }\n`
    return program('/usr/sbin/nats-server', ['-c', 'DIRECTORY/nats.conf'], { 'nats.conf': config })(stage)
  }

const prosody = (more = '') =>
  program('/usr/bin/prosody', ['--root', '-F', '--config', 'DIRECTORY/prosody.lua'], {
    'prosody.lua': `run_as_root = true
data_path = "DIRECTORY"
pidfile = "DIRECTORY/prosody.pid"
modules_enabled = { "roster", "saslauth", "websocket", "bosh", "disco" }
modules_disabled = { "s2s" }
http_ports = { PORT }
http_interfaces = { "127.0.0.1" }
https_ports = {}
c2s_ports = {}
log = { error = "*console" }
${more}
VirtualHost "localhost"
`,
  })

const WEBSOCKIFY = ['/usr/bin/websockify']
const websockify = (...args: string[]) => program('/usr/bin/websockify', args)

/** A VNC server, as far as its greeting. */
async function vnc(stage: Stage): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('RFB 003.008\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stage.defer(() => server.close())
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

export const brokerServers: readonly Served[] = [
  {
    server: 'mosquitto',
    needs: ['/usr/sbin/mosquitto'],
    start: mosquitto('allow_anonymous true'),
    questions: [
      asking('/mqtt', 'nothing', healthy, {
        options: { ...mqtt, holdSeconds: 3 },
        application: 'mqtt',
        says: [/CONNECT/],
      }),
      asking('/mqtt', 'nothing, and nothing said', healthy, { options: { ...mqtt, quiet: true } }),
      asking('/mqtt', 'nothing: it takes who asks for no subprotocol', healthyOr('subprotocol-mismatch')),
      asking('/', 'another subprotocol is asked for', open('subprotocol-mismatch'), {
        options: { subprotocols: ['chat'] },
        says: [/subprotocol/],
      }),
    ],
  },
  {
    server: 'mosquitto with passwords',
    needs: ['/usr/sbin/mosquitto'],
    start: mosquitto('allow_anonymous false'),
    questions: [
      asking('/mqtt', 'no credentials', fault('authentication-required'), {
        options: mqtt,
        application: 'mqtt',
        says: [/user name/],
      }),
    ],
  },
  {
    server: 'mosquitto’s port for MQTT alone',
    needs: ['/usr/sbin/mosquitto'],
    start: program('/usr/sbin/mosquitto', ['-c', 'DIRECTORY/mosquitto.conf'], {
      'mosquitto.conf': 'listener PORT 127.0.0.1\nallow_anonymous true\n',
    }),
    questions: [
      asking('/mqtt', 'no WebSocket at this port', open('handshake-closed', 'not-http', 'wrong-address'), {
        options: mqtt,
        says: [/protocol websockets/],
      }),
    ],
  },
  {
    server: 'NATS',
    needs: ['/usr/sbin/nats-server'],
    start: nats(''),
    questions: [
      asking('/', 'nothing', healthy, { options: { holdSeconds: 4 }, application: 'nats' }),
      asking('/any', 'nothing: every path is one', healthy, { application: 'nats' }),
      asking('/', 'a subprotocol is asked for', open('subprotocol-mismatch'), {
        options: { subprotocols: ['nats'] },
      }),
    ],
  },
  {
    server: 'NATS with a token',
    needs: ['/usr/sbin/nats-server'],
    start: nats('authorization { token: "secret", timeout: 2 }'),
    questions: [
      asking('/', 'no token', fault('authentication-required'), {
        options: { holdSeconds: 5 },
        application: 'nats',
        says: [/token/],
      }),
      asking('/', 'no token, and not held for so long', healthyOr('authentication-required'), {
        application: 'nats',
        says: [/token/],
      }),
    ],
  },
  {
    server: 'NATS with allowed_origins',
    needs: ['/usr/sbin/nats-server'],
    start: nats('', ', allowed_origins: ["https://app.example"]'),
    questions: [
      asking('/', 'its own page is not in the list', open('origin-rejected'), { says: [/allowed_origins/] }),
      asking('/', 'nothing', healthy, { options: { origin: 'https://app.example' } }),
    ],
  },
  {
    server: 'NATS with same_origin',
    needs: ['/usr/sbin/nats-server'],
    start: nats('', ', same_origin: true'),
    questions: [
      asking('/', 'nothing', healthy),
      asking('/', 'a page of another host', open('origin-rejected'), {
        options: foreign,
        says: [/same_origin/],
      }),
    ],
  },
  {
    server: 'NATS’s port for clients of its own',
    needs: ['/usr/sbin/nats-server'],
    start: program('/usr/sbin/nats-server', ['-a', '127.0.0.1', '-p', 'PORT']),
    questions: [asking('/', 'no WebSocket at this port', fault('not-http'), { says: [/NATS/] })],
  },
  {
    server: 'Prosody',
    needs: ['/usr/bin/prosody'],
    start: prosody('http_default_host = "localhost"'),
    questions: [
      asking('/xmpp-websocket', 'nothing', healthy, { options: xmpp, application: 'xmpp' }),
      asking('/xmpp-websocket', 'no subprotocol', open('subprotocol-mismatch'), { says: [/xmpp/] }),
      asking('/xmpp-websocket', 'another subprotocol', open('subprotocol-mismatch'), {
        options: { subprotocols: ['chat'] },
        says: [/'xmpp'/],
      }),
      asking('/ws', 'another path', fault('path-not-found'), {
        options: xmpp,
        says: [/At \/xmpp-websocket the same/, /Repeated/],
      }),
      asking('/http-bind', 'the address of BOSH', fault('path-not-found'), {
        options: xmpp,
        says: [/At \/xmpp-websocket the same/],
      }),
      asking('/http-bind/none', 'no such path', fault('path-not-found'), { application: 'xmpp' }),
    ],
  },
  {
    server: 'websockify',
    needs: WEBSOCKIFY,
    start: async (stage) => websockify('127.0.0.1:PORT', `127.0.0.1:${await vnc(stage)}`)(stage),
    questions: [
      asking('/websockify', 'nothing', healthy, { options: binary, application: 'websockify' }),
      asking('/websockify', 'nothing: it takes who asks for no subprotocol', healthy),
      asking('/websockify', 'an encoding of before', open('subprotocol-mismatch'), {
        options: { subprotocols: ['base64'] },
        says: [/binary/],
      }),
    ],
  },
  {
    server: 'websockify without its target',
    needs: WEBSOCKIFY,
    start: websockify('127.0.0.1:PORT', '127.0.0.1:1'),
    questions: [
      asking('/websockify', 'the target is down', fault('backend-unreachable'), {
        options: binary,
        says: [/target/],
      }),
    ],
  },
  {
    server: 'websockify with a token plugin',
    needs: WEBSOCKIFY,
    start: program(
      '/usr/bin/websockify',
      ['--token-plugin', 'TokenFile', '--token-source', 'DIRECTORY/tokens', '127.0.0.1:PORT'],
      { tokens: 'known: 127.0.0.1:1\n' },
    ),
    questions: ['', '?token=unknown'].map((query) =>
      asking(`/websockify${query}`, 'no token that it knows', open('handshake-closed'), { says: [/token/] }),
    ),
  },
]
