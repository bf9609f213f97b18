import { isRefusal } from '#lib/facts/ending/of-words.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { isAtItself } from '#lib/playbook/weighing/connect-finding.ts'
import {
  isContainersName,
  isDevClient,
  isInternal,
  misplaced,
  onDevice,
  pageOf,
  portNameOf,
} from '#lib/playbook/weighing/misplaced.ts'
import type { Change } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** Whoever answered HTTP there is a server, and its answer is another cause's. */
const isAnswered = ({ ending, probe, backend, told, retries }: Facts): boolean =>
  retries.subprotocols.some(({ status }) => status !== undefined) ||
  [...told.client, ...told.server].some(({ means }) => isRefusal(means)) ||
  ending.kind === 'answered' ||
  probe?.opened === true ||
  probe?.failure?.stage === 'answer' ||
  backend.arrived

export default defineCause({
  id: 'wrong-address',
  stage: 'tcp',
  side: 'client',
  title: 'Wrong address',
  symptom: 'It works on the developer’s machine and fails elsewhere, or hot reload fails behind a proxy.',
  endings: ['dns', 'tcp', 'tls', 'unanswered', 'answered', 'unopened', 'blocked', 'pending', 'lost'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, target, stack } = facts
    if (isAnswered(facts)) return ruledOut(...ending.because)
    const wrong = misplaced(facts)
    if (wrong && ending.kind === 'blocked') return weighed(possible(wrong), 0.6)
    if (wrong) return weighed(likely(wrong), 0.95)
    if (ending.kind === 'blocked' || ending.kind === 'pending') return ruledOut(...ending.because)
    // Vite’s client says that it could not reach its server, and where it looked for it.
    if (stack.client.includes('vite') && ending.kind !== 'dropped' && ending.seenBy !== 'probe')
      return weighed(likely(...ending.because), 0.95)
    if (isInternal(target.host) && stack.client.includes('browser')) {
      const says = sentence`${target.host} is a name without a domain, as only a network of containers has it`
      const because = say(says, 'target.url')
      return isContainersName(facts)
        ? weighed(likely(because, ...ending.because), 0.9)
        : weighed(possible(because), 0.6)
    }
    const device = onDevice(facts)
    if (device) return weighed(likely(device, ...ending.because), 0.9)
    return weighed(possible(...ending.because), isDevClient(facts) || isAtItself(facts) ? 0.5 : 0.1)
  },

  explain: {
    wire: 'The address in the client is right only somewhere else. It is `localhost` in a page from a server, a container’s name, a development port, or a host of another environment.',
    browser: 'Your page sees an error event and 1006; the console names what happened at that other address.',
    sure: 'Compare the host and port of the socket with those of the page.',
    sources: [
      { title: 'Vite, server.hmr', url: 'https://vite.dev/config/server-options.html#server-hmr' },
      {
        title: 'webpack, client.webSocketURL',
        url: 'https://webpack.js.org/configuration/dev-server/#websocketurl',
      },
    ],
  },

  fix: (facts) => {
    const page = pageOf(facts)
    return {
      summary: isAtItself(facts)
        ? sentence`The client connects to its own machine: on a phone, in an emulator and in a container localhost is that device itself. Start the server there, or use the address of the machine that has it (10.0.2.2 from Android’s emulator).`
        : sentence`Build the socket’s address from the page’s own (location.host), or configure the host and port under which clients reach the server.`,
      changes: [
        {
          program: 'node',
          of: 'vite',
          at: 'client',
          where: sentence`vite.config, server.hmr: the port under which the browser reaches the page`,
          text: js`server: { hmr: { clientPort: ${page === null ? js`YOUR_PORT` : Number(portNameOf(page))} } }`,
        },
        {
          program: 'node',
          of: 'webpack',
          at: 'client',
          where: sentence`webpack.config, devServer`,
          text: js`devServer: { client: { webSocketURL: 'auto://0.0.0.0:0/ws' } }`,
        },
        ...atItself(facts),
        {
          program: 'browser',
          where: sentence`In the page`,
          text: js`const url = new URL(${js.string(pathOf(facts))}, location.href)\nurl.protocol = url.protocol.replace('http', 'ws')\nconst socket = new WebSocket(url)`,
        },
      ],
    }
  },

  reproduce: null,
})

/** The port of the server, where the client’s own words have it. */
function atItself(facts: Facts): Change[] {
  const port = Number(/:(\d{1,5})$/.exec(toldByClient(facts.told, 'no-connection')?.address ?? '')?.[1] ?? 0)
  if (port === 0 || !isAtItself(facts)) return []
  return [
    {
      program: 'command',
      of: 'okhttp',
      at: 'client',
      where: sentence`Android device or emulator: its port is led to this machine`,
      text: shell`adb reverse tcp:${port} tcp:${port}`,
    },
  ]
}
