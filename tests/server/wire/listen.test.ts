import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createSecurePage } from '#server/http/secure-listener.ts'
import { listen } from '#server/wire/listen.ts'

/** How many of so many sockets are answered; the others are hung up on. */
async function kept(host: string, port: number, count: number): Promise<number> {
  const sockets = Array.from({ length: count }, () => connect({ host, port }))
  const answers = sockets.map((socket) => {
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    return new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true))
      socket.once('close', () => resolve(false))
    })
  })
  const answered = (await Promise.all(answers)).filter(Boolean).length
  for (const socket of sockets) socket.destroy()
  return answered
}

test('as many connections as may are kept, on each address', async (t) => {
  const server = createServer((_, response) => response.end())
  server.maxConnections = 3
  const { port, addresses, stop } = await listen(server, 'localhost', 0)
  t.after(() => {
    stop()
    server.closeAllConnections()
  })
  for (const address of addresses) {
    assert.equal(await kept(address.replace(/[[\]]/g, ''), port, 6), 3, address)
  }
})

test('the https page keeps no more than the other', async (t) => {
  const page = createSecurePage({
    host: '127.0.0.1',
    request: () => {},
    upgrade: () => {},
    maxConnections: 2,
  })
  t.after(() => page.close())
  const { port } = new URL((await page.open()).origin)
  const sockets = Array.from({ length: 5 }, () => connect({ host: '127.0.0.1', port: Number(port) }))
  let over = 0
  await new Promise<void>((resolve) => {
    for (const socket of sockets) {
      socket.on('error', () => {})
      socket.resume()
      socket.on('close', () => {
        over += 1
        if (over === 3) resolve()
      })
    }
  })
  for (const socket of sockets) socket.destroy()
})
