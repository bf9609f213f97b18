/** What the soak does to the server, each until `stop` is aborted: it holds, breaks, opens and drops, and dribbles. */
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPinged } from '#tests/bench/_pinged.ts'

/** Faults that end a connection, or keep it from opening, in seconds; several kinds of end each. */
const FAULTS = [
  'idle-timeout/ws?after_seconds=3&ping_interval=0',
  'max-lifetime/ws?after_seconds=4',
  'bad-accept/ws',
  'truncated-frame/ws',
  'reserved-bits/ws',
  'handshake-closed/ws',
  'strip-upgrade-headers/ws',
  'bad-gateway/ws',
  'half-open/ws?ping_interval=2&ping_timeout=2',
  'drop-pongs/ws?ping_interval=2&ping_timeout=2',
]

const HTTP_HEAD = 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
const UPGRADE_HEAD =
  'GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Slow: '

export interface Counts {
  /** Connections that got their 101, of those that carry a trace. */
  opened: number
  pongs: number
  /** Held connections that ended before they were let go. */
  lost: number
  faults: number
  dropped: number
  dribbles: number
}

let traces = 0
const traced = (query = '') => `/ws?trace=soak-${++traces}${query && `&${query}`}`

const isOpen = (socket: Socket) =>
  new Promise<boolean>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })

const isClosed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })

/** Opens `count` connections, some at a time, and answers their pings. */
export async function holdMany(port: number, count: number, counts: Counts, stop: AbortSignal) {
  const held: Socket[] = []
  while (held.length < count && !stop.aborted) {
    const some = Array.from({ length: Math.min(50, count - held.length) }, () =>
      openPinged(port, traced('ping_interval=10'), () => {
        counts.pongs += 1
      }),
    )
    for (const socket of some)
      socket.once('close', () => {
        if (!stop.aborted) counts.lost += 1
      })
    for (const opened of await Promise.all(some.map(isOpen))) if (opened) counts.opened += 1
    held.push(...some)
  }
  return held
}

/** One connection of the lab after the other, each left to its fault. */
export async function meetFaults(port: number, first: number, counts: Counts, stop: AbortSignal) {
  for (let at = first; !stop.aborted; at++) {
    const socket = openPinged(port, `/lab/${FAULTS[at % FAULTS.length]}`, () => {})
    const end = () => socket.destroy()
    stop.addEventListener('abort', end, { once: true })
    socket.setTimeout(30_000, end)
    await isClosed(socket)
    stop.removeEventListener('abort', end)
    counts.faults += 1
    await sleep(200)
  }
}

/** Opens and drops, in three ways, so that `count` are done by the end. */
export async function openAndDrop(port: number, count: number, lastsMs: number, counts: Counts) {
  const startedAt = performance.now()
  for (let done = 0; done < count; done++) {
    const waitMs = startedAt + (done / count) * lastsMs - performance.now()
    if (waitMs > 0) await sleep(waitMs)
    const socket = openPinged(port, traced(), () => {})
    const closed = isClosed(socket)
    if (await isOpen(socket)) counts.opened += 1
    if (done % 3 === 0) socket.end()
    else if (done % 3 === 1) socket.destroy()
    else socket.resetAndDestroy()
    await closed
    counts.dropped += 1
  }
}

/** A request that never gets to its end, a letter a second, until the server has had enough; then the next. */
export async function dribble(port: number, isUpgrade: boolean, counts: Counts, stop: AbortSignal) {
  while (!stop.aborted) {
    const socket = connect({ port, host: '127.0.0.1' })
    const closed = isClosed(socket)
    socket.resume()
    socket.write(isUpgrade ? UPGRADE_HEAD : HTTP_HEAD)
    const more = setInterval(() => (stop.aborted ? socket.destroy() : socket.write('x')), 1000)
    await closed
    clearInterval(more)
    counts.dribbles += 1
  }
}
