import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { inOneWrite } from '#server/wire/one-write.ts'

const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

/** What a peer gets of it, and in how many writes it left. */
async function sent(work: (socket: Socket) => void): Promise<{ bytes: Buffer; pieces: number }> {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const arrived = once(server, 'connection')
  const socket = connect(port ?? 0, '127.0.0.1')
  const [peer] = (await arrived) as [Socket]
  await once(socket, 'connect')
  const handle = Reflect.get(socket, '_handle')
  let pieces = 0
  for (const name of ['writeLatin1String', 'writeUtf8String', 'writeAsciiString', 'writeBuffer', 'writev']) {
    const method = handle[name]
    handle[name] = (...args: unknown[]) => {
      pieces += 1
      return method.apply(handle, args)
    }
  }
  inOneWrite(socket, () => work(socket))
  socket.end()
  const chunks: Buffer[] = []
  for await (const chunk of peer) chunks.push(chunk)
  return { bytes: Buffer.concat(chunks), pieces }
}

test('strings leave as one string', async () => {
  const { bytes, pieces } = await sent((socket) => {
    socket.write('HTTP/1.1 101\r\n\r\n')
    socket.write('\x81\x7e\x00\xff', 'latin1')
  })
  assert.deepEqual([bytes.toString('latin1'), pieces], ['HTTP/1.1 101\r\n\r\n\x81\x7e\x00\xff', 1])
})

test('bytes behind strings keep their place, and are told when they are written', async () => {
  let isWritten = false
  const { bytes, pieces } = await sent((socket) => {
    socket.write('one ')
    socket.write(Buffer.from('two '), () => {
      isWritten = true
    })
    socket.write('three', 'latin1')
  })
  assert.deepEqual([bytes.toString(), pieces, isWritten], ['one two three', 1, true])
})

test('nothing is written where nothing was', async () => {
  const { pieces } = await sent(() => {})
  assert.equal(pieces, 0)
})

test('what was written before an error still leaves', async () => {
  const { bytes } = await sent((socket) => {
    try {
      inOneWrite(socket, () => {
        socket.write('answer')
        throw new Error('of the endpoint')
      })
    } catch {}
  })
  assert.equal(bytes.toString(), 'answer')
})
