/** Debian's Firefox, which Playwright's own protocol does not drive: by WebDriver BiDi, which it speaks itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebSocket } from 'ws'

const executable = [
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
].find((file) => file !== undefined && file !== '' && existsSync(file))

/** Why there is none, for a test to skip with; undefined where there is one. */
export const noFirefox =
  executable === undefined ? 'no Firefox is installed; set FIREFOX_PATH, or install firefox-esr' : undefined

export interface FirefoxPage {
  goto(url: string): Promise<void>
  /** Runs an expression in the page, as a console does; a promise is awaited. Its value must be JSON. */
  evaluate<T>(expression: string): Promise<T>
  /** What the page has said in its console so far. */
  readonly said: readonly string[]
  /** Resolves with the first text of the console that has this in it, said already or still to come. */
  untilSaid(part: string): Promise<string>
  close(): Promise<void>
}

/** Nothing in a fresh profile may ask the network by itself. */
const preferences = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.captive-portal-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.server': '',
}

interface Answer {
  id?: number
  type: string
  method?: string
  result?: unknown
  params?: unknown
  message?: string
}

/** @throws when it does not start; ask `noFirefox` first */
export async function openFirefox(): Promise<FirefoxPage> {
  if (executable === undefined) throw new Error(noFirefox)
  const profile = await mkdtemp(path.join(tmpdir(), 'why1006-firefox-'))
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  await writeFile(path.join(profile, 'user.js'), lines.join(''))
  const browser = spawn(
    executable,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
    },
  )
  const end = async () => {
    if (browser.exitCode === null && browser.signalCode === null) {
      const ended = once(browser, 'exit')
      browser.kill('SIGKILL')
      await ended
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const line = await connect(await addressOf(browser))
    return { ...line, close: () => line.close().then(end) }
  } catch (error) {
    await end()
    throw error
  }
}

async function addressOf(browser: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of browser.stderr ?? []) {
    printed += chunk
    const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(printed)?.[1]
    if (address === undefined) continue
    // What it prints from now on must not fill the pipe.
    browser.stderr?.resume()
    return address
  }
  throw new Error(`Firefox ended before it listened:\n${printed}`)
}

async function connect(address: string): Promise<FirefoxPage> {
  const socket = new WebSocket(`${address}/session`)
  await once(socket, 'open')
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  const said: string[] = []
  const listeners = new Set<() => void>()
  let lastId = 0
  const send = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, method, params }))
    })
  socket.on('message', (data) => {
    const { id, type, method, result, params, message } = JSON.parse(String(data)) as Answer
    if (method === 'log.entryAdded') {
      said.push(String((params as { text: unknown }).text))
      for (const look of listeners) look()
    }
    if (id === undefined) return
    if (type === 'error') waiting.get(id)?.reject(new Error(message))
    else waiting.get(id)?.resolve(result)
    waiting.delete(id)
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox is gone'))
  })
  await send('session.new', { capabilities: {} })
  await send('session.subscribe', { events: ['log.entryAdded'] })
  const { context } = (await send('browsingContext.create', { type: 'tab' })) as { context: string }
  return {
    said,
    goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    evaluate: async <T>(expression: string) => {
      const answer = (await send('script.evaluate', {
        expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value) ?? 'null')`,
        target: { context },
        awaitPromise: true,
      })) as { type: string; result: { value: string }; exceptionDetails?: { text: string } }
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text)
      return JSON.parse(answer.result.value) as T
    },
    untilSaid: (part) =>
      new Promise((resolve) => {
        const look = () => {
          const found = said.find((text) => text.includes(part))
          if (found === undefined) return
          listeners.delete(look)
          resolve(found)
        }
        listeners.add(look)
        look()
      }),
    close: async () => {
      socket.close()
    },
  }
}
