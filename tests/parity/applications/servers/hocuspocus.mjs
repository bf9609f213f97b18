/** Hocuspocus. `refuses`: onAuthenticate says no. */
import { Server } from '@hocuspocus/server'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses, ...options } = JSON.parse(json)
const server = new Server({
  port: Number(port),
  address: '127.0.0.1',
  quiet: true,
  ...options,
  ...(refuses && {
    onAuthenticate: async () => {
      throw new Error(refuses)
    },
  }),
})
await server.listen()
