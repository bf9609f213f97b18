/** `why1006 serve`: the same server, with options that win over the environment. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { run } from '#server/cli/serve.ts'
import { listen } from '#server/wire/listen.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import { startProcess } from '#tests/server/support/process.ts'

describe('why1006 serve', { concurrency: 2 }, () => {
  test('serves on the port and host of its options, whatever the environment, until a signal', async () => {
    const server = startProcess({
      command: ['server/cli/main.ts', 'serve', '--no-pages', '--port', '0', '--host', '127.0.0.1'],
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
    const wrong = await finish(run, ['--no-pages', '--port', 'x', '--host', 'devbox'])
    assert.equal(wrong.code, 1)
    assert.match(wrong.stderr, /^HOST="devbox" is not allowed.*\nPORT="x" is not allowed/)
    const other = createServer()
    const { port } = await listen(other, '127.0.0.1', 0)
    const second = await finish(run, ['--no-pages', '--port', `${port}`, '--host', '127.0.0.1'])
    other.close()
    assert.equal(second.code, 1)
    assert.match(second.stderr, new RegExp(`^PORT=${port} is in use`))
  })

  test('wrong usage ends with 2, and --help says what there is', async () => {
    const [wrong, help] = await Promise.all([finish(run, ['--prot', '1']), finish(run, ['--help'])])
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /--prot/)
    assert.deepEqual([help.code, /--port N/.test(help.stdout)], [0, true])
  })
})
