/** webpack-dev-server on one empty module. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import webpack from 'webpack'
import WebpackDevServer from 'webpack-dev-server'

const [port, folder, json = '{}'] = process.argv.slice(2)
writeFileSync(path.join(folder, 'index.js'), '')
const compiler = webpack({
  mode: 'development',
  context: folder,
  entry: './index.js',
  output: { path: folder },
  infrastructureLogging: { level: 'none' },
  stats: 'none',
})
const server = new WebpackDevServer(
  { host: '127.0.0.1', port: Number(port), static: false, ...JSON.parse(json) },
  compiler,
)
await server.start()
