/** An endpoint that takes webhooks, and answers as it is told. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly path: string | undefined
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
  /** Resolves once so many have come. */
  has(count: number): Promise<readonly Received[]>
  close(): void
}

/** @param answer the status for each, by its number from 0 on; undefined: none, ever */
export async function startReceiver(
  answer: (number: number) => number | undefined = () => 204,
): Promise<Receiver> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('')
    const { headers, url: path } = request
    const status = answer(received.push({ headers, path, body }) - 1)
    for (const look of waiting) look()
    if (status === undefined) return
    response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {})
    response.end('thanks')
  })
  server.unref()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=s3cr3t`,
    received,
    has: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return
          waiting.delete(look)
          resolve(received)
        }
        waiting.add(look)
        look()
      }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
