import { withoutQuery } from '#lib/applications/address.ts'
import { defineApplication, type Reading, type Signs } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** Every page of its own has this title, and its refusal says no more. */
const OWN_PAGE = /<title>\s{0,20}Jupyter (?:Server|Notebook|Lab)\b/i

const reads = (answer: string, { status }: Signs): Reading | undefined =>
  status === 403 && OWN_PAGE.test(answer)
    ? { means: 'unauthorized', says: sentence`Jupyter refuses who has neither its token nor its cookie` }
    : undefined

export default defineApplication({
  id: 'jupyter',
  name: 'Jupyter',
  marks: {
    subprotocols: ['v1.kernel.websocket.jupyter.org'],
    address: /\/api\/kernels\/[\w-]{8,40}\/channels\b|\/terminals\/websocket\//,
    answer: OWN_PAGE,
  },
  words: ['jupyter', 'tornado'],
  reads,

  fixes: {
    'authentication-required': ({ address }) => ({
      summary: sentence`Sign in on a page of the same server, so that its cookie is sent, or pass Jupyter’s token, which jupyter server list shows.`,
      changes: [
        {
          program: 'browser',
          of: 'jupyter',
          where: sentence`In the page: a page can set no header, so the token is in the query`,
          text: js`new WebSocket(${js.string(`${withoutQuery(address)}?token=YOUR_TOKEN`)})`,
        },
        {
          program: 'shell',
          of: 'jupyter',
          where: sentence`On the server: its address with the token`,
          text: shell`jupyter server list`,
        },
      ],
    }),
    'path-not-found': () => ({
      summary: sentence`Start a kernel first (POST /api/kernels) and use its id in the path: kernels end, and their ids with them.`,
      changes: [
        {
          program: 'browser',
          of: 'jupyter',
          where: sentence`In the page`,
          text: js`const { id } = await (await fetch('/api/kernels', { method: 'POST' })).json()`,
        },
      ],
    }),
    'origin-rejected': ({ origin }) => ({
      summary: sentence`Allow the page’s origin in Jupyter’s configuration.`,
      changes: [
        {
          program: 'command',
          of: 'jupyter',
          at: 'server',
          where: sentence`jupyter_server, then restart it`,
          text: shell`jupyter server --ServerApp.allow_origin=${shell.word(origin)}`,
        },
      ],
    }),
  },

  source: 'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
})
