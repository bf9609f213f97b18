/** First-load script as the browser fetches it: the module scripts of a page's HTML, gzipped. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const root = path.resolve(import.meta.dirname, '../../..')

interface RouteStats {
  route: string
  firstLoadChunkPaths: string[]
}

/** Bytes per route of a build, from what `next build` itself notes. @param folder the project that was built */
export async function firstLoadBytes(folder: string = root): Promise<Map<string, number>> {
  const stats = path.join(folder, '.next/diagnostics/route-bundle-stats.json')
  const routes: RouteStats[] = JSON.parse(await readFile(stats, 'utf8'))
  return new Map(
    await Promise.all(
      routes.map(async ({ route, firstLoadChunkPaths }) => {
        const chunks = await Promise.all(
          firstLoadChunkPaths.map((chunk) => readFile(path.join(folder, chunk))),
        )
        return [route, chunks.reduce((sum, chunk) => sum + gzipSync(chunk).length, 0)] as const
      }),
    ),
  )
}

/** Builds a Next application with one page that says nothing, with this project's own Next. */
export async function buildEmptyApp(): Promise<string> {
  const folder = path.join(root, '.cache/empty-app')
  await mkdir(path.join(folder, 'app'), { recursive: true })
  await Promise.all([
    writeFile(path.join(folder, 'package.json'), '{"type":"module","private":true}'),
    writeFile(
      path.join(folder, 'next.config.mjs'),
      `export default { turbopack: { root: ${JSON.stringify(root)} }, typescript: { ignoreBuildErrors: true } }`,
    ),
    writeFile(
      path.join(folder, 'app/layout.jsx'),
      'export default ({ children }) => <html lang="en"><body>{children}</body></html>',
    ),
    writeFile(path.join(folder, 'app/page.jsx'), 'export default () => null'),
  ])
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  await promisify(execFile)(process.execPath, [next, 'build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  return folder
}
