/** Short JSON answers, for requests and for handshakes that are turned away on the bare socket. */
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { jsonText } from '#server/wire/json.ts'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** How long a peer that was refused may take to read the answer and hang up. */
const lingerMs = 2000

/** Read in a terminal too: what it quotes of a request steers none. */
const bodyOf = ({ body }: Answer): string => `${jsonText(body)}\n`

function headersOf(answer: Answer, body: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...answer.headers,
  }
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const body = bodyOf(answer)
  response.writeHead(answer.status, headersOf(answer, body))
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/**
 * Answers on the bare socket of a handshake and hangs up. The socket must have its error listener already:
 * a client that resets while we write would otherwise end the process.
 */
export function endSocket(socket: Socket, answer: Answer): void {
  const body = bodyOf(answer)
  const headers = Object.entries({ ...headersOf(answer, body), Connection: 'close' })
  socket.end(
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n` +
      `${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
  )
  // Unread bytes would turn our FIN into a reset, which can take the answer away from the client.
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
