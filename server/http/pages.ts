/** Next.js behind our own HTTP server: it renders pages, and never touches our sockets. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { isPackaged } from '#server/config/packaged.ts'

/** Where the pages are, built or to be built. */
const folder = new URL('../..', import.meta.url)

export interface Pages {
  /** Resolves once pages can be answered; rejects when they never will be. */
  readonly ready: Promise<void>
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Takes an upgrade that belongs to the pages (hot reload). False: not theirs. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): boolean
  close(): Promise<void>
}

export interface PagesOptions {
  readonly dev: boolean
  readonly port: number
}

export function loadPages({ dev, port }: PagesOptions): Pages {
  // On its first request Next adds an upgrade listener to the server it is given, and ends or hangs every
  // socket that is not its own. So it is given an emitter that nothing else listens to.
  const upgrades = new EventEmitter()

  const loading = (async () => {
    // Loaded late: it takes a second, and the sockets do not wait for it.
    const { default: next } = await import('next')
    if (isPackaged) takeSettingsOfBuild()
    const app = next({
      dev,
      dir: fileURLToPath(folder),
      hostname: 'localhost',
      port,
      httpServer: upgrades as Server,
    })
    const { log } = console
    // How long Next took to read its settings is no news to anybody; what goes wrong it says by console.error.
    if (!dev) console.log = () => {}
    try {
      await app.prepare()
    } finally {
      console.log = log
    }
    return { app, handle: app.getRequestHandler() }
  })()

  const ready = loading.then(() => {})
  // Whoever awaits it sees the failure; nobody awaiting it is no reason to end the process.
  ready.catch(() => {})

  return {
    ready,
    handle: async (request, response) => {
      const { handle } = await loading
      await handle(request, response)
    },
    upgrade: (request, socket, head) =>
      dev && request.url?.startsWith('/_next/') === true && upgrades.emit('upgrade', request, socket, head),
    close: async () => {
      const { app } = await loading
      await app.close()
    },
  }
}

/** The package has no next.config.mjs: what reads one would be most of its size. Next takes them from here, as it does when it is built to stand alone. */
function takeSettingsOfBuild(): void {
  const settings = readFileSync(new URL('settings.json', folder), 'utf8')
  Object.assign(process.env, { __NEXT_PRIVATE_STANDALONE_CONFIG: settings })
}
