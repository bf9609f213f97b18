/** Which addresses are out of bounds, in every form an address can be written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeAddress, NOTHING_ALLOWED, parseProbeAllow } from '#server/probe/transport/address-guard.ts'
import { createRunClock } from '#server/probe/transport/clock.ts'
import { createResolver, noLessPublic } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

const local = { caller: 'local', allow: NOTHING_ALLOWED } as const
const remote = { caller: 'remote', allow: NOTHING_ALLOWED } as const

const NEVER = [
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '169.254.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:c1::a9fe:a9fe',
  'fd00:42::42',
  'fd00:100::100:200',
  'fd00:a9fe:a9fe::1',
  '192.0.0.192',
  '::ffff:192.0.0.192',
  'fec0::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::ffff:0:169.254.169.254',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '::169.254.169.254',
  // Teredo carries the client's address inverted: 5601:5601 is a9fe:a9fe.
  '2001:0:1:2:3:4:5601:5601',
  '::ffff:0.0.0.0',
  '64:ff9b::100.100.100.200',
]

const PRIVATE = [
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '192.0.2.1',
  '::1',
  'fd12:3456::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:0a00:0001::',
  '2002:7f00:1::1',
]

const PUBLIC = ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8']

test('never: unspecified, link-local, multicast and metadata addresses, mapped and carried ones too', () => {
  for (const address of NEVER) {
    const verdict = judgeAddress(address, local)
    assert.equal(verdict.allowed === false && verdict.because, 'never', address)
  }
})

test('private addresses are for local callers only', () => {
  for (const address of PRIVATE) {
    assert.deepEqual(judgeAddress(address, local), { allowed: true }, address)
    const verdict = judgeAddress(address, remote)
    assert.equal(verdict.allowed === false && verdict.because, 'private', address)
  }
})

test('public addresses are for everybody', () => {
  for (const address of PUBLIC) assert.deepEqual(judgeAddress(address, remote), { allowed: true }, address)
})

test('what is no address is refused, however it is written', () => {
  for (const text of ['', 'localhost', '127.0.0.1/8', '::g'])
    assert.equal(judgeAddress(text, local).allowed, false, text)
})

test('PROBE_ALLOW opens networks and names, never the forbidden ones', () => {
  const policy = {
    caller: 'remote',
    allow: parseProbeAllow('10.1.0.0/16, fd12::/16, intern.example,169.254.0.0/16'),
  } as const
  assert.equal(judgeAddress('10.1.2.3', policy).allowed, true)
  assert.equal(judgeAddress('10.2.2.3', policy).allowed, false)
  assert.equal(judgeAddress('fd12::5', policy).allowed, true)
  assert.equal(judgeAddress('192.168.0.9', policy, 'intern.example').allowed, true)
  assert.equal(judgeAddress('192.168.0.9', policy, 'other.example').allowed, false)
  assert.equal(judgeAddress('169.254.169.254', policy, 'intern.example').allowed, false)
})

test('an entry of PROBE_ALLOW that is nothing is named', () => {
  for (const entry of ['10.0.0.0/99', 'http://x', 'a b', '10.300.1.1']) {
    assert.throws(() => parseProbeAllow(`127.0.0.1,${entry}`), new RegExp(entry.replace(/[/.]/g, '.')))
  }
})

const clock = () => createRunClock(() => performance.now(), { stageMs: 1000, runMs: 1000 }).attempt()
const signal = new AbortController().signal

test('a name is asked once, and keeps its first answer', async () => {
  let asked = 0
  const resolve = createResolver({
    policy: remote,
    ask: async () => {
      asked += 1
      return [{ address: asked === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]
    },
  })
  const first = await resolve('rebind.example', clock(), signal)
  assert.deepEqual(await resolve('rebind.example', clock(), signal), first)
  assert.equal(asked, 1)
})

test('of a name with a public and a private address only the public one is used', async () => {
  const resolve = createResolver({
    policy: remote,
    ask: async () => [
      { address: '10.0.0.1', family: 4 },
      { address: '93.184.216.34', family: 4 },
    ],
  })
  assert.deepEqual(await resolve('mixed.example', clock(), signal), {
    outcome: 'ok',
    addresses: [{ address: '93.184.216.34', family: 4 }],
  })
})

test('a redirect is followed to addresses that are as public as its sender, to no others', async () => {
  const addresses: Record<string, string> = {
    self: '127.0.0.1',
    inside: '10.0.0.5',
    outside: '93.184.216.34',
  }
  const ask = async (name: string) => [{ address: addresses[name] ?? '', family: 4 as const }]
  const follows = async (from: string, to: string) => {
    const resolve = noLessPublic(createResolver({ policy: local, ask }), addresses[from] ?? '')
    return resolve(to, clock(), signal).then(
      (found) => found.outcome === 'ok',
      (error) => {
        assert.ok(error instanceof ProbeRefusal)
        assert.match(error.message, new RegExp(addresses[to] ?? ''))
        return false
      },
    )
  }
  const names = ['self', 'inside', 'outside']
  const followed = []
  for (const from of names) for (const to of names) followed.push(await follows(from, to))
  assert.deepEqual(followed, [true, true, true, false, true, true, false, false, true])
})

test('of a name that a redirect leads to, only the public addresses are used where the sender is public', async () => {
  const resolve = createResolver({
    policy: local,
    ask: async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '64:ff9b::10.0.0.1', family: 6 },
      { address: '93.184.216.34', family: 4 },
    ],
  })
  assert.deepEqual(await noLessPublic(resolve, '8.8.8.8')('mixed.example', clock(), signal), {
    outcome: 'ok',
    addresses: [{ address: '93.184.216.34', family: 4 }],
  })
})

test('a name with forbidden addresses only is refused before anything is sent', async () => {
  const resolve = createResolver({ policy: remote, ask: async () => [{ address: '::1', family: 6 }] })
  await assert.rejects(resolve('inside.example', clock(), signal), ProbeRefusal)
})

test('the probe refuses a forbidden literal in every notation a URL may have', async () => {
  for (const host of [
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '[::ffff:169.254.169.254]',
    '0',
  ]) {
    await assert.rejects(runProbe(`ws://${host}/`), ProbeRefusal, host)
  }
})

test('headers, origins and subprotocols that could smuggle a line are refused', async () => {
  const wrong = [
    { headers: [['X', 'a\r\nEvil: 1']] },
    { headers: [['X\r\nEvil', '1']] },
    { headers: [['X:', '1']] },
    { headers: [['Content-Length', '5']] },
    { headers: [['transfer-encoding', 'chunked']] },
    { headers: [['Sec-WebSocket-Key', 'x']] },
    { headers: [['X', 'a\u0000']] },
    { origin: 'https://a\r\nEvil: 1' },
    { subprotocols: ['a\r\nEvil: 1'] },
    { subprotocols: ['a', 'a'] },
    { subprotocols: ['a b'] },
  ] as const
  for (const options of wrong) {
    await assert.rejects(
      runProbe('ws://127.0.0.1:9/', options as object),
      ProbeRefusal,
      JSON.stringify(options),
    )
  }
})
