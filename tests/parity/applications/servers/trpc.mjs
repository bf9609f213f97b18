/** tRPC over ws with one procedure. `refuses`: what createContext throws. */
import { initTRPC } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'

const [port, json = '{}'] = process.argv.slice(2)
const { refuses, ...options } = JSON.parse(json)
const { router, procedure } = initTRPC.create()
const createContext = async () => {
  if (refuses) throw new Error(refuses)
  return {}
}
applyWSSHandler({
  wss: new WebSocketServer({ host: '127.0.0.1', port: Number(port) }),
  router: router({ hello: procedure.query(() => 'hello') }),
  createContext,
  ...options,
})
