/**
 * Faults of real servers, diagnosed in the page: the browser's own attempt and the probe look at the same target at
 * the same time, and one verdict comes of both.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProbeOptions } from '#server/probe/probe.ts'
import { setUps } from '#tests/parity/setups/catalogue.ts'
import { sameOrigin, wsBackend } from '#tests/parity/support/backends.ts'
import { findProxy, type ProxyName } from '#tests/parity/support/packages.ts'
import { mistake, short } from '#tests/parity/support/right-answer.ts'
import { type Built, type Expectation, fault, open } from '#tests/parity/support/set-up.ts'
import { onStage, type Stage } from '#tests/parity/support/stage.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'
import { diagnosePage } from './support/diagnose-page.ts'
import { startServer } from './support/server.ts'
import { brokenNetwork, expect, test as withServer } from './support/test.ts'

const ca = fileURLToPath(new URL('../fixtures/tls/ca.pem', import.meta.url))

/** A server whose probe trusts the authority of the test certificates. */
const test = withServer.extend({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from the pattern
    async ({}, use) => {
      const server = await startServer({ NODE_EXTRA_CA_CERTS: ca })
      await use(server)
      await server.kill()
    },
    { scope: 'worker' },
  ],
})

test.use({ expectedConsole: brokenNetwork })

interface Row {
  name: string
  needs?: ProxyName
  build: (stage: Stage) => Promise<Built>
  expect: Expectation
  /** Of every `npm test`; the others are `@more`. */
  always?: true
}

/** A set-up that the probe alone is held to as well; here with the browser beside it. */
function known(name: string, id: string, more: Partial<Row> = {}): Row {
  const found = setUps.find((setUp) => setUp.id === id)
  if (found === undefined) throw new Error(`no set-up ${id}`)
  const { needs, build, expect: expected } = found
  return { name, ...(needs && { needs }), build, expect: expected, ...more }
}

const upgrading = (port: number, more = '') =>
  `location /ws { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade; ${more} proxy_pass http://127.0.0.1:${port}; }`

const rows: readonly Row[] = [
  known('nothing listens', 'direct-refused'),
  {
    name: 'the origin of the page is foreign to the server',
    build: async (stage) => stage.keep(await rawServer(sameOrigin)),
    expect: fault('origin-rejected'),
    always: true,
  },
  known('the proxy forwards no upgrade headers', 'nginx-no-upgrade-headers', { always: true }),
  known('502: the backend is down', 'nginx-backend-down'),
  known('504: the backend hangs', 'nginx-backend-hangs'),
  known('the certificate is self-signed', 'nginx-selfsigned'),
  known('the certificate has expired', 'nginx-expired'),
  known('wss:// on a plain port', 'nginx-tls-on-plain-port'),
  known('the handshake is redirected', 'nginx-slash-redirect'),
  known('404: another path', 'nginx-path-404'),
  known('200 with the page of an app', 'nginx-spa-fallback'),
  known('no subprotocol is picked', 'direct-no-subprotocol'),
  {
    name: 'nginx cuts after 3 s of silence, and the probe holds for 5 s',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const { url } = await stage.nginx(upgrading(port, 'proxy_read_timeout 3s;'))
      return { url, options: { holdSeconds: 5 } }
    },
    expect: fault('idle-timeout'),
  },
  {
    name: 'the backend is killed behind nginx',
    needs: 'nginx',
    build: async (stage) => {
      const backend = await backendProcess(stage)
      const { url } = await stage.nginx(upgrading(backend.port))
      return { url, options: { holdSeconds: 10 }, meanwhile: backend.kill }
    },
    expect: open('backend-dropped', 'proxy-restart', 'idle-timeout', 'max-lifetime', 'backend-unreachable'),
  },
  known('the server closes with 1008', 'direct-close-1008'),
  known('the server closes with 1011', 'direct-close-1011'),
  known('the application closes with 4001', 'direct-close-4001'),
  known('the server masks a frame', 'direct-masked'),
  known('nothing is wrong', 'direct-healthy'),
]

/** A `ws` server in a process of its own, to be killed as a crash or the kernel would. */
async function backendProcess(stage: Stage): Promise<{ port: number; kill: () => Promise<void> }> {
  const source = `const { WebSocketServer } = require('ws')
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => process.stdout.write(String(server.address().port)))`
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  stage.defer(kill)
  const [port] = await once(child.stdout, 'data')
  return { port: Number(port), kill }
}

const optionsOf = ({ subprotocols, direct, holdSeconds: hold }: ProbeOptions = {}) => ({
  subprotocols,
  direct,
  hold,
})

for (const { name, needs, build, expect: expected, always } of rows) {
  test(`judges by browser and probe: ${name}${always ? '' : ' @more'}`, async ({ page, server }) => {
    const found = needs && (await findProxy(needs))
    test.skip(found !== undefined && 'missing' in found, `${needs} is not installed`)
    await onStage(async (stage) => {
      const { url, options, meanwhile } = await build(stage)
      const diagnose = diagnosePage(page, server)
      await diagnose.open({ url, ...optionsOf(options) })
      await diagnose.run()
      if (meanwhile) {
        await expect(page.getByRole('timer', { name: 'Silence' })).toBeVisible()
        await expect(diagnose.station('Browser')).toContainText('open')
        await meanwhile()
      }
      await diagnose.untilJudged(40_000)

      const { report, evidence } = await diagnose.stored(url)
      expect(mistake(report, expected), `${short(report)}\n${JSON.stringify(evidence)}`).toBeUndefined()
      expect(evidence.browser?.events?.length, 'the browser has looked').toBeGreaterThan(0)
      expect(evidence.probe?.dns, 'the probe has looked').toBeDefined()
      await expect(diagnose.verdict.getByRole('heading', { level: 3 }).first()).toContainText(report.headline)
      const broken = diagnose.path.getByText(/^failed,/)
      if (report.outcome === 'healthy') await expect(broken).toHaveCount(0)
      else await expect(broken.first()).toBeAttached()
    })
  })
}
