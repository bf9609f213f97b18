/** The commands that run on Debian without rights or consequences, run against a real server. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { commandsFor } from '#lib/playbook/commands.ts'
import { startServer, type TestServer } from '#tests/server/lab/support/server.ts'

let server: TestServer

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

const has = (program: string) => spawnSync('bash', ['-c', `command -v ${program}`]).status === 0

function run(text: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    // What keeps running, as a handshake by curl does, is ended as by Ctrl-C.
    execFile('timeout', ['-s', 'INT', '1.5', 'bash', '-c', text], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: `${stdout}${stderr}` }),
    )
  })
}

const expected: Readonly<Record<string, (output: string, port: number) => void>> = {
  curl: (output) => assert.match(output, /^HTTP\/1\.1 101 Switching Protocols/),
  health: (output) => assert.match(output, /"status":"healthy"/),
  'listening-ss': (output, port) => assert.ok(output.includes(`127.0.0.1:${port}`)),
  'listening-netstat': (output, port) => assert.ok(output.includes(`127.0.0.1:${port}`)),
  resolve: (output) => assert.match(output, /^127\.0\.0\.1/m),
  'port-nc': (output) => assert.match(output, /succeeded|open/i),
  wscat: (output) => assert.match(output, /health_status/),
}

describe('commands of the checklist', { concurrency: true }, () => {
  for (const [id, check] of Object.entries(expected)) {
    const [command] = commandsFor({ url: 'ws://127.0.0.1:1/ws/health' }).filter((each) => each.id === id)
    const missing = command?.needs.find((program) => !has(program))
    test(`${id} finds what it promises`, {
      skip: missing ? `${missing} is not installed` : false,
    }, async () => {
      const url = `ws://127.0.0.1:${server.port}/ws/health`
      const text = commandsFor({ url }).find((each) => each.id === id)?.text
      assert.ok(text)
      const { output } = await run(text)
      check(output, server.port)
    })
  }
})
