/** Signing in from another machine, in a browser. */
import { startServer, type TestServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

// What the browser prints of each answer that asks for the token.
test.use({ expectedConsole: { allow: [/responded with a status of 401/] } })

const token = 'correct-horse-battery'
let server: TestServer

test.beforeAll(async () => {
  // Behind a trusted proxy nobody is local.
  server = await startServer({ ACCESS_TOKEN: token, TRUSTED_PROXIES: '127.0.0.1,::1' })
})
test.afterAll(() => server.kill())

test('a wrong token is told, the right one opens the page that was asked for, and its sockets @more', async ({
  page,
  context,
}) => {
  await page.goto(`${server.origin}/playbook?from=afar`)
  await page.getByLabel('Access token').fill('wrong-horse-battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('The token is wrong.')
  await page.getByLabel('Access token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${server.origin}/playbook?from=afar`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const [cookie, ...others] = await context.cookies()
  expect(others).toEqual([])
  expect(cookie).toMatchObject({
    name: `why1006-${server.port}`,
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
  })
  await page.goto(server.origin)
  await expect(page.getByRole('region', { name: 'Server events' }).getByText('WebSocket')).toBeVisible()
})

test('the link signs in and leaves no token in the address @more', async ({ page }) => {
  await page.goto(`${server.origin}/sign-in#${token}`)
  await expect(page).toHaveURL(`${server.origin}/`)
  await expect(page.getByRole('region', { name: 'Server events' })).toBeVisible()
  await page.goBack()
  expect(page.url()).not.toContain(token)
})

test('a link on another site opens the page without asking again @more', async ({ page }) => {
  await page.goto(`${server.origin}/sign-in#${token}`)
  await expect(page).toHaveURL(`${server.origin}/`)
  // Another site: the cookie is not sent with the first request.
  await page.goto(`data:text/html,<a href="${server.origin}/playbook">there</a>`)
  await page.getByRole('link', { name: 'there' }).click()
  await expect(page).toHaveURL(`${server.origin}/playbook`)
  await expect(page.getByLabel('Access token')).toHaveCount(0)
})
