/** `why1006 serve` as a process of its own: the same server, with options that win over the environment. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startProcess } from '#tests/server/wire/support/process.ts'

const serve = (args: readonly string[], options = {}) =>
  startProcess({ ...options, command: ['server/cli/main.ts', 'serve', ...args] })

describe('why1006 serve', { concurrency: 2 }, () => {
  test('serves on the port and host of its options, whatever the environment, until a signal', async () => {
    const server = serve(['--no-pages', '--port', '0', '--host', '127.0.0.1'], {
      env: { PORT: '1', HOST: '127.0.0.9' },
      dotEnv: 'WS_PING_INTERVAL=7\n',
    })
    const port = await server.listening
    const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json()
    assert.deepEqual([health.status, health.config.ping_interval], ['healthy', 7])
    server.child.kill('SIGTERM')
    const { code, stdout } = await server.exit
    assert.equal(code, 0)
    assert.match(stdout, /SIGTERM: closing connections/)
  })

  test('ends with 1 and names the setting, or the port in use', async () => {
    const wrong = await serve(['--no-pages', '--port', 'x', '--host', '0.0.0.0']).exit
    assert.equal(wrong.code, 1)
    assert.match(wrong.stderr, /^HOST="0\.0\.0\.0" is not allowed.*\nPORT="x" is not allowed/)
    const first = serve(['--no-pages', '--port', '0', '--host', '127.0.0.1'])
    const port = await first.listening
    const second = await serve(['--no-pages', '--port', `${port}`, '--host', '127.0.0.1']).exit
    first.child.kill('SIGINT')
    assert.deepEqual([second.code, (await first.exit).code], [1, 0])
    assert.match(second.stderr, new RegExp(`^PORT=${port} is in use`))
  })

  test('wrong usage ends with 2, and --help says what there is', async () => {
    const [wrong, help] = await Promise.all([serve(['--prot', '1']).exit, serve(['--help']).exit])
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /--prot/)
    assert.deepEqual([help.code, /--port N/.test(help.stdout)], [0, true])
  })
})
