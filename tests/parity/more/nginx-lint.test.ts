/** What the linter says of configurations, and what the installed nginx does with them. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { lint } from '#lib/configs/nginx/lint.ts'
import { handshakeRequest } from '#lib/configs/nginx/routing/request.ts'
import { type Answer, route } from '#lib/configs/nginx/routing/route.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import { parseTree } from '#lib/configs/nginx/syntax/tree.ts'
import { diceOf } from '#tests/parity/support/dice.ts'
import { mutate, randomServer } from '#tests/parity/support/nginx-random.ts'
import { findProxy } from '#tests/parity/support/packages.ts'

const found = await findProxy('nginx')
const program = 'program' in found ? found.program : ''
const skip = 'missing' in found ? found.missing : false

const MUTATIONS = 150
const SERVERS = 40
/** What depends on the machine, or on sums of sizes, is nginx's to say. */
const UNCLAIMED = /host not found|open\(\)|must be less than|mkdir\(\)|invalid parameter "\$/

const readerOf = (text: string) => ({
  read: (name: string) => (name === 'nginx.conf' ? text : undefined),
  list: () => [],
})

describe('the linter and the real nginx', { skip }, () => {
  let folder = ''
  let version = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nginx-lint-'))
    await mkdir(path.join(folder, 'logs'))
    version = /nginx\/([\d.]+)/.exec((await nginx(['-v'])).stderr)?.[1] ?? ''
  })
  after(() => rm(folder, { recursive: true }))

  const nginx = (args: readonly string[]) =>
    new Promise<{ failed: boolean; stderr: string }>((resolve) => {
      execFile(program, [...args], (error, _, stderr) => resolve({ failed: error !== null, stderr }))
    })
  const place = () => [
    '-p',
    folder,
    '-c',
    path.join(folder, 'nginx.conf'),
    '-e',
    path.join(folder, 'logs/e.log'),
  ]
  const write = (text: string) => writeFile(path.join(folder, 'nginx.conf'), text)

  it('agree on what is valid', async () => {
    const fixture = new URL('../../fixtures/nginx-mutated/nginx.conf', import.meta.url)
    const original = await readFile(fixture, 'utf8')
    const dice = diceOf(1006)
    for (let i = 0; i < MUTATIONS; i += 1) {
      const text = i === 0 ? original : mutate(original, dice)
      await write(text)
      const { failed, stderr } = await nginx(['-t', '-q', ...place()])
      const { error } = lint('nginx.conf', readerOf(text), { nginxVersion: version })
      if (failed && !error && UNCLAIMED.test(stderr)) continue
      assert.equal(error !== undefined, failed, `nginx: ${stderr}\nthe linter: ${error?.message}\n${text}`)
    }
  })

  it('agree on the location that answers', async () => {
    const dice = diceOf(1006)
    const port = await freePort()
    for (let i = 0; i < SERVERS; i += 1) {
      const server = randomServer(dice)
      const text = `daemon off;\nmaster_process off;\npid logs/p.pid;\nevents {}\nhttp {\naccess_log off;\nserver {\nlisten 127.0.0.1:${port};\nroot logs;\n${server}\n} }\n`
      await write(text)
      if ((await nginx(['-t', '-q', ...place()])).failed) continue
      const running = spawn(program, place(), { stdio: 'ignore' })
      try {
        for (const asked of PATHS) {
          assert.equal(linted(text, asked, port), await answered(asked, port), `${asked} in\n${server}`)
        }
      } finally {
        running.kill('SIGKILL')
        await once(running, 'exit')
      }
    }
  })
})

const PATHS = [
  '/',
  '/ws',
  '/ws/',
  '/ws/live',
  '/ws/livex',
  '/wsx',
  '/api',
  '/api/ws',
  '/api/a.json',
  '/WS',
  '/ws//live',
  '/%77s',
]

function linted(text: string, asked: string, port: number): string {
  const parent = parseTree('nginx.conf', readerOf(text)).directives.find(({ name }) => name === 'http')
  const block = parent && children(parent, 'server')[0]
  assert.ok(parent && block)
  const request = handshakeRequest({ path: asked, host: 'example.com', port, tls: false })
  return describeAnswer(route({ block, parent: { block: parent } }, request))
}

function describeAnswer(answer: Answer): string {
  if (answer.kind !== 'other') return answer.kind
  const body = answer.by.name === 'return' ? answer.by.args[1] : undefined
  return body ?? (/circle/.test(answer.what) ? '500' : 'no file')
}

async function answered(asked: string, port: number): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await ask(asked, port).catch(() => undefined)
    if (answer !== undefined) return answer
    await wait(20)
  }
  throw new Error('nginx does not answer')
}

async function ask(asked: string, port: number): Promise<string> {
  const headers = { upgrade: 'websocket', connection: 'Upgrade', host: 'example.com' }
  const request = http.get({ host: '127.0.0.1', port, path: asked, headers, agent: false })
  const [response]: [http.IncomingMessage] = (await once(request, 'response')) as [http.IncomingMessage]
  let body = ''
  for await (const chunk of response) body += chunk
  const status = response.statusCode ?? 0
  if (status === 502) return 'proxied'
  if (status >= 300 && status < 400) return 'redirect'
  if (body.startsWith('L')) return body
  return status === 500 ? '500' : 'no file'
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  assert.ok(address && typeof address === 'object')
  return address.port
}
