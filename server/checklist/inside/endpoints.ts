/** Whether each endpoint opens, tried by a real handshake over the server's own port. */
import { WebSocket } from 'ws'
import { ok, problem } from '#lib/checklist/result.ts'
import type { CheckContext, InsideCheck } from '#server/checklist/tools.ts'

const timeoutMs = 3000

export const endpoints: InsideCheck = {
  id: 'endpoints',
  run: async (context) => {
    const results = await Promise.all(context.endpoints.map(({ path }) => tryEndpoint(context, path)))
    const failed = results.filter((result) => result.problem !== undefined)
    const facts = Object.fromEntries(
      results.map(({ path, problem, ms }) => [path, problem ?? `open after ${ms} ms`]),
    )
    if (failed.length === 0) return ok('All endpoints opened.', facts)
    return problem(`${failed.map(({ path }) => path).join(', ')} did not open.`, facts)
  },
}

interface Result {
  readonly path: string
  readonly ms: number
  readonly problem: string | undefined
}

function tryEndpoint({ ownServer, site, token }: CheckContext, path: string): Promise<Result> {
  const host = ownServer.host.includes(':') ? `[${ownServer.host}]` : ownServer.host
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${host}:${ownServer.port}${path}?trace=checklist`, {
      origin: `http://localhost:${site.port}`,
      ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
      handshakeTimeout: timeoutMs,
      perMessageDeflate: false,
    })
    const finish = (problem: string | undefined) =>
      resolve({ path, problem, ms: Math.round(performance.now() - startedAt) })
    socket.once('open', () => {
      finish(undefined)
      socket.close(1000)
    })
    socket.on('error', (error) => finish(error.message))
  })
}
