/** Vite's dev server on an empty folder; the address with its token goes to stdout. */
import { createServer } from 'vite'

const [port, root, json = '{}'] = process.argv.slice(2)
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'silent',
  optimizeDeps: { noDiscovery: true },
  ...JSON.parse(json),
  server: { host: '127.0.0.1', port: Number(port), strictPort: true, ...JSON.parse(json).server },
})
await vite.listen()
