import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, likely, say } from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import type { Change } from '#lib/text/fix.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { go, java, js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** ws, Go (gorilla, coder), Python websockets and aiohttp, Jetty and Tomcat. */
const TOO_BIG =
  /UNSUPPORTED_MESSAGE_LENGTH|max payload|message (is )?too (big|large|long)|read limit(ed)? (exceeded|at)|(over|exceeds?) (the )?(size |message )?limit|PayloadTooBig|frame (is )?too (big|large|long)|(buffer|message) size .{0,40}exceed/i

export default defineCause({
  id: 'message-too-big',
  stage: 'closed',
  side: 'server',
  title: 'Message too big (1009)',
  symptom: 'close 1009.',
  endings: ['closed', 'dropped'],
  needs: ['server'],

  test: (facts) => {
    const tooBig = facts.backend.errors.find(({ code, message }) => TOO_BIG.test(`${code} ${message}`))
    const finding = codeFinding(facts, [1009], { from: 'either', meant: ['too-big'] })
    return tooBig && finding.is === 'ruled-out' && facts.ending.kind === 'dropped'
      ? likely(
          say(sentence`The backend says “${excerpt(tooBig.message || tooBig.code)}”`, serverPath(tooBig.at)),
        )
      : finding
  },

  explain: {
    wire: 'A side received more than it allows: `maxPayload` in ws (100 MiB by default), 16 MiB in uvicorn, 128 KiB in API Gateway.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Log the length of what was sent last.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => {
    const isOwn = isClientsOwn(facts)
    return {
      summary: isOwn
        ? sentence`The client itself refused a message above its own limit. Raise the client’s limit, or have the server send less at once.`
        : sentence`Send smaller messages, or raise the limit of the receiver.`,
      changes: isOwn ? clientLimits(facts) : SERVER_LIMITS,
    }
  },

  reproduce: 'oversize',
})

/** The client closed over what it received, or its own container words the reason. */
function isClientsOwn({ ending, told }: Facts): boolean {
  if (ending.kind === 'closed' && ending.by === 'page') return true
  return told.client.some(({ means, close }) => means === 'too-big' && close?.way !== 'received')
}

const clientLimits = (facts: Facts): Change[] => [
  {
    program: 'python',
    at: 'client',
    where: sentence`Python client (websockets)`,
    text: python`connect(${python.string(plainAddressOf(facts))}, max_size=YOUR_LARGEST_MESSAGE)`,
  },
  {
    program: 'java',
    at: 'client',
    where: sentence`Java client: on the method that receives, in characters or bytes`,
    text: java`@OnMessage(maxMessageSize = YOUR_LARGEST_MESSAGE)`,
  },
  {
    program: 'java',
    at: 'client',
    where: sentence`Java client: the buffer of the container`,
    text: java`container.setDefaultMaxTextMessageBufferSize(YOUR_LARGEST_MESSAGE);`,
  },
  {
    program: 'go',
    at: 'client',
    where: sentence`Go client`,
    text: go`conn.SetReadLimit(YOUR_LARGEST_MESSAGE)`,
  },
  {
    program: 'node',
    at: 'client',
    where: sentence`Node client (ws)`,
    text: js`new WebSocket(${js.string(plainAddressOf(facts))}, { maxPayload: YOUR_LARGEST_MESSAGE })`,
  },
]

const SERVER_LIMITS: Change[] = [
  {
    program: 'node',
    where: sentence`Node server (ws)`,
    text: js`new WebSocketServer({ server, maxPayload: YOUR_LARGEST_MESSAGE })`,
  },
  {
    program: 'node',
    of: 'socket.io',
    where: sentence`Socket.IO server`,
    text: js`new Server(httpServer, { maxHttpBufferSize: YOUR_LARGEST_MESSAGE })`,
  },
  {
    program: 'python',
    where: sentence`Python server (websockets)`,
    text: python`serve(handler, YOUR_HOST, YOUR_PORT, max_size=YOUR_LARGEST_MESSAGE)`,
  },
  {
    program: 'command',
    of: 'uvicorn',
    at: 'server',
    where: sentence`uvicorn`,
    text: shell`uvicorn YOUR_MODULE:app --ws-max-size YOUR_LARGEST_MESSAGE`,
  },
  {
    program: 'java',
    where: sentence`Java server: on the method that receives`,
    text: java`@OnMessage(maxMessageSize = YOUR_LARGEST_MESSAGE)`,
  },
  { program: 'go', where: sentence`Go server`, text: go`conn.SetReadLimit(YOUR_LARGEST_MESSAGE)` },
]
