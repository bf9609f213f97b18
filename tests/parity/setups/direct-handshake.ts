/** Connections to the server itself that never open. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { nobody, onlyOrigin, opening, refusing, wsBackend } from '#tests/parity/support/backends.ts'
import { type Expectation, fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import type { Stage } from '#tests/parity/support/stage.ts'
import { accept, rawServer, switching } from '#tests/server/probe/support/raw-server.ts'

const refused = (
  id: string,
  status: string,
  headers: string[],
  expect: Expectation,
  quick?: true,
): SetUp => ({
  id: `direct-${id}`,
  fault: `the server answers ${status}`,
  ...(quick ? { quick } : {}),
  build: async (stage) => stage.keep(await refusing(status, headers, 'no')),
  expect,
})

/** A listening process that the kernel alone answers for. */
async function stoppedProcess(stage: Stage): Promise<number> {
  const script =
    'const s = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(s.address().port))'
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  stage.defer(() => child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  child.kill('SIGSTOP')
  return Number(String(line))
}

export const directHandshakeSetUps: SetUp[] = [
  {
    id: 'direct-refused',
    fault: 'nothing listens',
    quick: true,
    build: nobody,
    expect: fault('connection-refused'),
  },
  {
    id: 'direct-no-such-name',
    fault: 'the name does not exist',
    quick: true,
    build: async () => ({ url: 'ws://no-such-host.invalid/ws' }),
    expect: fault('dns-failure'),
  },
  {
    id: 'direct-silent',
    fault: 'the handshake is never answered',
    quick: true,
    build: async (stage) => ({
      ...stage.keep(await rawServer(() => {})),
      options: { budget: { stageMs: 600, runMs: 5000 } },
    }),
    expect: open('handshake-timeout', 'slow-handshake', 'server-stalled'),
  },
  {
    id: 'direct-closes',
    fault: 'the server ends TCP before it answers',
    quick: true,
    build: async (stage) => stage.keep(await rawServer((socket) => socket.end())),
    expect: fault('handshake-closed'),
  },
  {
    id: 'direct-resets',
    fault: 'the server resets before it answers',
    build: async (stage) => stage.keep(await rawServer((socket) => socket.resetAndDestroy())),
    expect: open('handshake-closed', 'middlebox-reset'),
  },
  {
    id: 'direct-ssh',
    fault: 'another protocol speaks on this port',
    quick: true,
    build: async (stage) =>
      stage.keep(await rawServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), { onConnect: true })),
    expect: fault('not-http'),
  },
  {
    id: 'direct-redis',
    fault: 'a server that answers with an error of its own protocol',
    build: async (stage) =>
      stage.keep(await rawServer((socket) => socket.write("-ERR unknown command 'GET'\r\n"))),
    expect: fault('not-http'),
  },
  {
    id: 'direct-stopped-process',
    fault: 'the process is stopped (SIGSTOP): the kernel connects, nobody answers',
    build: async (stage) => {
      const port = await stoppedProcess(stage)
      return { url: `ws://127.0.0.1:${port}/ws`, options: { budget: { stageMs: 800, runMs: 5000 } } }
    },
    expect: open('handshake-timeout', 'slow-handshake', 'server-stalled'),
  },
  {
    id: 'direct-backlog-full',
    fault: 'the process is stopped and its backlog full: the kernel drops every SYN',
    build: async (stage) => {
      const port = await stoppedProcess(stage)
      for (let count = 0; count < 4; count += 1) {
        const waiting = connect({ port, host: '127.0.0.1' }).on('error', () => {})
        stage.defer(() => waiting.destroy())
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { url: `ws://127.0.0.1:${port}/ws`, options: { budget: { stageMs: 800, runMs: 5000 } } }
    },
    expect: fault('connect-timeout'),
  },
  {
    id: 'direct-foreign-origin',
    fault: 'the server lets in one origin only, and another one asks',
    quick: true,
    build: async (stage) => {
      const server = stage.keep(await rawServer(onlyOrigin('https://app.example')))
      return { url: server.url, options: { origin: 'https://elsewhere.example' } }
    },
    expect: open('origin-rejected', 'forbidden', 'origin-rewritten'),
  },
  {
    id: 'direct-foreign-origin-1008',
    fault: 'the server accepts, then closes a foreign origin with 1008',
    build: async (stage) => {
      const server = stage.keep(
        await wsBackend({
          onConnection: (socket, request) => {
            if (/elsewhere/.test(request.headers.origin ?? '')) socket.close(1008, 'origin not allowed')
          },
        }),
      )
      return { url: server.url, options: { origin: 'https://elsewhere.example' } }
    },
    expect: open('policy-violation', 'origin-rejected'),
  },
  {
    id: 'direct-slow',
    fault: 'the 101 comes after 2.2 s',
    quick: true,
    build: async (stage) => {
      const server = stage.keep(
        await rawServer((socket, request) => {
          setTimeout(() => accept(socket, request), 2200)
        }),
      )
      return { url: server.url, options: { retries: false } }
    },
    expect: open('slow-handshake', 'server-stalled'),
  },
  {
    id: 'direct-no-subprotocol',
    fault: 'a subprotocol is asked for, and none is picked',
    quick: true,
    build: async (stage) => ({
      ...stage.keep(await opening(() => {})),
      options: { subprotocols: ['a', 'b'] },
    }),
    expect: fault('subprotocol-mismatch'),
  },
  {
    id: 'direct-other-subprotocol',
    fault: 'another subprotocol is picked than was asked for',
    build: async (stage) => ({
      ...stage.keep(await opening(() => {}, 'Sec-WebSocket-Protocol: c')),
      options: { subprotocols: ['a', 'b'] },
    }),
    expect: fault('subprotocol-mismatch'),
  },
  {
    id: 'direct-extension',
    fault: 'an extension is agreed on that nobody offered',
    quick: true,
    build: async (stage) => stage.keep(await opening(() => {}, 'Sec-WebSocket-Extensions: x-foo')),
    expect: fault('extension-mismatch'),
  },
  {
    id: 'direct-bad-accept',
    fault: 'a wrong Sec-WebSocket-Accept',
    quick: true,
    build: async (stage) =>
      stage.keep(
        await rawServer((socket, request) =>
          socket.write(switching(request).replace(/Accept: .*/, 'Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=')),
        ),
      ),
    expect: fault('invalid-handshake-response'),
  },
  refused('401', '401 Unauthorized', ['WWW-Authenticate: Bearer'], fault('authentication-required')),
  refused(
    '407',
    '407 Proxy Authentication Required',
    ['Proxy-Authenticate: Basic realm="p"'],
    fault('proxy-authentication-required'),
    true,
  ),
  refused('429', '429 Too Many Requests', ['Retry-After: 30'], fault('rate-limited')),
  refused('431', '431 Request Header Fields Too Large', [], fault('request-too-large')),
  refused(
    '500',
    '500 Internal Server Error',
    [],
    open('server-error', 'backend-handshake-failure', 'proxy-misconfigured'),
    true,
  ),
]
