/** Live on somebody else's server: what is known of the connection, what a browser cannot send, hosts without a path. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { WebSocketServer } from 'ws'
import { violationsOn } from './support/axe.ts'
import { startEndingServer, startForeignServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

async function listening(options: ConstructorParameters<typeof WebSocketServer>[0] = {}) {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options })
  await once(sockets, 'listening')
  return { sockets, host: `127.0.0.1:${(sockets.address() as AddressInfo).port}` }
}

test('a foreign server shows what is known of the connection, and no field that works on our own only', async ({
  page,
  server,
}) => {
  const { sockets, host } = await listening({ handleProtocols: () => 'chat.v2' })
  const live = livePage(page)
  await live.open(server)
  await live.url.fill(`ws://${host}/room`)
  await expect(page.getByLabel('Ping interval')).toHaveCount(0)
  await page.getByLabel('Subprotocols').fill('chat.v1, chat.v2')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  const about = page.getByRole('region', { name: 'This connection' })
  await expect(about).toContainText('101 Switching Protocols')
  await expect(about).toContainText('chat.v2, of 2 offered')
  await expect(about).toContainText('None recognized')
  await expect(about).toContainText('opened by this browser')
  await expect(about.getByRole('link', { name: 'Diagnose with a probe' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Success criteria' })).toHaveCount(0)
  await expect(live.events).toHaveCount(0)
  await page.getByRole('button', { name: 'Server events' }).click()
  await expect(live.events).toBeVisible()
  expect(await violationsOn(page)).toEqual([])

  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(page.getByRole('list', { name: 'Success criteria' })).toBeVisible()
  await expect(about).toHaveCount(0)
  sockets.close()
})

test('a protocol shows by what the server says, with its timers, and is spoken when asked', async ({
  page,
  server,
}) => {
  const { sockets, host } = await listening()
  const said: string[] = []
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => said.push(String(data)))
    socket.send('0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}')
  })
  const live = livePage(page)
  await live.open(server)
  await live.url.fill(`ws://${host}/socket.io/?EIO=4&transport=websocket`)
  await page.getByText('Speak Socket.IO').click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const protocol = page.getByRole('region', { name: 'Protocol' })
  await expect(protocol).toContainText('Socket.IO Engine.IO 4')
  await expect(protocol).toContainText(
    /pings every 25\ss and drops a client that has not answered 20\ss later/,
  )
  expect(said).toEqual([])
  await protocol.getByRole('button', { name: 'Speak it' }).click()
  await expect.poll(() => said).toEqual(['40'])
  await expect(protocol).toContainText('spoken by this page')
  sockets.close()
})

test('silence survived and silence before a drop bound the idle limit @more', async ({ page, server }) => {
  const ending = await startEndingServer({ afterMs: 3000, counts: 'idle', by: 'rst' })
  const live = livePage(page)
  await live.open(server)
  await live.connect(ending.url)
  const limit = page.getByRole('region', { name: 'Idle limit' })
  await expect(limit).toContainText(/At most [\d.]+\sm?s, if silence is the reason/)
  await ending.stop()
})

test('a host without a path is tried where libraries listen, and the row says so', async ({
  page,
  server,
}) => {
  const { sockets, host } = await listening({
    path: '/graphql',
    handleProtocols: () => 'graphql-transport-ws',
  })
  const live = livePage(page)
  await live.open(server)
  await live.connect(`ws://${host}`)
  const row = live.row('/graphql')
  await expect(row).toContainText('/, /socket.io/ did not open, this did')
  await expect(page.getByRole('region', { name: 'Handshake' })).toContainText(`ws://${host}/graphql`)
  await expect(page.getByRole('region', { name: 'Protocol' })).toContainText('GraphQL')
  // It stays where it opened.
  await live.press(row, 'Reconnect')
  await expect(row).toContainText('/, /socket.io/ did not open, this did')
  sockets.close()
})

test('a hub that wants a negotiated session first gets one', async ({ page, server }) => {
  let sessions = 0
  const http = createHttp((request, response) => {
    if (request.method !== 'POST' || request.url !== '/negotiate?negotiateVersion=1')
      return response.writeHead(404).end()
    response.end(JSON.stringify({ negotiateVersion: 1, connectionToken: `t${++sessions}` }))
  })
  const sockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    if (sessions === 0 || request.url !== `/?id=t${sessions}`)
      return socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, () => {})
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`
  const live = livePage(page)
  await live.open(server)
  await live.connect(`ws://${host}`)
  const row = live.row('?id=t1')
  await expect(row).toContainText('Open since')
  await expect(row).toContainText('/, /socket.io/, /graphql, /ws did not open, this did')
  http.close()
  http.closeAllConnections()
})

test('a host where nothing opens is shown as it was typed, with what was tried', async ({ page, server }) => {
  const refusing = createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'))
  refusing.listen(0, '127.0.0.1')
  await once(refusing, 'listening')
  const host = `127.0.0.1:${(refusing.address() as AddressInfo).port}`
  const live = livePage(page)
  await live.open(server)
  await live.connect(`ws://${host}`)
  const row = live.row(host)
  await expect(row).toContainText('none opened: /, /socket.io/, /graphql, /ws, SignalR negotiation')
  await expect(row).toContainText('never opened')
  await expect(row.getByRole('button', { name: 'Why?' })).toBeVisible()
  refusing.close()
})

test('a connection through the server carries headers and cookies, passes messages and shows pings', async ({
  page,
  server,
}) => {
  const { sockets, host } = await listening()
  const seen = Promise.withResolvers<Record<string, unknown>>()
  sockets.on('connection', (socket, request) => {
    seen.resolve(request.headers)
    socket.ping()
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  const live = livePage(page)
  await live.open(server)
  await live.url.fill(`ws://${host}/private`)
  await page.getByRole('button', { name: 'Through Why1006…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect through Why1006' })
  await expect(dialog.getByLabel('URL')).toHaveValue(`ws://${host}/private`)
  await dialog.getByLabel('Headers').fill('Authorization Bearer x')
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await expect(dialog.getByRole('alert')).toContainText('is not a header')
  await dialog.getByLabel('Headers').fill('Authorization: Bearer s3cret')
  await dialog.getByLabel('Cookie').fill('sid=1')
  await dialog.getByLabel('Origin').fill('https://app.example')
  expect(await violationsOn(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Connect' }).click()

  const { authorization, cookie, origin } = await seen.promise
  expect([authorization, cookie, origin]).toEqual(['Bearer s3cret', 'sid=1', 'https://app.example'])
  const about = page.getByRole('region', { name: 'This connection' })
  await expect(about).toContainText('through Why1006')
  await expect(about).toContainText(`Address${host}`)
  await expect(about.getByRole('region', { name: 'Ping frames' })).toContainText('From server1')
  await expect(live.messages).toContainText('ping frame received')
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('{"hello":1}')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(live.messages.getByText('hello')).toHaveCount(2)

  const row = live.row('/private')
  await page.getByRole('button', { name: 'Measure round trips' }).click()
  await page.getByRole('dialog').getByText('Repeatedly').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
  await expect(row).toContainText(/RTT\s*[\d.]+\sm?s/)

  for (const socket of sockets.clients) socket.close(4008, 'quota used up')
  await expect(row).toContainText('closed 4008')
  await expect(row).toContainText('quota used up')
  expect(server.output()).not.toContain('s3cret')
  sockets.close()
})

test('what came in place of a handshake is told where the server opened the connection', async ({
  page,
  server,
}) => {
  const refusing = createServer((socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'))
  refusing.listen(0, '127.0.0.1')
  await once(refusing, 'listening')
  const live = livePage(page)
  await live.open(server)
  await live.url.fill(`ws://127.0.0.1:${(refusing.address() as AddressInfo).port}/x`)
  await page.getByRole('button', { name: 'Through Why1006…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click()
  await expect(live.row('/x')).toContainText('never opened')
  await expect(live.row('/x')).toContainText('403 Forbidden')
  refusing.close()
})

test('when Why1006 itself is gone, the row blames nobody else @more', async ({ page, mortal }) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(mortal)
  await live.url.fill(foreign.url)
  await page.getByRole('button', { name: 'Through Why1006…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click()
  const row = live.row('/foreign')
  await expect(row).toContainText('Open since')
  await mortal.kill()
  await expect(row).toContainText('lost its connection to Why1006')
  await expect(row.getByRole('button', { name: 'Why?' })).toHaveCount(0)
  await foreign.stop()
})

test('a set of connections is saved with variables, exported, imported and opened elsewhere @more', async ({
  page,
  server,
}) => {
  const one = await listening()
  const two = await listening()
  const seen: string[] = []
  for (const { sockets } of [one, two]) {
    sockets.on('connection', (_, { headers, url }) =>
      seen.push(`${headers.host} ${url} ${headers.authorization ?? ''}`.trim()),
    )
  }
  const live = livePage(page)
  await live.open(server)
  await live.connect(`ws://${one.host}/chat`)
  await expect(live.row('/chat')).toContainText('open')
  await live.url.fill(`ws://${one.host}/private`)
  await page.getByRole('button', { name: 'Through Why1006…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Headers').fill('Authorization: Bearer s3cret')
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await expect
    .poll(() => seen.toSorted())
    .toEqual([`${one.host} /chat`, `${one.host} /private Bearer s3cret`])

  await page.getByRole('button', { name: 'Saved…' }).click()
  await dialog.getByRole('button', { name: 'Save open connections' }).click()
  await expect(dialog.getByLabel('URL 1')).toHaveValue('ws://{{host}}/chat')
  await expect(dialog.getByLabel('host')).toHaveValue(one.host)
  await dialog.getByLabel('Name').fill('Staging')
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export set' }).click()
  const file = await (await downloading).path()
  const exported = await readFile(file, 'utf8')
  expect(exported).toContain('Authorization: {{authorization}}')
  expect(exported).not.toContain('s3cret')
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('s3cret')
  expect(await violationsOn(page)).toEqual([])

  await dialog.getByRole('button', { name: 'Delete set' }).click()
  await dialog.getByLabel('Import sets').setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"why1006":"connections","version":1,"sets":[{"name":"x"}]}'),
  })
  await expect(dialog.getByRole('alert')).toContainText('broken.json: sets[0].connections is missing')
  await dialog.getByLabel('Import sets').setInputFiles({
    name: 'staging.json',
    mimeType: 'application/json',
    buffer: Buffer.from(exported),
  })
  await expect(dialog.getByLabel('Name')).toHaveValue('Staging')
  await dialog.getByLabel('host').fill(two.host)
  await dialog.getByRole('button', { name: 'Open all' }).click()
  await expect(dialog).toContainText('Give authorization a value first.')
  await dialog.getByLabel('authorization').fill('Bearer other')
  await dialog.getByRole('button', { name: 'Open all' }).click()
  await expect(dialog).toBeHidden()
  await expect
    .poll(() => seen.slice(2).toSorted())
    .toEqual([`${two.host} /chat`, `${two.host} /private Bearer other`])

  await page.reload()
  await page.getByRole('button', { name: 'Saved…' }).click()
  await expect(dialog.getByLabel('host')).toHaveValue(two.host)
  await expect(dialog.getByLabel('authorization')).toHaveValue('')
  one.sockets.close()
  two.sockets.close()
})
