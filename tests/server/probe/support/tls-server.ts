/** TLS servers with the certificates of tests/fixtures/tls. */
import { readFileSync } from 'node:fs'
import { createServer, type TlsOptions } from 'node:tls'
import { accept, listening, type RawServer } from '#tests/server/probe/support/raw-server.ts'

const file = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/tls/${name}`, import.meta.url), 'utf8')

/** What signed every certificate but the self-signed one. */
export const testCa = (): string => file('ca.pem')

export async function tlsServer(certificate: string, options: TlsOptions = {}): Promise<RawServer> {
  const server = createServer(
    { key: file(`${certificate}.key`), cert: file(`${certificate}.pem`), ...options },
    (socket) => {
      socket.on('error', () => {})
      socket.once('data', (chunk) => accept(socket, chunk.toString('latin1')))
    },
  )
  server.on('tlsClientError', () => {})
  const running = await listening(server)
  return { ...running, url: running.url.replace('ws:', 'wss:') }
}
