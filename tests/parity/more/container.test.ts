/** The files for containers, as far as they can be checked without an engine: by Docker's own tools and nginx. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import dockerfile from 'dockerfile-utils'
import { run as lint } from '#server/cli/lint.ts'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { finish } from '#tests/server/cli/support/command.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../../scripts/container/', import.meta.url))
const compose = '/usr/bin/docker-compose'
const problem = existsSync(compose) ? undefined : await installPackages(['docker-compose'])
const nginx = await findProxy('nginx')

describe('the files for containers', () => {
  it('a Containerfile in which a linter finds nothing, and which starts what the package has', async () => {
    const text = await readFile(path.join(folder, 'Containerfile'), 'utf8')
    const found = dockerfile.validate(text, {})
    assert.deepEqual(
      found.map(({ message, range }) => `${range.start.line + 1}: ${message}`),
      [],
    )
    const entry = /ENTRYPOINT \["node", "([^"]+)"\]/.exec(text)?.[1]
    const { bin } = JSON.parse(await readFile(path.join(folder, '../../package.json'), 'utf8'))
    assert.equal(entry, `/opt/why1006/node_modules/why1006/${bin.why1006}`)
  })

  it('a linter that finds what is wrong', () => {
    const messages = dockerfile.validate('FROM node:24\nENTRYPOIN ["node"]\n', {})
    assert.equal(messages.length, 1)
  })

  it('a compose file that docker-compose takes, with the token and without', {
    skip: existsSync(compose) ? false : `no docker-compose: ${problem}`,
  }, async () => {
    const check = (token: string) =>
      run(compose, ['--file', path.join(folder, 'compose.yaml'), 'config', '--services'], {
        env: { ...process.env, ACCESS_TOKEN: token },
      })
    const { stdout } = await check('0123456789abcdef')
    assert.deepEqual(stdout.trim().split('\n').sort(), ['nginx', 'redis', 'why1006'])
    await assert.rejects(check(''), /16 characters or more/)
  })

  it('a configuration that nginx takes and in which lint finds no fault', {
    skip: 'missing' in nginx ? nginx.missing : false,
  }, async () => {
    if ('missing' in nginx) return
    const file = path.join(folder, 'nginx.conf')
    const { stdout } = await finish(lint, ['--json', file])
    const { findings } = JSON.parse(stdout) as { findings: { severity: string; rule: string }[] }
    // Of buffers it says that sockets have none: they are off for the events of the same location.
    const told = findings.filter(({ severity }) => severity !== 'info')
    assert.deepEqual(told, [])
    const scratch = await mkdtemp(path.join(tmpdir(), 'why1006-container-'))
    try {
      // The name of the server stands for a container, which is not there.
      const text = (await readFile(file, 'utf8')).replace('http://why1006:', 'http://127.0.0.1:')
      await writeFile(path.join(scratch, 'nginx.conf'), text)
      await run(nginx.program, [
        '-t',
        '-p',
        scratch,
        '-c',
        'nginx.conf',
        '-e',
        'stderr',
        '-g',
        'pid nginx.pid;',
      ])
    } finally {
      await rm(scratch, { recursive: true })
    }
  })
})
