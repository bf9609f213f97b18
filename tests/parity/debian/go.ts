/** Go's three WebSocket packages in one program: gorilla/websocket, golang.org/x/net/websocket, coder/websocket. */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { asking, type Listening, type Served, source } from '#tests/parity/support/served.ts'
import { fault, healthy, healthyOr, open } from '#tests/parity/support/set-up.ts'
import type { Stage } from '#tests/parity/support/stage.ts'

const GO = '/usr/bin/go'
const LIBRARIES = '/usr/share/gocode'
export const GO_NEEDS = [
  GO,
  ...['github.com/gorilla/websocket', 'golang.org/x/net/websocket', 'nhooyr.io/websocket'].map(
    (name) => `${LIBRARIES}/src/${name}`,
  ),
]

const CACHE = fileURLToPath(new URL('../../../.cache/go/', import.meta.url))
const run = promisify(execFile)

let built: Promise<string> | undefined

/** Compiles it, once. */
const compiled = (): Promise<string> => {
  built ??= (async () => {
    await mkdir(CACHE, { recursive: true })
    const file = path.join(CACHE, 'server')
    const env = {
      ...process.env,
      ...{ GO111MODULE: 'off', GOPATH: LIBRARIES, GOFLAGS: '', CGO_ENABLED: '0' },
      GOCACHE: path.join(CACHE, 'build'),
    }
    await run(GO, ['build', '-o', file, source('server.go')], { env })
    return file
  })()
  return built
}

export const goServer = async (stage: Stage): Promise<Listening> => {
  const command = await compiled()
  return stage.program(({ port }) => ({ command, args: [String(port)] }))
}

const foreign = { origin: 'https://evil.example' }
const hidden = { says: [/http\.Hijacker/, /middleware/] }

export const goServers: readonly Served[] = [
  {
    server: 'gorilla/websocket',
    needs: GO_NEEDS,
    start: goServer,
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/ws', 'a page of another host', open('origin-rejected'), {
        options: foreign,
        says: [/CheckOrigin/],
      }),
      asking('/ws/', 'a slash too many', open('path-not-found'), { says: [/\/ws\b/] }),
      asking('/tree', 'the mux redirects to the slash', open('redirected', 'path-not-found'), {
        says: [/\/tree\//],
      }),
      asking('/nothing', 'no route', fault('path-not-found')),
      asking('/page', 'a page', open('not-a-websocket-endpoint', 'path-not-found')),
      asking('/unauthorized', '401', fault('authentication-required')),
      asking('/returns', 'the handler returns', open('backend-dropped'), { says: [/returns/] }),
      asking('/panics', 'the handler panics', open('backend-dropped'), { says: [/log/] }),
      asking('/panics-before', 'panics before the upgrade', open('handshake-closed', 'server-error')),
      asking('/chat', 'closes with 1002 where chat is not asked for', open('subprotocol-mismatch'), {
        says: [/subprotocol/],
      }),
      asking('/wrapped', 'a middleware hides http.Hijacker', open('server-error'), hidden),
      asking('/timeout-handler', 'http.TimeoutHandler hides it', open('server-error'), hidden),
      asking('/down/ws', 'a reverse proxy without its backend', open('backend-unreachable')),
      asking('/via/ws', 'nothing: a reverse proxy to itself', healthy),
    ],
  },
  {
    server: 'golang.org/x/net/websocket',
    needs: GO_NEEDS,
    start: goServer,
    questions: [
      asking('/xnet', 'a Close frame goes unanswered', healthyOr('close-handshake-stalled'), {
        says: [/Close frame/],
      }),
      asking('/xnet', 'no Origin', fault('origin-missing'), { options: { origin: null } }),
      asking('/xnet-returns', 'the handler returns', open('backend-dropped', 'normal-closure')),
      asking('/xnet-strict', 'its own page is not the one allowed', open('origin-rejected', 'forbidden')),
    ],
  },
  {
    server: 'coder/websocket',
    needs: GO_NEEDS,
    start: goServer,
    questions: [
      asking('/nhooyr', 'nothing', healthy),
      asking('/nhooyr', 'a page of another host', open('origin-rejected'), {
        options: foreign,
        says: [/OriginPatterns: .*evil\.example/],
      }),
      asking('/nhooyr-wrapped', 'a middleware hides http.Hijacker', open('server-error'), hidden),
      asking('/nhooyr-returns', 'the deferred close of 1011', open('internal-error')),
    ],
  },
]
