import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { WebSocket } from 'ws'
import { livePage } from './support/live-page.ts'
import { copyProject } from './support/project-copy.ts'
import { startServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

// What Next and React say in development.
test.use({ expectedConsole: { allow: [/^info: .*React DevTools/, /^log: \[(HMR|Fast Refresh)\]/] } })

test('hot reload swaps a component while sockets stay open @more', async ({ page }) => {
  test.skip(process.platform !== 'linux', 'the copy of node_modules is made of hard links by GNU cp')
  test.setTimeout(300_000)
  await using project = await copyProject()
  const server = await startServer({}, { folder: project.folder, mode: 'development' })
  try {
    const live = livePage(page)
    await live.open(server)
    await live.connect(`${server.wsOrigin}/ws/health`, { interval: '0.5' })
    const row = live.row('/ws/health')
    await expect(row).toContainText('open', { timeout: 90_000 })
    const other = new WebSocket(`${server.wsOrigin}/ws/echo`)
    await once(other, 'message')

    const file = path.join(project.folder, 'components/shell/pages.ts')
    const source = await readFile(file, 'utf8')
    let saves = 0
    // The dev server drops an edit that falls into the page's first compilation, and saving the same again changes no module.
    await expect(async () => {
      const label = `Playbook, edit ${++saves}`
      await writeFile(file, source.replace("label: 'Playbook'", `label: '${label}'`))
      await expect(page.getByRole('link', { name: label }).first()).toBeVisible({ timeout: 30_000 })
    }).toPass({ timeout: 180_000 })

    await expect(row).toContainText('open')
    other.send('{"still":"here"}')
    const [echoed] = await once(other, 'message')
    expect(String(echoed)).toContain('still')
    other.close()
  } finally {
    // Before its server goes, of which it would complain.
    await page.close()
    await server.stop()
  }
})
