import type { Facts } from '#lib/facts/facts.ts'
import { type Because, defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { isAddress, isLoopback } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Clients that a development server puts into the page: they connect to where it thinks that it is reached. */
const DEV_CLIENTS = ['vite', 'webpack', 'webpack-dev-server', 'next', 'angular']

const pageOf = ({ target }: Facts): URL | null =>
  target.pageOrigin === undefined ? null : URL.parse(target.pageOrigin)

const portOf = (url: URL): string => url.port || (/^(?:wss|https):$/.test(url.protocol) ? '443' : '80')

/** Names that resolve inside a network of containers and nowhere else. */
const isInternal = (host: string): boolean =>
  host !== '' &&
  !isAddress(host) &&
  !isLoopback(host) &&
  (!host.includes('.') || /\.(?:svc|internal|cluster\.local|docker)$/i.test(host))

/** What is wrong with the address, seen from the page that has it. */
function misplaced(facts: Facts): Because | undefined {
  const { target } = facts
  const page = pageOf(facts)
  if (!target.url || !page || page.hostname === '') return undefined
  const isHere = isLoopback(target.host) || target.host === '0.0.0.0'
  if (isHere && !isLoopback(page.hostname)) {
    const says = sentence`The page is at ${page.host}, and its socket goes to ${target.url.host}, the visitor’s own machine`
    return say(says, 'target')
  }
  if (isDevClient(facts) && page.hostname === target.host && portOf(page) !== portOf(target.url)) {
    const says = sentence`The page is on port ${portOf(page)}, and hot reload connects to port ${portOf(target.url)}`
    return say(says, 'target')
  }
  return undefined
}

const isDevClient = ({ stack }: Facts): boolean => stack.client.some((id) => DEV_CLIENTS.includes(id))

/** Whoever answered HTTP there is a server, and its answer is another cause's. */
const isAnswered = ({ ending, probe, backend }: Facts): boolean =>
  ending.kind === 'answered' ||
  probe?.opened === true ||
  probe?.failure?.stage === 'answer' ||
  backend.arrived

export default defineCause({
  id: 'wrong-address',
  stage: 'tcp',
  title: 'The client connects to an address that is not the server’s',
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
    if (stack.client.includes('vite') && ending.kind !== 'dropped')
      return weighed(likely(...ending.because), 0.95)
    if (isInternal(target.host) && stack.client.includes('browser')) {
      const says = sentence`${target.host} is a name without a domain, as only a network of containers has it`
      return weighed(possible(say(says, 'target.url')), 0.6)
    }
    return weighed(possible(...ending.because), isDevClient(facts) ? 0.5 : 0.1)
  },

  explain: {
    wire: 'The address in the client is right only somewhere else: `localhost` in a page that visitors load from a server, the name of a container, a development server’s own port behind a proxy, a host from another environment.',
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
      summary: sentence`Build the socket’s address from the page’s own (location.host), or configure the host and port under which clients reach the server.`,
      changes: [
        {
          program: 'node',
          of: 'vite',
          at: 'client',
          where: sentence`vite.config, server.hmr: the port under which the browser reaches the page`,
          text: js`server: { hmr: { clientPort: ${page === null ? js`YOUR_PORT` : Number(portOf(page))} } }`,
        },
        {
          program: 'node',
          of: 'webpack',
          at: 'client',
          where: sentence`webpack.config, devServer`,
          text: js`devServer: { client: { webSocketURL: 'auto://0.0.0.0:0/ws' } }`,
        },
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
