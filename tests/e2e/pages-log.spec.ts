import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { startServer, type TestServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

let server: TestServer

test.beforeAll(async () => {
  server = await startServer()
  await expect.poll(server.output).toContain('pages are ready')
})
test.afterAll(() => server.stop())

/** As it stands: no client would send these bytes. */
async function exchange(request: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(Buffer.from(request, 'latin1'))
  return text(socket)
}

/** Raw escapes, C1 or changes of direction, and lines that are not its own. */
function expectNothingForged(output: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(output).not.toMatch(/^(?!\[PAGES\] ).*forged/m)
}

test('the image optimizer is off, and what is asked of it writes nothing into the log', async () => {
  const url =
    '/_next/image?url=%2F%1b%5D0%3Bpwned%07%1b%5B31mRED%0A%5BWS_DIAGNOSTICS%5D%20403%20FORBIDDEN%3A%20forged&w=640&q=75'
  const answer = await exchange(
    `GET ${url} HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: close\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  expectNothingForged(server.output())
})

test('what Next says of a request is marked as its own, and escaped', async () => {
  const answer = await exchange(
    [
      'POST / HTTP/1.1',
      `Host: localhost:${server.port}`,
      'Content-Type: application/json',
      'Next-Action: \xc2\x9b31m forged',
      'Content-Length: 2',
      'Connection: close',
      '',
      '[]',
    ].join('\r\n'),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /)
  await expect.poll(server.output).toMatch(/^\[PAGES\] .*\\u009b31m forged/m)
  expectNothingForged(server.output())
})
