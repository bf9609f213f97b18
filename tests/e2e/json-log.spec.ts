import { startServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

test('with LOG_FORMAT=json nothing but JSON is on stdout, whatever Next says when it starts @more', async ({
  page,
}) => {
  const server = await startServer({ LOG_FORMAT: 'json' })
  try {
    await page.goto(server.origin)
    await expect.poll(server.output).toContain('pages are ready')
  } finally {
    await page.close()
    await server.stop()
  }
  const lines = server.stdout().trimEnd().split('\n')
  const kinds = lines.map((line) => JSON.parse(line).kind)
  expect(kinds).toContain('server')
})
