import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { isErrorPage, secondStatus } from '#lib/playbook/weighing/second-answer.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** `H` and `T` of an HTTP answer, read as the two bytes of a frame: FIN 0, RSV1, opcode 8, no mask, length 84. */
const HTTP_AS_FRAME = { opcode: 8, rsv: 4, length: 84 }

/** A second answer over HTTP after the 101: another 101, or a refusal. */
function secondAnswer(facts: Facts): Because | undefined {
  const { probe } = facts
  const status = secondStatus(facts)
  if (status !== undefined)
    return say(sentence`After the 101 came a second answer over HTTP, ${status}`, 'probe.not_frames')
  const at = (probe?.frames ?? []).findIndex(
    ({ opcode, rsv, length, fin }) =>
      fin === false &&
      opcode === HTTP_AS_FRAME.opcode &&
      rsv === HTTP_AS_FRAME.rsv &&
      length === HTTP_AS_FRAME.length,
  )
  return at < 0
    ? undefined
    : say('The first bytes after the 101 are those of an HTTP answer', `probe.frames[${at}]`)
}

/** Where a development server has its hot reload: Next, Vite, webpack. */
const HOT_RELOAD = /^\/(?:_next\/webpack-hmr|__webpack_hmr|@vite\/|ws\/?$|sockjs-node)/
/** Each takes every upgrade of the server that it is given. */
const TAKES_ALL = ['ws', 'socket.io', 'engine.io']

/** The person’s own code adds another WebSocket server to the one that serves the hot reload. */
function besideDevServer({ evidence, target, told }: Facts): Because | undefined {
  const added = evidence.stack?.server?.find((id) => TAKES_ALL.includes(id))
  const violation = told.client.find(({ means }) => means === 'frame')
  if (added === undefined || violation === undefined || !HOT_RELOAD.test(target.pathname)) return undefined
  return say(
    sentence`The code adds ${added} to the server that answers ${target.pathname}, too`,
    violation.from,
  )
}

export default defineCause({
  id: 'upgrade-handled-twice',
  stage: 'lost',
  side: 'server',
  title: 'Two handlers took the same upgrade',
  symptom: 'The socket opens and ends at once with “Invalid frame header”, or the server throws.',
  endings: ['violated', 'broken', 'closed', 'dropped', 'unopened', 'unanswered', 'refused-101'],
  needs: ['browser.console', 'probe', 'server'],

  test: (facts) => {
    const { ending, told, probe } = facts
    const said = toldByAny(told, 'upgrade-twice')
    if (said) return proven(say(said.detail, said.from))
    const second = secondAnswer(facts)
    // Two bytes of it may be chance. And one server may give both answers, as Engine.IO does over a version.
    if (second && isErrorPage(facts)) return weighed(possible(second), 0.4)
    if (second) return weighed((probe?.evidence.not_frames ? likely : possible)(second), 0.7)
    const beside = besideDevServer(facts)
    if (ending.kind === 'violated' && beside) return weighed(likely(...ending.because, beside), 0.8)
    if (ending.kind === 'violated' && !probe?.frames.length) return weighed(possible(...ending.because), 0.45)
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'Two listeners answered one upgrade, so a second answer, or the frames of another connection, follow the 101. In Node every listener of `upgrade` gets every upgrade. Typical are a WebSocketServer without `noServer`, a dev proxy with `ws: true`, Socket.IO and a framework’s hot reload beside it.',
    browser:
      'Chromium prints “Invalid frame header” and reports 1006 after an error event. `ws` throws “server.handleUpgrade() was called more than once with the same socket”.',
    sure: 'Print `server.listeners("upgrade").length`. More than one must each check the path and leave other upgrades alone.',
    sources: [
      {
        title: 'ws, multiple servers sharing a single HTTP/S server',
        url: 'https://github.com/websockets/ws#multiple-servers-sharing-a-single-https-server',
      },
      {
        title: 'http-proxy-middleware, WebSocket',
        url: 'https://github.com/chimurai/http-proxy-middleware#websocket',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Let one handler own the upgrade of each path.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`const sockets = new WebSocketServer({ noServer: true })\nserver.on('upgrade', (request, socket, head) => {\n  if (request.url.split('?', 1)[0] !== ${js.string(pathOf(facts))}) return\n  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request))\n})`,
      },
      {
        program: 'node',
        of: 'http-proxy-middleware',
        where: sentence`http-proxy-middleware: either ws: true, or the upgrade listener, never both`,
        text: js`const proxy = createProxyMiddleware({ target, ws: false })\nserver.on('upgrade', proxy.upgrade)`,
      },
    ],
  }),

  reproduce: null,
})
