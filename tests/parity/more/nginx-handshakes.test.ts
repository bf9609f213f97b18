/** Random configurations: what the linter says of a handshake, and what the installed nginx does with it. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fixAll } from '#lib/configs/nginx/fix-all.ts'
import { type LintResult, lint } from '#lib/configs/nginx/lint.ts'
import type { Effective } from '#lib/configs/nginx/routing/effective.ts'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { type Backend, wsBackend } from '#tests/parity/support/backends.ts'
import { diceOf } from '#tests/parity/support/dice.ts'
import { handshake, type NginxRun, nginxRun, versionOf, wholeOf } from '#tests/parity/support/nginx-run.ts'
import { HOSTS, PATHS, randomConfiguration } from '#tests/parity/support/nginx-websockets.ts'
import { findProxy } from '#tests/parity/support/packages.ts'

const found = await findProxy('nginx')
const program = 'program' in found ? found.program : ''
const skip = 'missing' in found ? found.missing : false

const CONFIGURATIONS = 40
const FIXED = 60
const FIRST_SEED = 1006
const RULES = new URL('../../fixtures/nginx-rules/', import.meta.url)
/** Nothing of this machine. */
const OWN_FILES = 'pid logs/nginx.pid;\n'

describe('the linter and handshakes through the real nginx', { skip }, () => {
  let run: NginxRun
  let backend: Backend
  let port = 0
  let root = ''
  let nginxVersion = ''
  /** The last handshake that the backend accepted. */
  let reached: IncomingMessage | undefined
  before(async () => {
    run = await nginxRun(program)
    nginxVersion = await versionOf(program)
    root = path.join(run.folder, 'www')
    await mkdir(root)
    await writeFile(path.join(root, 'app.html'), '<!doctype html><title>app</title>')
    backend = await wsBackend({
      onConnection: (_, request) => {
        reached = request
      },
    })
    port = await freePort()
  })
  after(async () => {
    await backend.close()
    await run.close()
  })

  const linted = (text: string, question: { path?: string; host?: string }): LintResult =>
    lint('nginx.conf', readerOf(text), { ...question, port, nginxVersion })

  /** One handshake, which opens where nothing speaks against it, and nowhere else. */
  async function compare(text: string, asked: string, host: string): Promise<void> {
    const { answer, effective, findings } = settingsOfPath(text, {
      path: asked,
      host,
      port,
      tls: false,
      nginxVersion,
    })
    // Whether a folder may be listed, or has an index, is not in a configuration.
    if (answer?.kind === 'other' && answer.what === 'answered from files') return
    const errors = findings.filter(({ severity }) => severity === 'error')
    const opens = answer?.kind === 'proxied' && errors.length === 0
    reached = undefined
    const real = await handshake({ port, path: asked, host })
    const about = `${host}${asked}: ${JSON.stringify(real)}, ${answer?.kind} ${errors.map(({ rule, line }) => `${rule}:${line}`)}\n${text}`
    assert.equal(real.opened, opens, about)
    const isBlamed = linted(text, { path: asked, host }).findings.some(({ severity }) => severity === 'error')
    if (!opens) assert.ok(isBlamed, `nothing to find fault with in ${about}`)
    if (opens && effective && reached) assertArrived(effective, reached, host, about)
  }

  it('agree on what opens, and on what the backend is sent', async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CONFIGURATIONS; seed += 1) {
      const ground = { port, backend: backend.port, root }
      const text = wholeOf(randomConfiguration(diceOf(seed), ground))
      const refused = await run.test(text)
      const { error } = linted(text, {})
      assert.equal(error !== undefined, refused !== undefined, `${refused}\n${error?.message}\n${text}`)
      if (refused !== undefined) continue
      const hosts = text.includes('b.example *') ? HOSTS : HOSTS.slice(0, 1)
      await run.during(text, port, async () => {
        for (const asked of PATHS) for (const host of hosts) await compare(text, asked, host)
      })
    }
  })

  /** Applies every fix; what is left needs a decision, and what is not opens. */
  async function fix(text: string, question: { path: string; host: string }): Promise<boolean> {
    const { files, left, diff } = fixAll('nginx.conf', readerOf(text), { ...question, port, nginxVersion })
    const fixed = (files['nginx.conf'] ?? text).replaceAll('YOUR_BACKEND', `127.0.0.1:${backend.port}`)
    const refused = await run.test(fixed)
    assert.equal(refused, undefined, `${refused}\n${diff}`)
    if (left.some(({ severity }) => severity === 'error')) return false
    const real = await run.during(fixed, port, () => handshake({ port, ...question }))
    assert.ok(real.opened, `${JSON.stringify(question)}: ${JSON.stringify(real)}\n${diff}`)
    return true
  }

  it('agree on fixes: nginx takes each, and then the handshake opens', async () => {
    let opened = 0
    let asked = 0
    for (let seed = FIRST_SEED; seed < FIRST_SEED + FIXED; seed += 1) {
      const dice = diceOf(seed)
      const text = wholeOf(randomConfiguration(dice, { port, backend: backend.port, root }))
      if ((await run.test(text)) !== undefined) continue
      const host = dice.pick(text.includes('b.example *') ? HOSTS : HOSTS.slice(0, 1))
      asked += 1
      if (await fix(text, { path: dice.pick(PATHS), host })) opened += 1
    }
    assert.ok(opened > asked * 0.8, `${opened} of ${asked}`)
  })

  for (const rule of readdirSync(RULES)) {
    it(`takes the fixes for ${rule}`, async (t) => {
      let count = 0
      const files = readdirSync(new URL(`${rule}/`, RULES)).filter((name) => name.startsWith('hit-'))
      for (const file of files) {
        // A part of a configuration, which nginx loads only among the manager's own files.
        if (file.includes('proxy-manager')) continue
        const text = (await readFile(new URL(`${rule}/${file}`, RULES), 'utf8'))
          .replace(/listen 80(?=[; ])/, `listen 127.0.0.1:${port}`)
          .replaceAll('127.0.0.1:3000', `127.0.0.1:${backend.port}`)
        const { findings } = lint('nginx.conf', readerOf(text), {
          path: '/ws',
          port,
          nginxVersion,
          withFixedFiles: true,
        })
        for (const { rule: its, fixed, diff } of findings) {
          if (its !== rule || !fixed) continue
          const now = (fixed['nginx.conf'] ?? '').replaceAll('YOUR_BACKEND', `127.0.0.1:${backend.port}`)
          assert.equal(await run.test(`${OWN_FILES}${now}`), undefined, `${file}\n${diff}`)
          const after = lint('nginx.conf', readerOf(now), { path: '/ws', port, nginxVersion })
          const same = after.findings.filter((each) => each.rule === rule && each.severity !== 'info')
          assert.deepEqual(same, [], `${file}\n${diff}`)
          count += 1
        }
      }
      if (count === 0) t.diagnostic('somebody has to decide')
    })
  }
})

const readerOf = (text: string): ConfigReader => ({
  read: (name) => (name === 'nginx.conf' ? text : undefined),
  list: () => [],
})

function assertArrived(
  effective: Effective,
  { headers, httpVersion }: IncomingMessage,
  host: string,
  about: string,
) {
  assert.equal(httpVersion, effective.httpVersion, about)
  assert.equal('x-forwarded-proto' in headers, effective.forwardedProto, about)
  if (effective.host === '$host' || effective.host === '$http_host') assert.equal(headers.host, host, about)
  else if (effective.host === 'other') assert.equal(headers.host, effective.hostValue, about)
  else assert.match(headers.host ?? '', /^(?:pool|pages|127\.0\.0\.1:\d+)$/, about)
}
