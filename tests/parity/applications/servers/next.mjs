/** `next dev` of this project's own Next.js, on an application of one empty page. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [port, folder] = process.argv.slice(2)
const modules = path.resolve(import.meta.dirname, '../../../../node_modules')
mkdirSync(path.join(folder, 'pages'))
writeFileSync(path.join(folder, 'pages/index.js'), 'export default () => null')
symlinkSync(modules, path.join(folder, 'node_modules'))
process.env.NEXT_TELEMETRY_DISABLED = '1'
process.argv.splice(2, Number.POSITIVE_INFINITY, 'dev', folder, '-p', port, '-H', '127.0.0.1', '--webpack')
await import(pathToFileURL(path.join(modules, 'next/dist/bin/next')).href)
