/** Ports for programs that are told one in their configuration, and so cannot ask the system for any. */
import { createServer } from 'node:net'

// Below what systems hand out by themselves (Linux from 32768, others from 49152): nobody gets it in the meantime.
const first = 20_000
const last = 32_000
const mostTries = 100

/** A port of 127.0.0.1 that was free a moment ago, chosen at random. Rejects when a hundred in a row are taken. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = first + Math.floor(Math.random() * (last - first))
    if (await isFree(port)) return port
  }
  throw new Error(`No free port was found between ${first} and ${last}.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
