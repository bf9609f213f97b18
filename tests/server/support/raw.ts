/** Bytes in, bytes out: what a server answers to something that need not be HTTP. */
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  /** 0 where the connection ended without a status line. */
  readonly status: number
  readonly head: string
  readonly body: string
  readonly header: (name: string) => string | undefined
}

/** Writes, reads until the connection ends or the announced body is there, and hangs up. */
export function exchange(port: number, request: string | Buffer, host = '127.0.0.1'): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    let received = ''
    const finish = () => {
      socket.destroy()
      resolve(parse(received))
    }
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      received += chunk
      const end = received.indexOf('\r\n\r\n')
      const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1]
      if (end !== -1 && length !== undefined && received.length >= end + 4 + Number(length)) finish()
      else if (end !== -1 && received.startsWith('HTTP/1.1 101')) finish()
    })
    socket.on('close', finish)
    socket.on('error', finish)
    socket.write(request)
  })
}

function parse(received: string): RawAnswer {
  const [head = '', body = ''] = received.split(/\r\n\r\n(.*)/s)
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: Buffer.from(body, 'latin1').toString(),
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim(),
  }
}

/** The lines of a right handshake; `undefined` leaves one out. */
export function handshake(path: string, changes: Record<string, string | undefined> = {}): string {
  const headers: Record<string, string | undefined> = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...changes,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  )
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

export function get(path: string, headers: Record<string, string> = {}, method = 'GET'): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

export function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket))
    socket.once('error', reject)
  })
}
