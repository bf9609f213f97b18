import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  decisive,
  defineCause,
  type Finding,
  likely,
  proven,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import type { Change } from '#lib/text/fix.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { go, java, js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** ws, Go (gorilla, coder), Python websockets and aiohttp, Jetty and Tomcat. */
const TOO_BIG =
  /UNSUPPORTED_MESSAGE_LENGTH|max payload|message (is )?too (big|large|long)|read limit(ed)? (exceeded|at)|(over|exceeds?) (the )?(size |message )?limit|PayloadTooBig|frame (is )?too (big|large|long)|(buffer|message) size .{0,40}exceed/i

/** Who refuses a message may end the connection before its Close frame is read, or without one. */
function signals({ backend, told }: Facts): Signal[] {
  const said = toldByAny(told, 'too-big')
  const error = backend.errors.find(({ code, message }) => TOO_BIG.test(`${code} ${message}`))
  return [
    ...(said ? [decisive(say(sentence`A message was refused for its size: ${said.detail}`, said.from))] : []),
    ...(error && !said
      ? [
          strong(
            say(sentence`The backend says “${excerpt(error.message || error.code)}”`, serverPath(error.at)),
          ),
        ]
      : []),
  ]
}

export default defineCause({
  id: 'message-too-big',
  stage: 'closed',
  side: 'server',
  title: 'Message too big (1009)',
  symptom: 'close 1009.',
  endings: ['closed', 'dropped'],
  needs: ['server'],

  signals,

  test: (facts, heard) => {
    const { ending } = facts
    const otherwise = closedOtherwise(facts)
    if (otherwise) return otherwise
    if (ending.kind !== 'dropped') return codeFinding(facts, [1009], { from: 'either', meant: ['too-big'] })
    // Nothing else tells of it: who sees no words sees a connection that was dropped.
    return heard.own.length > 0 ? dropFinding(facts, heard) : ruledOut(...facts.ending.because)
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
    const isEither = !isOwn && isOfEither(facts)
    const limit = toldByAny(facts.told, 'too-big')?.limitBytes
    const is = limit === undefined ? '' : sentence` The limit that refused it is ${limit} bytes.`
    return {
      summary: isOwn
        ? sentence`The client itself refused a message above its own limit.${is} Raise the client’s limit, or have the server send less at once.`
        : isEither
          ? sentence`The words are the same at both ends, and nothing tells which of them refused the message. Raise the limit there, or have the other end send less at once.${is}`
          : sentence`Send smaller messages, or raise the limit of the receiver.${is}`,
      changes: isOwn
        ? clientLimits(facts)
        : isEither
          ? [...SERVER_LIMITS, ...clientLimits(facts)]
          : SERVER_LIMITS,
    }
  },

  reproduce: 'oversize',
})

/** Whoever refused it closed with a code that says nothing, as code does that closes over any error. */
function closedOtherwise(facts: Facts): Finding | undefined {
  const { ending, told } = facts
  if (ending.kind !== 'closed' || ![1000, 1005, 1011].includes(ending.code)) return undefined
  const said = toldByAny(told, 'too-big')
  if (said === undefined) return undefined
  const because = [
    say(sentence`A message was refused for its size: ${said.detail}`, said.from),
    ...ending.because,
  ]
  // A library closes over it; a program’s own words may be of another message.
  const isLibrarys = said.program !== undefined && !said.unsure
  return isLibrarys ? proven(...because) : weighed(likely(...because), 0.75)
}

/** The client closed over what it received, or its own container words the reason. */
function isClientsOwn(facts: Facts): boolean {
  const { ending, told } = facts
  if (isOfEither(facts)) return false
  if (ending.kind === 'closed' && ending.by === 'page') return true
  return told.client.some(({ means, close }) => means === 'too-big' && close?.way !== 'received')
}

/** All that is said of it are words that the library prints at both ends. */
function isOfEither({ told: { client } }: Facts): boolean {
  const said = client.filter(({ means }) => means === 'too-big')
  return said.length > 0 && said.every((told) => told.isOfEither)
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
    of: 'spring',
    where: sentence`Spring with STOMP, configureWebSocketTransport`,
    text: java`registration.setMessageSizeLimit(YOUR_LARGEST_MESSAGE);`,
  },
  {
    program: 'java',
    where: sentence`Java server: on the method that receives`,
    text: java`@OnMessage(maxMessageSize = YOUR_LARGEST_MESSAGE)`,
  },
  { program: 'go', where: sentence`Go server`, text: go`conn.SetReadLimit(YOUR_LARGEST_MESSAGE)` },
]
