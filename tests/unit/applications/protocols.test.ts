/** Each protocol by a sign, by what its client says, and by what its server's words mean. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Signs, Site } from '#lib/applications/application.ts'
import { applications } from '#lib/applications/applications.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import { applicationOf, recognize } from '#lib/applications/recognize.ts'
import { createSpeaker, textOf } from '#lib/applications/speaker.ts'
import { commonSubprotocols, subprotocolsAt } from '#lib/applications/subprotocols.ts'

const signs = ({ url, ...more }: Omit<Signs, 'url'> & { url?: string }): Signs => ({
  ...more,
  ...(url !== undefined && { url: new URL(url) }),
})

/** One sign of each that nothing else has. */
const SIGNS: Readonly<Record<string, Parameters<typeof signs>[0]>> = {
  actioncable: { messages: ['{"type":"ping","message":1796058168}'] },
  amqp: { picked: 'amqp' },
  centrifugo: { url: 'wss://a/connection/websocket' },
  cockpit: { messages: ['\n{"command":"init","version":1}'] },
  colyseus: { url: 'wss://a/kJ2nQw8xZ/aB3dE5fG7?sessionId=xY9zW1vU2' },
  ddp: { messages: ['{"server_id":"0"}'] },
  discord: { messages: ['{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}'] },
  graphql: { picked: 'graphql-ws' },
  hocuspocus: { close: { code: 4408, reason: 'Connection Timeout' } },
  'home-assistant': { messages: ['{"type":"auth_required","ha_version":"2026.11.0"}'] },
  jupyter: { url: 'wss://a/api/kernels/7b0f4e0e-1111-2222-3333-444455556666/channels' },
  kubernetes: { url: 'wss://a/api/v1/namespaces/default/pods/web-0/exec?command=sh' },
  mqtt: { picked: 'mqttv3.1' },
  nats: { messages: ['INFO {"server_id":"NA7G4T","version":"2.9.10"} \r\n'] },
  next: { url: 'ws://a/_next/webpack-hmr' },
  ocpp: { picked: 'ocpp1.6' },
  peerjs: { url: 'wss://a/peerjs?key=peerjs&id=x&token=y' },
  phoenix: { url: 'wss://a/live/websocket?_csrf_token=x&vsn=2.0.0' },
  pusher: { url: 'wss://a/app/5a1b2c3d?protocol=7&client=js&version=8.4.0' },
  signalr: { messages: ['{"type":6}\u001e'] },
  'socket.io': { answer: '{"code":1,"message":"Session ID unknown"}' },
  socketcluster: { url: 'wss://a/socketcluster/' },
  sockjs: { url: 'wss://a/ws/612/x0k3p2ab/websocket' },
  stomp: { picked: 'v11.stomp' },
  storybook: { url: 'ws://a/storybook-server-channel?token=x' },
  'text-heartbeat': { messages: ['PING'] },
  twitch: {
    messages: [
      '{"metadata":{"message_id":"96a3f3b5","message_type":"session_welcome","message_timestamp":"2026-07-19T14:56:51Z"},"payload":{}}',
    ],
  },
  vite: { messages: ['{"type":"connected"}'] },
  wamp: { picked: 'wamp.2.msgpack' },
  'webpack-dev-server': { messages: ['{"type":"error","data":"Invalid Host/Origin header"}'] },
  websockify: { messages: ['RFB 003.008\n'] },
  xmpp: { picked: 'xmpp' },
}

/** What a client says at once, or in return to these messages; and how often it beats, in seconds. */
const SAID: readonly [
  name: string,
  given: Parameters<typeof signs>[0],
  heard: string[],
  said: RegExp[],
  beat?: number,
][] = [
  [
    'GraphQL, the newer',
    { picked: 'graphql-transport-ws' },
    ['{"type":"ping"}'],
    [/^\{"type":"connection_init"\}$/, /pong/],
  ],
  ['GraphQL, the older', { picked: 'graphql-ws' }, ['{"type":"ka"}'], [/"payload":\{\}/]],
  ['MQTT', { picked: 'mqtt' }, [], [/MQTT/], 30],
  [
    'STOMP',
    { picked: 'v12.stomp' },
    ['CONNECTED\nversion:1.2\nheart-beat:0,15000\n\n\0'],
    [/^CONNECT\n/],
    15,
  ],
  ['STOMP without beats', { picked: 'v12.stomp' }, ['CONNECTED\nheart-beat:0,0\n\n\0'], [/^CONNECT\n/]],
  ['AMQP', { picked: 'amqp' }, [], [/^AMQP/]],
  ['XMPP, whose domain nobody knows', { picked: 'xmpp' }, ['<open/>'], []],
  ['WAMP, whose realm nobody knows', { picked: 'wamp.2.json' }, [], []],
  ['OCPP, where a first message registers a station', { picked: 'ocpp1.6' }, [], []],
  ['NATS', {}, ['INFO {"server_id":"N"}\r\n', 'PING\r\n'], [/^CONNECT /, /^PING\r\n$/, /^PONG\r\n$/]],
  ['NATS that wants credentials', {}, ['INFO {"server_id":"N","auth_required":true}\r\n'], []],
  ['Phoenix', { url: 'ws://a/socket/websocket?vsn=1.0.0' }, [], [/"topic":"phoenix"/], 30],
  [
    'Pusher',
    {},
    [
      '{"event":"pusher:connection_established","data":"{\\"activity_timeout\\":30}"}',
      '{"event":"pusher:ping"}',
    ],
    [/pusher:pong/],
    30,
  ],
  ['SocketCluster', { url: 'ws://a/socketcluster/' }, ['', '#1'], [/#handshake/, /^$/, /^#2$/]],
  ['PeerJS', {}, ['{"type":"OPEN"}'], [], 5],
  ['Vite', { picked: 'vite-hmr' }, [], [], 30],
  ['Vite’s own check', { picked: 'vite-ping' }, [], []],
  ['Storybook', { url: 'ws://a/storybook-server-channel' }, ['{"type":"ping"}'], [/pong/]],
  ['Primus', {}, ['"primus::ping::1796058168000"'], [/^"primus::pong::1796058168000"$/]],
  ['tRPC', {}, ['PING'], [/^PONG$/]],
  ['DDP', {}, ['{"server_id":"0"}', '{"msg":"ping"}'], [/"connect"/, /"pong"/]],
  ['Centrifugo', { url: 'ws://a/connection/websocket' }, ['{}'], [/"connect"/, /^\{\}$/]],
  ['SockJS', { url: 'ws://a/x/123/abc/websocket' }, ['o', 'h'], []],
  ['Action Cable', { picked: 'actioncable-v1-json' }, ['{"type":"welcome"}'], []],
  ['Home Assistant', {}, ['{"type":"auth_required","ha_version":"1"}'], []],
  ['Discord', {}, ['{"t":null,"s":null,"op":10,"d":{}}'], []],
]

/** What a server says, and the mechanism. */
const READ: readonly [id: string, message: string, means: string | undefined, more?: Partial<Signs>][] = [
  ['mqtt', '\u0020\u0002\u0000\u0001', 'application-protocol'],
  ['mqtt', '\u0020\u0002\u0000\u0000', undefined],
  ['stomp', "ERROR\nmessage:Bad CONNECT\n\nAccess refused for user 'x'\0", 'unauthorized'],
  ['stomp', 'MESSAGE\n\nlogin\0', undefined],
  ['wamp', '[3,{"message":"no realm"},"wamp.error.no_such_realm"]', 'no-route'],
  ['wamp', '[3,{},"wamp.error.authentication_failed"]', 'unauthorized'],
  ['xmpp', '<stream:error xmlns:stream="s"><host-unknown xmlns="x"/></stream:error>', 'no-route'],
  ['xmpp', '<message><host-unknown/></message>', undefined],
  ['nats', "-ERR 'maximum connections exceeded'\r\n", 'too-many-connections'],
  ['nats', "-ERR 'Stale Connection'\r\n", 'ping-timeout'],
  [
    'phoenix',
    '["3","3","room:1","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]',
    'unauthorized',
  ],
  ['phoenix', '["3","3","room:1","phx_reply",{"status":"ok","response":{}}]', undefined],
  ['actioncable', '{"type":"disconnect","reason":"invalid_request","reconnect":false}', 'origin-refused'],
  ['actioncable', '{"type":"disconnect","reason":"constructor"}', undefined],
  [
    'pusher',
    '{"event":"pusher:error","data":{"code":4009,"message":"Origin not allowed"}}',
    'origin-refused',
  ],
  [
    'pusher',
    '{"event":"pusher:error","data":{"code":4001,"message":"Application does not exist"}}',
    'no-route',
  ],
  ['peerjs', '{"type":"ERROR","payload":{"msg":"Invalid key provided"}}', 'unauthorized'],
  ['cockpit', '\n{"command":"init","problem":"access-denied"}', 'unauthorized'],
  [
    'kubernetes',
    '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403}',
    'forbidden',
  ],
  ['home-assistant', '{"type":"auth_invalid","message":"Invalid access token or password"}', 'unauthorized'],
  ['sockjs', 'c[2010,"Another connection still open"]', 'session-unknown'],
  ['colyseus', '\u000b\u00cd\u0010\u0078seat reservation expired.', 'session-unknown'],
  ['next', 'Unauthorized', 'origin-refused'],
  ['jupyter', '<title>Jupyter Server</title>', 'unauthorized', { status: 403 }],
  ['jupyter', '<title>Jupyter Server</title>', undefined, { status: 404 }],
  ['ddp', '{"msg":"failed","version":"1"}', 'application-protocol'],
  ['socket.io', '41', 'closed-by-server'],
  ['socket.io', '44{"message":"Invalid namespace"}', 'forbidden'],
]

const SITE: Site = {
  address: 'wss://a.example/live?x=1',
  path: '/live',
  pageHost: 'app.example',
  origin: 'https://app.example',
  version: undefined,
  signs: {},
  opened: undefined,
  openedAt: undefined,
}

describe('protocols above WebSocket', () => {
  it('are each shown by a sign of their own', () => {
    assert.deepEqual(Object.keys(SIGNS).sort(), applications.map(({ id }) => id).sort())
    for (const [id, given] of Object.entries(SIGNS))
      assert.equal(recognize(signs(given))?.application.id, id, JSON.stringify(given))
  })

  for (const [name, given, heard, said, beat] of SAID) {
    it(`${name}: ${said.length === 0 ? 'nothing is said' : 'is spoken'}`, () => {
      const speaker = createSpeaker(signs(given))
      const all = [
        ...speaker.opening,
        ...heard.flatMap((text) => speaker.hear({ opcode: 'text', text })),
      ].map(({ payload }) => textOf(payload))
      assert.equal(all.length, said.length, all.join(' | '))
      for (const [at, pattern] of said.entries()) assert.match(all[at] ?? '', pattern)
      assert.equal(speaker.beat()?.everyMs, beat === undefined ? undefined : beat * 1000)
    })
  }

  for (const [id, message, means, more] of READ) {
    it(`${id} means ${means ?? 'nothing'} by ${JSON.stringify(message).slice(0, 60)}`, () => {
      assert.equal(applicationOf(id)?.reads?.(message, { messages: [message], ...more })?.means, means)
    })
  }

  it('have close codes under the name of the protocol, a narrower one before the range that holds it', () => {
    for (const [id, { by, codes }] of Object.entries(privateCodes)) {
      assert.equal(applicationOf(id)?.name, by)
      for (const [at, { from, to }] of codes.entries()) {
        assert.ok(from >= 3000 && from <= to && to <= 4999)
        const hidden = codes.slice(0, at).some((one) => !one.reason && one.from <= from && one.to >= to)
        assert.ok(!hidden, `${by} ${from} is never found`)
      }
    }
  })

  it('have fixes that can be written for any connection', () => {
    for (const { fixes = {} } of applications)
      for (const fix of Object.values(fixes)) {
        const written = fix(SITE)
        if (written === undefined) continue
        assert.ok(written.summary.length > 0 && written.changes.length > 0)
        assert.doesNotMatch(JSON.stringify(written), /undefined|\[object/)
      }
  })
})

describe('subprotocols to try', () => {
  it('are those of the protocol that is usual at the path', () => {
    assert.deepEqual(subprotocolsAt('/graphql'), ['graphql-transport-ws', 'graphql-ws'])
    assert.ok(subprotocolsAt('/ocpp/CP1').includes('ocpp1.6'))
    assert.deepEqual(subprotocolsAt('/ws'), [])
  })

  it('are known to a protocol where they are common', () => {
    const known = applications.flatMap(({ marks }) => marks.subprotocols ?? [])
    assert.deepEqual(
      commonSubprotocols.filter((name) => !known.includes(name)),
      [],
    )
  })
})
