import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Lines of logs and consoles that say nothing about a WebSocket: whatever the programs, nothing is read from them. */
const ORDINARY: readonly string[] = [
  'Server listening on port 3000',
  'Listening on http://0.0.0.0:8080 (Press CTRL+C to quit)',
  'GET / 200 12.301 ms - 1006',
  'GET /health 200',
  'POST /api/login 401 3.120 ms - 42',
  '127.0.0.1 - - [19/Nov/2026 13:01:19] "GET /static/app.js HTTP/1.1" 200 1659',
  '    at Server.<anonymous> (/srv/app/server.js:41:17)',
  '  File "/usr/lib/python3.12/asyncio/base_events.py", line 691, in run_until_complete',
  '\tat org.eclipse.jetty.util.thread.QueuedThreadPool.runJob(QueuedThreadPool.java:883)',
  'goroutine 34 [running]:',
  'main.main()',
  'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.',
  'npm error code 1',
  'added 120 packages, and audited 121 packages in 3s',
  'Compiled successfully in 1006 ms',
  'webpack compiled with 1 warning',
  'Process exited with code 137',
  'exit status 1',
  'Debugger listening on ws-less port 9229',
  'INFO:     Application startup complete.',
  'INFO:     Started server process [1001]',
  'Django version 5.1, using settings "app.settings"',
  'Starting gunicorn 23.0.0',
  'Booting worker with pid: 1006',
  'Puma starting in single mode...',
  '* Listening on http://127.0.0.1:3000',
  'Completed 200 OK in 12ms (Views: 3.1ms | ActiveRecord: 1.2ms)',
  'Started GET "/posts" for 127.0.0.1 at 2026-05-01 10:00:00 +0000',
  '[info] Running AppWeb.Endpoint with Bandit 1.5.0 at 127.0.0.1:4000 (http)',
  'Tomcat started on port 8080 (http) with context path "/"',
  'Started Application in 3.214 seconds (process running for 3.9)',
  'Now listening on: http://localhost:5000',
  'Hosting environment: Production',
  'Cache miss for key user:1001',
  'user 1008 logged in',
  'order 4001 received and sent to the warehouse',
  'Job finished with status code 200',
  'database connection pool size is 10',
  'Opened file /tmp/data.csv',
  'Failed to load resource: the server responded with a status of 404 (Not Found)',
  'Download the React DevTools for a better development experience',
  'DeprecationWarning: The `punycode` module is deprecated.',
  'Warning: Each child in a list should have a unique "key" prop.',
  'TypeError: Cannot read properties of undefined (reading "map")',
  'KeyError: "token"',
  'ValueError: invalid literal for int() with base 10: "x"',
  'java.lang.NullPointerException: Cannot invoke "String.length()" because "s" is null',
  'panic: runtime error: index out of range [3] with length 3',
  'SELECT * FROM sockets WHERE closed = 0 LIMIT 1000',
  'time="2026-05-01T10:00:00Z" level=info msg="image pulled" size=1006',
]

describe('ordinary lines', () => {
  for (const line of ORDINARY) {
    it(line.slice(0, 80), () => {
      const sentence = readSentence(line)
      assert.equal(sentence, undefined, `${sentence?.program?.id}/${sentence?.phrase?.id}`)
    })
  }
})
