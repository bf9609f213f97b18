import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'

/** In MiB: what is honest needs a third of it, and an object for each line five times as much. */
const HEAP = 192

/** 20 MiB, made of one line. */
const lines: Readonly<Record<string, string>> = {
  'blank lines': '\n',
  'lines of two words': 'some words\n',
  'lines of a client': 'Error: connect ECONNREFUSED 10.0.0.1:80\n',
  'console messages': "WebSocket connection to 'ws://a/' failed: \n",
  'lines of an access log':
    '1.2.3.4 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "x" 60.000\n',
  'directives of nginx': 'listen 80;\n',
  'sites of Caddy': 'reverse_proxy a\n',
  'messages in wscat': '< hello\n',
  'headers of one answer': 'X-A: b\n',
}
const before: Readonly<Record<string, string>> = {
  'messages in wscat': 'Connected (press CTRL+C to quit)\n',
  'headers of one answer': 'HTTP/1.1 403 Forbidden\n',
}

const program = `
  import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
  const [before, line] = JSON.parse(process.env.LINES)
  const text = before + line.repeat((20 * 1024 * 1024 - before.length) / line.length)
  console.log(readAndJudge({ text }).report.outcome)
`

for (const [name, line] of Object.entries(lines)) {
  test(`${name}, as many as are read, are read in little memory`, async () => {
    const flags = [`--max-old-space-size=${HEAP}`, '--max-semi-space-size=8', '--input-type=module']
    const child = spawn(process.execPath, [...flags, '-e', program], {
      cwd: new URL('../../', import.meta.url),
      env: { ...process.env, LINES: JSON.stringify([before[name] ?? '', line]) },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
    assert.match(output, /^(?:undetermined|fault)/)
  })
}
