import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { faultIds } from '#lib/lab/faults.ts'
import { run } from '#server/cli/reproduce.ts'
import { finish, start } from '#tests/server/cli/support/command.ts'
import { openClient } from '#tests/server/support/client.ts'

describe('why1006 reproduce', { concurrency: true }, () => {
  test('prints the URL alone on stdout, does the fault to any path and origin, and ends with 0', async () => {
    const command = start(run, ['idle-timeout', 'after-seconds=0.2'])
    await command.says(/ws:.*\n/)
    const port = Number(/^ws:\/\/localhost:(\d+)\/ws\/health\n$/.exec(command.output.stdout)?.[1])
    const client = openClient(port, '/socket.io?token=secret', { origin: 'https://app.example' })
    assert.equal((await client.nextJson()).type, 'health_status')
    assert.equal((await client.end).kind, 'fin')
    await command.says(/disconnected - code=1006/)
    assert.ok(!command.output.stderr.includes('secret'))
    command.interrupt()
    assert.equal(await command.code, 0)
  })

  test('logs what the client asked for and how the fault ended it, not what the server behind saw', async () => {
    const command = start(run, ['close', 'code=1012', 'reason=deploy', 'after_seconds=0'])
    await command.says(/ws:.*\n/)
    const client = openClient(Number(/:(\d+)\//.exec(command.output.stdout)?.[1]), '/socket.io?token=secret')
    await client.end
    await command.says(/disconnected - /)
    const { stderr } = command.output
    assert.match(stderr, /path=\/socket\.io disconnected - code=1012,.* reason=deploy,.* ended_by=server/)
    assert.match(stderr, /CONNECTION ACCEPTED .*path=\/socket\.io/)
    assert.doesNotMatch(stderr, /path=\/ws|secret/)
    command.interrupt()
    assert.equal(await command.code, 0)
  })

  test('logs the answer of a fault that refuses', async () => {
    const command = start(run, ['bad-gateway'])
    await command.says(/ws:.*\n/)
    const client = openClient(Number(/:(\d+)\//.exec(command.output.stdout)?.[1]), '/chat')
    const status = await client.status()
    await command.says(/REJECTED/)
    assert.match(command.output.stderr, new RegExp(`REJECTED ${status}: .* - .*path=/chat`))
    assert.doesNotMatch(command.output.stderr, /by=/)
    command.interrupt()
    assert.equal(await command.code, 0)
  })

  test('refusals of an origin are real, whatever the origin', async () => {
    const command = start(run, ['origin-rejected'])
    await command.says(/ws:.*\n/)
    const port = Number(/:(\d+)\//.exec(command.output.stdout)?.[1])
    assert.equal(await openClient(port, '/ws', { origin: 'https://app.example' }).status(), 403)
    command.interrupt()
    assert.equal(await command.code, 0)
  })

  test('ends open connections when it is interrupted', async () => {
    const command = start(run, ['half-open', 'after_seconds=0', '--endpoint', '/ws'])
    await command.says(/ws:.*\n/)
    const client = openClient(Number(/:(\d+)\//.exec(command.output.stdout)?.[1]), '/')
    assert.equal(await client.status(), 101)
    command.interrupt()
    assert.equal(await command.code, 0)
    await client.end
  })

  test('a port in use is said, with exit code 1', async () => {
    const command = start(run, ['reset'])
    await command.says(/ws:.*\n/)
    const port = String(/:(\d+)\//.exec(command.output.stdout)?.[1])
    const second = await finish(run, ['reset', '--port', port])
    assert.equal(second.code, 1)
    assert.match(second.stderr, new RegExp(`Port ${port} is in use.*--port`))
    assert.equal(second.stdout, '')
    command.interrupt()
    await command.code
  })

  test('an unknown fault, knob or option is refused with what there is', async () => {
    for (const [args, says] of [
      [[], /Missing fault/],
      [['idle-timout'], /Did you mean idle-timeout/],
      [['reset', 'seconds=1'], /no knob "seconds".*Allowed: after_seconds: 0 to 3600 seconds/s],
      [['reset', 'after_seconds=-1'], /Allowed: after_seconds/],
      [['reset', 'after_seconds'], /has no value/],
      [['reset', '--port', '70000'], /--port takes/],
      [['reset', '--endpoint', '/x'], /--endpoint takes/],
      [['reset', '--speed'], /--speed/],
    ] as const) {
      const { code, stdout, stderr } = await finish(run, args)
      assert.deepEqual([code, stdout], [2, ''], args.join(' '))
      assert.match(stderr, says)
    }
  })

  test('lists every fault', async () => {
    const { code, stdout } = await finish(run, ['--list'])
    assert.equal(code, 0)
    for (const id of faultIds) assert.match(stdout, new RegExp(`^${id}$`, 'm'))
  })
})
