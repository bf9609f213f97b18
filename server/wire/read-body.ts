/** The body of a request that is short by nature. */
import type { IncomingMessage } from 'node:http'

/** As UTF-8. Undefined where it is longer than `mostBytes`, or its sender left. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      bytes += chunk.length
      // The rest is not read: the answer ends the connection.
      if (bytes > mostBytes) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString()
}
