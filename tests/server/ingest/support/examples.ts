/** The examples of the README, each run as a program of its own against a server that asks for the token. */
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ingestAnswer } from '#lib/api/ingest.ts'
import { startServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

export const exampleFile = (name: string): string =>
  fileURLToPath(new URL(`../examples/${name}`, import.meta.url))

/** Why the program can't be run here; false where it can. */
export function missing(program: string, argument: string): string | false {
  try {
    execFileSync(program, [argument], { stdio: 'ignore' })
    return false
  } catch {
    return `${program} is not installed`
  }
}

export async function runExample(program: string, ...args: string[]): Promise<void> {
  // Behind a trusted proxy nobody is local, so the token counts.
  const server = await startServer({ ACCESS_TOKEN: TOKEN, TRUSTED_PROXIES: '127.0.0.1' })
  try {
    const env = { ...process.env, WHY1006_URL: `http://127.0.0.1:${server.port}`, WHY1006_TOKEN: TOKEN }
    const { stdout } = await promisify(execFile)(program, args, { env })
    const [, status, answer = ''] = /^(\d+) (\{.*\})\s*$/s.exec(stdout) ?? []
    assert.equal(status, '202', stdout)
    assert.equal(ingestAnswer.parse(JSON.parse(answer)).taken, 1)
    const { records } = await server.journal.read({ limit: 10, filter: { clientId: 'c-1' } })
    assert.deepEqual(
      records.map(({ event }) => [event.kind, event.service, event.endpoint]),
      [['disconnected', 'chat', '/socket']],
    )
  } finally {
    await server.app.close(0)
  }
}
