/**
 * Two instances behind a real nginx, with a real Redis: one is killed, Redis is killed and started again, and of a hundred
 * thousand events none that was acknowledged is lost, on no dashboard.
 */
import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { type DiagnosticEvent, diagnosticsMessage, type EventOf, eventsPage } from '#lib/protocol/events.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import {
  type RunningProgram,
  startProgram,
  stopProgram,
  temporaryDirectory,
  untilListening,
} from '#server/lab/real-proxy/programs.ts'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { type ServerProcess, startProcess } from '#tests/server/support/process.ts'
import { type RedisServer, redisProgram, startRedis } from '#tests/server/support/redis.ts'

const proxy = await findProxy('nginx')
const problem = redisProgram('redis-server') ? undefined : await installPackages(['redis-server'])
const redisPath = redisProgram('redis-server')
const skip =
  'missing' in proxy ? proxy.missing : redisPath === undefined ? `no redis-server: ${problem}` : false

const TOKEN = 'correct-horse-battery'
const authorization = { Authorization: `Bearer ${TOKEN}` }
const SENDERS = 4
const EVENTS_EACH = 25_000
const BATCH = 500
/** Connections of one sender. */
const CONNECTIONS = 10

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('two instances behind nginx, with Redis', { skip }, () => {
  let redis: RedisServer
  let nginx: RunningProgram
  let folder = ''
  let port = 0
  const ports: number[] = []
  const running: ServerProcess[] = []
  const dashboards: Dashboard[] = []

  const startInstance = async (at: number) => {
    const server = startProcess({
      env: {
        PORT: `${ports[at]}`,
        HOST: '127.0.0.1',
        JOURNAL: redis.url,
        JOURNAL_SIZE: '300000',
        ACCESS_TOKEN: TOKEN,
        TRUSTED_PROXIES: '127.0.0.1',
        LOG_LEVEL: 'error',
      },
    })
    running[at] = server
    await server.listening
    await untilAnswers(`http://127.0.0.1:${ports[at]}/ready`, ({ status }) => status === 200)
  }

  before(async () => {
    redis = await startRedis(redisPath ?? '', ['--appendonly', 'yes', '--appendfsync', 'always'])
    ports.push(await freePort(), await freePort())
    await Promise.all([startInstance(0), startInstance(1)])
    port = await freePort()
    folder = await temporaryDirectory()
    await mkdir(path.join(folder, 'logs'))
    await writeFile(path.join(folder, 'nginx.conf'), configuration(port, ports))
    const program = 'program' in proxy ? proxy.program : ''
    nginx = startProgram(program, ['-p', folder, '-c', path.join(folder, 'nginx.conf')])
    await untilListening(port, nginx)
  })
  after(async () => {
    for (const dashboard of dashboards) dashboard.close()
    for (const { child } of running) child.kill('SIGKILL')
    if (nginx) await stopProgram(nginx)
    await redis?.close()
    if (folder !== '') await rm(folder, { recursive: true, force: true })
  })

  it('loses nothing that was acknowledged while an instance and Redis are killed', async () => {
    const base = `http://127.0.0.1:${port}`
    dashboards.push(new Dashboard(base), new Dashboard(base))
    await Promise.all(dashboards.map(({ live }) => live))
    const senders = Array.from({ length: SENDERS }, (_, sender) => new Sender(base, sender))
    const sent = Promise.all(senders.map((sender) => sender.run()))
    const untilAcknowledged = async (share: number) => {
      while (senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0) < share * SENDERS * EVENTS_EACH)
        await pause(10)
    }
    await untilAcknowledged(0.2)
    running[0]?.child.kill('SIGKILL')
    await untilAcknowledged(0.4)
    await redis.signal('SIGKILL')
    const health = `http://127.0.0.1:${ports[1]}/health`
    await untilAnswers(health, ({ body }) => body.includes('"trouble":"redis-gone"'))
    // The sockets go on without it.
    await talk(`ws://127.0.0.1:${port}/ws`)
    assert.equal((await fetch(`http://127.0.0.1:${ports[1]}/ready`)).status, 200)
    await redis.start()
    await untilAcknowledged(0.6)
    await startInstance(0)
    await sent

    for (const dashboard of dashboards) await dashboard.until(SENDERS * EVENTS_EACH)
    for (const dashboard of dashboards) {
      for (const numbers of dashboard.connections.values()) {
        assert.deepEqual(
          numbers,
          [...numbers].sort((one, other) => one - other),
        )
        assert.equal(numbers.length, EVENTS_EACH / CONNECTIONS)
      }
      assert.equal(dashboard.connections.size, SENDERS * CONNECTIONS)
    }
    // What is kept says the same on both, in one order.
    for (const each of ports) {
      await untilAnswers(`http://127.0.0.1:${each}/health`, ({ body }) => !body.includes('"trouble"'))
    }
    const [one, other] = await Promise.all(ports.map((each) => everything(`http://127.0.0.1:${each}`)))
    // A difference of so many would take minutes to be shown.
    assert.ok(one?.join() === other?.join())
    assert.equal(one?.length, SENDERS * EVENTS_EACH)
    assert.equal(new Set(one).size, SENDERS * EVENTS_EACH)
  })

  it('who signs in at one is signed in at the other, and out at both', async () => {
    const [one, other] = ports.map((each) => `http://127.0.0.1:${each}`)
    const signed = await fetch(`${one}/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    })
    assert.equal(signed.status, 204)
    const Cookie = signed.headers.get('Set-Cookie')?.split(';')[0] ?? ''
    assert.equal((await fetch(`${other}/api/events`, { headers: { Cookie } })).status, 200)
    assert.equal((await fetch(`${one}/sign-in`, { method: 'DELETE', headers: { Cookie } })).status, 204)
    await untilAnswers(`${other}/api/events`, ({ status }) => status === 401, { Cookie })
  })

  it('a report that one made is found, changed and linked to at the other', async () => {
    const [one, other] = ports.map((each) => `http://127.0.0.1:${each}`)
    const headers = { ...authorization, 'Content-Type': 'application/json' }
    const post = async (url: string, body: unknown) => {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      assert.ok(response.ok, `${url}: ${response.status}`)
      return response.json()
    }
    const { id } = await post(`${one}/api/reports`, {
      text: 'WebSocket is closed before the connection is established 1006',
    })
    await post(`${other}/api/reports/${id}/evidence`, { text: 'upstream timed out' })
    assert.equal((await fetch(`${one}/api/reports/${id}`, { headers })).status, 200)
    const { url } = await post(`${one}/api/links`, { report: id })
    await untilAnswers(`${other}${new URL(url).pathname}`, ({ status }) => status === 200)
  })
})

/** Tells of its connections, batch after batch, and of each batch again until it hears that it was taken. */
class Sender {
  acknowledged = 0
  readonly #base: string
  readonly #name: string

  constructor(base: string, number: number) {
    this.#base = base
    this.#name = `sender-${number}`
  }

  async run(): Promise<void> {
    for (let first = 0; first < EVENTS_EACH; first += BATCH) {
      const body = Array.from({ length: BATCH }, (_, at) => this.#event(first + at)).join('\n')
      while (!(await this.#post(body))) await pause(50)
      this.acknowledged += BATCH
    }
  }

  #event(number: number): string {
    return JSON.stringify({
      id: `${this.#name}-${number}`,
      at: Date.now() / 1000,
      instance: this.#name,
      service: 'load',
      kind: 'heartbeat',
      client_id: `${this.#name}-c${number % CONNECTIONS}`,
      endpoint: '/load',
      ping_number: Math.floor(number / CONNECTIONS),
      rtt_ms: 1,
    })
  }

  async #post(body: string): Promise<boolean> {
    try {
      const response = await fetch(`${this.#base}/api/ingest`, {
        method: 'POST',
        headers: { ...authorization, 'Content-Type': 'application/x-ndjson' },
        body,
      })
      const { refused } = await response.json()
      if (response.status === 202) assert.equal(refused, 0)
      return response.status === 202
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return false
    }
  }
}

/** Reads the stream as a page does: goes on behind the last event when it is cut, and fetches what a gap names. */
class Dashboard {
  /** Of each connection the numbers of its heartbeats, as they came first. */
  readonly connections = new Map<string, number[]>()
  readonly live: Promise<void>
  readonly #base: string
  readonly #seen = new Set<string>()
  #cursor: string | undefined
  #socket: WebSocket | undefined
  #isClosed = false
  #isLive: () => void = () => {}
  /** One after the other, so that a gap is filled before what comes behind it. */
  #work: Promise<void> = Promise.resolve()

  constructor(base: string) {
    this.#base = base
    this.live = new Promise((resolve) => {
      this.#isLive = resolve
    })
    this.#open()
  }

  async until(count: number): Promise<void> {
    while (this.#seen.size < count) await pause(20)
  }

  close(): void {
    this.#isClosed = true
    this.#socket?.terminate()
  }

  #open(): void {
    const query = new URLSearchParams({ batch: '50', kinds: 'heartbeat' })
    if (this.#cursor !== undefined) query.set('after', this.#cursor)
    const socket = new WebSocket(`${this.#base.replace('http', 'ws')}/ws/diagnostics?${query}`, {
      headers: authorization,
    })
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('message', (data) => {
      this.#work = this.#work.then(() => this.#hear(String(data)))
    })
    socket.on('close', () => {
      this.#work = this.#work.then(async () => {
        await pause(50)
        if (!this.#isClosed) this.#open()
      })
    })
  }

  async #hear(text: string): Promise<void> {
    const message = diagnosticsMessage.parse(JSON.parse(text))
    if (message.type === 'hello') {
      this.#cursor ??= message.latest ?? undefined
      this.#isLive()
    } else if (message.type === 'gap') await this.#fill(message.after, message.before)
    else if (message.type === 'events') {
      for (const event of message.events) {
        if (message.waiting !== true) this.#cursor = event.id
        this.#take(event)
      }
    }
  }

  async #fill(after: string | null, before: string | null): Promise<void> {
    for (let cursor = after; cursor !== null; ) {
      const query = new URLSearchParams({ after: cursor, kinds: 'heartbeat', limit: '1000' })
      if (before !== null) query.set('before', before)
      const response = await fetch(`${this.#base}/api/events?${query}`, { headers: authorization })
      const page = eventsPage.parse(await response.json())
      for (const event of page.events) this.#take(event)
      cursor = page.next
    }
  }

  #take(event: DiagnosticEvent): void {
    if (event.kind !== 'heartbeat' || event.service !== 'load') return
    const { client_id, ping_number } = event as EventOf<'heartbeat'>
    const name = `${client_id} ${ping_number}`
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    const numbers = this.connections.get(client_id) ?? []
    numbers.push(ping_number)
    this.connections.set(client_id, numbers)
  }
}

/** The senders' names for all that is kept, in its order. */
async function everything(base: string): Promise<string[]> {
  const names: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ kinds: 'heartbeat', limit: '1000' })
    if (cursor !== '') query.set('after', cursor)
    const response: Response = await fetch(`${base}/api/events?${query}`, { headers: authorization })
    const page = eventsPage.parse(await response.json())
    names.push(...page.events.flatMap(({ source_id }) => (typeof source_id === 'string' ? [source_id] : [])))
    cursor = page.next
  }
  return names
}

async function untilAnswers(
  url: string,
  isSo: (answer: { status: number; body: string }) => boolean,
  headers: Record<string, string> = {},
): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { headers }).then(
      async (response) => ({ status: response.status, body: await response.text() }),
      () => undefined,
    )
    if (answer && isSo(answer)) return
    await pause(20)
  }
}

function talk(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.on('error', reject)
    socket.on('open', () => socket.send('{"type":"ping"}'))
    socket.on('message', () => {
      socket.terminate()
      resolve()
    })
  })
}

const configuration = (port: number, backends: readonly number[]): string => `
daemon off;
master_process off;
pid logs/nginx.pid;
error_log logs/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path logs/body;
  proxy_temp_path logs/proxy;
  fastcgi_temp_path logs/fastcgi;
  uwsgi_temp_path logs/uwsgi;
  scgi_temp_path logs/scgi;
  client_max_body_size 16m;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream why1006 {
${backends.map((backend) => `    server 127.0.0.1:${backend} max_fails=1 fail_timeout=1s;`).join('\n')}
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://why1006;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_read_timeout 1h;
    }
  }
}
`
