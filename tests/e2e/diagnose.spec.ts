import type { Socket } from 'node:net'
import { nobody, refusing, wsBackend } from '#tests/parity/support/backends.ts'
import { accept, answer, headerIn, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { diagnosePage } from './support/diagnose-page.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

test('a link fills the form, and nothing is sent before the click', async ({ page, server }) => {
  const target = await rawServer(accept)
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ url: target.url, subprotocols: ['chat'], hold: 3 })
  await expect(diagnose.url).toHaveValue(target.url)
  await expect(page.getByLabel('Subprotocols')).toHaveValue('chat')
  await expect(page.getByLabel('Stay idle for')).toHaveValue('3')
  await expect(page.getByRole('region', { name: 'Recent reports' })).toBeVisible()
  expect(target.seen()).toBe(0)
  await target.close()
})

test('a secret of the URL stays in the field, and out of the address and of its history', async ({
  page,
  server,
}) => {
  const target = await wsBackend()
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  const url = `${target.url}/ws?token=hunter2hunter2`
  await diagnose.url.pressSequentially(url)
  await expect(page).toHaveURL(/token=\*\*\*$|token%3D\*\*\*$/)
  await expect(diagnose.url).toHaveValue(url)
  await diagnose.run()
  await expect(diagnose.verdict).toContainText('No failure in the')
  await expect(diagnose.url).toHaveValue(url)
  expect(page.url()).not.toContain('hunter2')
  await target.close()
})

test('the first visit offers addresses of this server to try', async ({ page, server }) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.station('Upgrade')).toContainText('not reached')
  await diagnose.region('Examples').getByRole('link', { name: 'Idle timeout' }).click()
  await expect(diagnose.url).toHaveValue(`${server.wsOrigin}/lab/idle-timeout/ws?after_seconds=3`)
  await expect(page.getByLabel('Stay idle for')).toHaveValue('4')
  await diagnose.region('Examples').getByRole('link', { name: 'Healthy connection' }).click()
  await expect(page.getByLabel('Stay idle for')).toHaveValue('')
  await diagnose.run()
  await expect(diagnose.verdict).toContainText('No failure in the')
})

test('the stations light up as the stages end, and the browser tries beside the probe', async ({
  page,
  server,
}) => {
  const held: (() => void)[] = []
  const target = await rawServer((socket, request) => held.push(() => accept(socket, request)))
  const diagnose = diagnosePage(page, server)
  await diagnose.open(target)
  await diagnose.run()
  await expect(diagnose.station('TCP')).toContainText('passed')
  await expect(diagnose.station('Upgrade')).toContainText('in progress')
  await expect(diagnose.station('Frames')).toContainText('not reached')
  await expect.poll(() => held.length, 'probe and browser both ask').toBe(2)
  for (const answer of held) answer()
  await expect(diagnose.station('Upgrade')).toContainText('passed')
  await expect(diagnose.station('Browser')).toContainText('open')
  await target.close()
})

test('a user and a password in the URL are for probe and browser, and not for the report', async ({
  page,
  server,
}) => {
  const target = await rawServer((socket, request) => {
    if (headerIn(request, 'Authorization') === `Basic ${btoa('me:S3cr3t')}`) accept(socket, request)
    else socket.end(answer('401 Unauthorized', ['WWW-Authenticate: Basic realm="x"', 'Connection: close']))
  })
  const diagnose = diagnosePage(page, server)
  // Chromium sends them to the host of its page, and to no other.
  await diagnose.open({ url: target.url.replace('//127.0.0.1', '//me:S3cr3t@localhost') })
  await diagnose.run()
  await expect(diagnose.station('Upgrade')).toContainText('passed')
  await expect(diagnose.station('Browser')).toContainText('open')
  await expect(diagnose.verdict).toContainText('No failure in the')
  const { reports } = await (await page.request.get(`${server.origin}/api/reports`)).json()
  const kept = await page.request.get(`${server.origin}/api/reports/${reports[0].id}`)
  expect(await kept.text()).not.toContain('S3cr3t')
  await target.close()
})

test('a path alone is diagnosed at this server', async ({ page, server }) => {
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ url: '/ws/echo' })
  await diagnose.run()
  await expect(diagnose.verdict).toContainText('No failure in the')
  const { reports } = await (await page.request.get(`${server.origin}/api/reports`)).json()
  expect(reports[0].url).toBe(`${server.wsOrigin}/ws/echo`)
})

test('silence is counted down beside the timers that are known', async ({ page, server }) => {
  const target = await wsBackend()
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ ...target, hold: 2.5 })
  await diagnose.run()
  const silence = page.getByRole('timer', { name: 'Silence' })
  await expect(silence).toContainText(/Idle for .* of 2\.5.* s/)
  await expect(diagnose.verdict).toContainText('nginx')
  await expect(diagnose.verdict).toContainText('No failure in the')
  await expect(silence).toBeHidden()
  await target.close()
})

test.describe('a diagnosis that is given up', () => {
  test.use({ expectedConsole: { allow: [/closed before the connection is established/] } })

  test('Cancel ends the probe and the attempt of the browser', async ({ page, server }) => {
    let ended = 0
    const target = await rawServer((socket) => socket.once('close', () => (ended += 1)))
    const diagnose = diagnosePage(page, server)
    await diagnose.open(target)
    await diagnose.run()
    await expect.poll(target.seen).toBe(2)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(diagnose.button).toBeVisible()
    await expect.poll(() => ended).toBe(2)
    expect(target.seen(), 'and nothing begins anew').toBe(2)
    await target.close()
  })
})

test('pasted log lines sharpen the verdict at once, and Try again keeps to the order', async ({
  page,
  server,
}) => {
  const target = await refusing('502 Bad Gateway', ['Server: nginx/1.22.1'], '<h1>502 Bad Gateway</h1>')
  const diagnose = diagnosePage(page, server)
  await diagnose.open(target)
  await diagnose.run()
  await diagnose.untilJudged()
  await expect(diagnose.verdict).toContainText('undetermined')
  const line =
    '2026/11/28 15:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET /ws HTTP/1.1", upstream: "http://127.0.0.1:9/ws", host: "127.0.0.1"'
  const more = diagnose.region('More evidence')
  await more.getByRole('textbox').fill(line)
  await more.getByRole('button', { name: 'Add' }).click()
  await expect(diagnose.verdict).toContainText('Proxy cannot reach the backend.')
  await expect(diagnose.verdict).toContainText('proven')
  await expect(more).toContainText('Used: ')
  await more.getByRole('textbox').fill('nothing that anybody knows')
  await more.getByRole('button', { name: 'Add' }).click()
  await expect(more).toContainText('Nothing recognized')

  const before = target.seen()
  await page.getByRole('button', { name: 'Try again' }).click()
  await diagnose.untilJudged()
  expect(target.seen()).toBeGreaterThan(before)
  await target.close()
})

test('a pasted nginx configuration is blamed with its line, and what is no cause is a note', async ({
  page,
  server,
}) => {
  const target = await refusing('426 Upgrade Required', ['Server: nginx/1.22.1'], 'Upgrade Required')
  const diagnose = diagnosePage(page, server)
  await diagnose.open(target)
  await diagnose.run()
  await diagnose.untilJudged()
  const more = diagnose.region('More evidence')
  const config = [
    'server {',
    '  location / {',
    '    proxy_pass http://127.0.0.1:3000;',
    '    proxy_http_version 1.1;',
    '    proxy_set_header Upgrade $http_upgrade;',
    '    proxy_set_header Upgrade $http_upgrade;',
    '    proxy_set_header Connection "upgrade";',
    '  }',
    '}',
  ]
  await more.getByRole('textbox').fill(config.join('\n'))
  await more.getByRole('button', { name: 'Add' }).click()
  await expect(diagnose.verdict).toContainText('Upgrade header dropped by a proxy.')
  await expect(diagnose.verdict).toContainText('sends Upgrade as "websocket, websocket"')
  await expect(diagnose.verdict).toContainText('in the proxy’s configuration, line 5')
  await expect(diagnose.verdict).toContainText('nginx configuration, line 2: nginx ends a WebSocket')
  await target.close()
})

test('after the fix, Try again says that it worked', async ({ page, server }) => {
  const { port, url } = await nobody()
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ url })
  await diagnose.run()
  await diagnose.untilJudged()
  await expect(diagnose.verdict).toContainText('Connection refused: nothing is listening.')
  await expect(diagnose.region('Fix')).toBeVisible()
  const fixed = await wsBackend({}, port)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(diagnose.verdict).toContainText('No failure in the')
  const since = diagnose.region('Since the last report')
  await expect(since).toContainText('fixed')
  await since.getByRole('link', { name: 'Open it' }).click()
  await expect(page).toHaveURL(/\/reports\/[\w-]+$/)
  await expect(diagnose.verdict).toContainText('Connection refused: nothing is listening.')
  await fixed.close()
})

test('a connection of the Live page is judged by what was recorded of it, and nothing is sent', async ({
  page,
  server,
}) => {
  const target = await rawServer((socket, request) => {
    accept(socket, request)
    setTimeout(() => socket.end(Buffer.from([0x88, 2, 0x03, 0xf3])), 50)
  })
  const live = livePage(page)
  await live.open(server)
  await live.connect(target.url)
  await expect(live.row(target.url.slice(5))).toContainText('1011')
  const before = target.seen()
  await page.getByRole('link', { name: 'Diagnose this' }).click()
  const diagnose = diagnosePage(page, server)
  await expect(diagnose.verdict).toContainText('Server error while open (1011).')
  expect(target.seen()).toBe(before)
  await diagnose.run()
  await diagnose.untilJudged()
  expect((await diagnose.stored(target.url)).evidence.browser?.events?.at(-1)?.code).toBe(1011)
  await target.close()
})

test('the palette leads to the diagnosis of an address', async ({ page, server }) => {
  await page.goto(server.origin)
  // Before its script runs, a page hears no key.
  await page.getByRole('status', { name: 'Server' }).getByText('Server up').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('diagnose wss://app.example/ws')
  await palette.getByRole('option', { name: /^Diagnose\s*wss:\/\/app\.example\/ws$/ }).click()
  await expect(diagnosePage(page, server).url).toHaveValue('wss://app.example/ws')
})

test.describe('an address that nobody may probe', () => {
  test.use({
    expectedConsole: {
      allow: [/status of 403/, /^warning: .* closed before the connection/, ...brokenNetwork.allow],
    },
  })

  test('is refused with the reason and what to do', async ({ page, server }) => {
    const diagnose = diagnosePage(page, server)
    await diagnose.open({ url: 'ws://169.254.169.254/latest' })
    await diagnose.run()
    await expect(diagnose.verdict.getByRole('alert')).toContainText('169.254.169.254 is a link-local address')
    await diagnose.url.fill('')
    await expect(diagnose.region('Examples')).toBeVisible()
  })
})

test('a connection that is dropped later is watched on, and the same report says so', async ({
  page,
  server,
}) => {
  const open: Socket[] = []
  let isDropping = false
  const target = await rawServer((socket, request) => {
    accept(socket, request)
    if (isDropping) socket.destroy()
    else open.push(socket)
  })
  const diagnose = diagnosePage(page, server)
  await diagnose.open(target)
  await diagnose.run()
  const answer = diagnose.verdict.getByRole('heading', { level: 3 }).first()
  await expect(answer).toContainText(/^No failure in the \d+\.\d+ s watched\.ok so far$/)
  const watching = page.getByRole('region', { name: 'Still watching' })
  await expect(watching.getByRole('timer', { name: 'Silence' })).toContainText(/Idle for .* of 75 s/)
  isDropping = true
  for (const socket of open) socket.destroy()
  await expect(answer).not.toContainText('No failure')
  await expect(watching).toBeHidden()
  const { reports } = await (
    await page.request.get(`${server.origin}/api/reports?url=${encodeURIComponent(target.url)}`)
  ).json()
  expect(reports, 'one report, whose first look gave way to the longer one').toHaveLength(1)
  await target.close()
})

test('Stop ends the longer look, which can be asked for again', async ({ page, server }) => {
  const target = await wsBackend()
  const diagnose = diagnosePage(page, server)
  await diagnose.open(target)
  await diagnose.run()
  const watching = page.getByRole('region', { name: 'Still watching' })
  await watching.getByRole('button', { name: 'Stop' }).click()
  await expect(watching).toBeHidden()
  await expect(diagnose.verdict.getByRole('img', { name: /^Idle timers: watched for/ })).toBeVisible()
  await diagnose.verdict.getByRole('button', { name: 'Hold for 75 s' }).click()
  await expect(watching).toBeVisible()
  await diagnose.verdict.getByRole('button', { name: 'Hold for 5 min' }).click()
  await expect(watching.getByRole('timer', { name: 'Silence' })).toContainText(/of 300 s/)
  await diagnose.verdict.getByRole('button', { name: 'Paste logs' }).click()
  await expect(diagnose.region('More evidence').getByRole('textbox')).toBeFocused()
  await diagnose.verdict.getByRole('button', { name: 'Send a message first' }).click()
  await expect(page.getByLabel('First message')).toBeFocused()
  await diagnose.verdict.getByRole('button', { name: 'Watch until it drops' }).click()
  const row = livePage(page).row(new URL(target.url).port)
  await expect(row.getByText('open', { exact: true })).toBeVisible()
  await expect(row.getByRole('switch', { name: 'Auto-reconnect' })).toBeChecked()
  await target.close()
})

test('an undetermined report is a plan: its experiment runs from the page and decides', async ({
  page,
  server,
}) => {
  const direct = await wsBackend()
  const front = await refusing('403 Forbidden')
  const diagnose = diagnosePage(page, server)
  await diagnose.open(front)
  await diagnose.run()
  await diagnose.untilJudged()
  await expect(diagnose.verdict.getByRole('heading', { level: 3 }).first()).toContainText('HTTP 403')
  const plan = diagnose.verdict.getByRole('listitem').filter({ hasText: 'without the proxy' })
  await plan.getByLabel('Address of the server').fill(direct.url)
  await plan.getByRole('button', { name: 'Try it' }).click()
  await expect(diagnose.region('Also tried')).toContainText(direct.url)
  await front.close()
  await direct.close()
})
