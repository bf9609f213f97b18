/** Changes of the playbook in configurations that lack them: the handshake fails, and with the change it opens. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { sameOrigin, wsBackend } from '#tests/parity/support/backends.ts'
import { findProxy, type ProxyName } from '#tests/parity/support/packages.ts'
import { onStage, type Stage } from '#tests/parity/support/stage.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const facts = readFacts(parseEvidence({ target: { url: 'ws://app.example/ws' } }))

function changeOf(cause: string, program: string): string {
  const change = causeOf(cause)
    ?.fix(facts)
    .changes.find((each) => each.program === program)
  assert.ok(change, `${cause} has no change for ${program}`)
  return change.text
}

const opens = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, { origin: url.replace(/^ws(.*)\/ws$/, 'http$1') })
    socket.once('open', () => {
      resolve(true)
      socket.terminate()
    })
    socket.once('error', () => resolve(false))
  })

/** A real `ws` server, and one that compares Origin with Host. */
const backends = {
  ws: async (stage: Stage) => stage.keep(await wsBackend()).port,
  strict: async (stage: Stage) => stage.keep(await rawServer(sameOrigin)).port,
}

interface Trial {
  readonly cause: string
  readonly proxy: ProxyName
  readonly program: string
  readonly backend: keyof typeof backends
  /** The configuration around the change, or without it. */
  readonly start: (stage: Stage, port: number, change: string) => Promise<{ url: string }>
}

const location = (port: number, inside: string) => `
  proxy_set_header Accept-Encoding "";
  location /ws {
    # "quoted; {braces}" in a remark
    proxy_pass http://127.0.0.1:${port};
    proxy_set_header X-Note 'it is; {quoted} "twice"';
    ${inside}
  }`
const UPGRADE =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
const backendIn = (change: string, port: number) => change.replace('YOUR_BACKEND', `127.0.0.1:${port}`)

const TRIALS: readonly Trial[] = [
  {
    cause: 'upgrade-headers-stripped',
    proxy: 'nginx',
    program: 'nginx',
    backend: 'ws',
    start: (stage, port, change) => stage.nginx(location(port, change)),
  },
  {
    cause: 'upstream-http-version',
    proxy: 'nginx',
    program: 'nginx',
    backend: 'ws',
    start: (stage, port, change) => stage.nginx(location(port, change)),
  },
  {
    cause: 'upgrade-headers-stripped',
    proxy: 'apache2',
    program: 'apache',
    backend: 'ws',
    start: (stage, port, change) =>
      stage.apache(
        `RequestHeader set X-Note "it's \\"quoted\\""\n${change === '' ? `ProxyPass /ws http://127.0.0.1:${port}/ws` : backendIn(change, port)}`,
        ['headers'],
      ),
  },
  {
    cause: 'origin-rewritten',
    proxy: 'nginx',
    program: 'nginx',
    backend: 'strict',
    start: (stage, port, change) => stage.nginx(location(port, `${UPGRADE}\n${change}`)),
  },
  {
    cause: 'origin-rewritten',
    proxy: 'apache2',
    program: 'apache',
    backend: 'strict',
    start: (stage, port, change) =>
      stage.apache(`${change}\nProxyPass /ws http://127.0.0.1:${port}/ws upgrade=websocket`),
  },
]

describe('changes of the playbook make the handshake open', () => {
  for (const { cause, proxy, program, backend, start } of TRIALS) {
    it(`${cause} in ${program}`, async (t) => {
      const found = await findProxy(proxy)
      if ('missing' in found) return t.skip(found.missing)
      await onStage(async (stage) => {
        const port = await backends[backend](stage)
        const broken = await start(stage, port, '')
        assert.equal(await opens(broken.url), false, 'it opens without the change')
        const changed = await start(stage, port, changeOf(cause, program))
        assert.equal(await opens(changed.url), true, 'it does not open with the change')
      })
    })
  }
})
