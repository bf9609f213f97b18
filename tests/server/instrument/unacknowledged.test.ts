import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { test } from 'node:test'
import { placeOf, readTable, unacknowledgedOf } from '#server/instrument/unacknowledged.ts'
import { until } from '#tests/server/support/until.ts'

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const line = (ends: string, queues: string, timer: string, retransmits: string) =>
  `   0: ${ends} 01 ${queues} ${timer} ${retransmits}     0        0 4711 2 0000000000000000 20 4 30 10 -1\n`

test('bytes that were sent again are told, of this connection alone', () => {
  const ends = '0101000A:1F90 0102000A:D431 '
  const table =
    HEAD +
    line('0101000A:1F90 0102000A:D432', '000000FF:00000000', '01:00000014', '00000009') +
    line(ends.trimEnd(), '0000000A:00000000', '01:00000190', '00000005')
  assert.deepEqual(readTable(table, ends), { bytes: 10, retransmits: 5 })
  assert.equal(readTable(table, '0101000A:1F91 0102000A:D431 '), undefined)
})

test('a peer that acknowledges and does not read is probed, which counts as nothing', () => {
  const ends = '0101000A:1F90 0102000A:D431 '
  const table = HEAD + line(ends.trimEnd(), '0002CF30:00000000', '04:00000190', '00000005')
  assert.deepEqual(readTable(table, ends), { bytes: 184_112, retransmits: 0 })
})

test('addresses are named as the system names them', { skip: process.platform !== 'linux' }, () => {
  for (const address of ['::1', 'fe80::1%eth0', '2001:db8::8:800:200c:417a', '::ffff:10.0.0.1', '10.0.0.1']) {
    const bytes = placeOf(address, 8080).split(':')[0]?.length
    assert.equal(bytes, address === '10.0.0.1' ? 8 : 32, address)
  }
  assert.match(
    placeOf('2001:db8::1', 0x1f90),
    /^(B80D0120|20010DB8)0000000000000000(01000000|00000001):1F90$/,
  )
})

for (const host of ['127.0.0.1', '::1']) {
  test(`a connection of this machine is found, at ${host}`, async (t) => {
    if (process.platform !== 'linux') return t.skip('of Linux')
    const server = createServer()
    t.after(() => server.close())
    const isListening = await Promise.race([
      once(server.listen(0, host), 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ])
    if (!isListening) return t.skip(`there is no ${host}`)
    const { port } = server.address() as AddressInfo
    const client = connect(port, host)
    t.after(() => client.destroy())
    const [[socket]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
    // The table may have been read a moment before.
    await until(() => unacknowledgedOf(socket) !== undefined)
    assert.deepEqual(unacknowledgedOf(socket), { bytes: 0, retransmits: 0 })
  })
}
