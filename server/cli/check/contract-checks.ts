/** The wire contract: what clients of a Why1006 server rely on. */
import {
  connectedStatusMessage,
  echoDataMessage,
  echoOriginalMessage,
  echoRawMessage,
  healthReport,
  healthStatusMessage,
  heartbeatMessage,
  parseErrorMessage,
  pongMessage,
  welcomeMessage,
} from '#lib/protocol/messages.ts'
import { type Check, type CheckTarget, failed, type Outcome, ok } from '#server/cli/check/check.ts'
import { type Conversation, converse, NotOpened } from '#server/cli/check/conversation.ts'
import { fetchFrom, type Schema, shortened, whyNot } from '#server/cli/check/expect.ts'

/** Nothing should come: long enough for a message under way, short enough to wait for. */
const QUIET_MS = 250
const FAST_BEAT = '?ping_interval=0.3&ping_timeout=0.1'

/** Opens, asks, and closes whatever happens. */
async function during(
  target: CheckTarget,
  path: string,
  ask: (talk: Conversation) => Promise<Outcome>,
): Promise<Outcome> {
  const talk = await converse(target, path)
  try {
    return await ask(talk)
  } finally {
    talk.end()
  }
}

/** Skips the greeting of the endpoints that have one, sends, and expects an answer of this shape. */
async function answered(
  talk: Conversation,
  message: string,
  schema: Schema,
  holds: (answer: Record<string, unknown>) => boolean = () => true,
): Promise<Outcome> {
  talk.send(message)
  const answer = await talk.nextJson()
  const wrong = whyNot(schema, answer) ?? (answer && !holds(answer) ? 'it carries another value' : undefined)
  return wrong === undefined ? ok(shortened(answer)) : failed(`${message} → ${shortened(answer)}: ${wrong}`)
}

const greeted =
  (ask: (talk: Conversation) => Promise<Outcome>) =>
  async (talk: Conversation): Promise<Outcome> => {
    await talk.nextJson()
    return ask(talk)
  }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const SAMPLE = { hello: ['wörld', 1, null, { deep: true }] }

export const contractChecks: readonly Check[] = [
  {
    id: 'health',
    promise: 'GET /health answers 200 with the number of open sockets',
    async run(target) {
      const response = await fetchFrom(target, '/health')
      const body: unknown = await response.json().catch(() => undefined)
      const wrong = whyNot(healthReport, body)
      if (response.status !== 200 || wrong) return failed(`${response.status}, ${wrong ?? 'not 200'}`)
      const { services } = healthReport.parse(body)
      return /^active: \d+$/.test(services.websocket)
        ? ok(services.websocket)
        : failed(`services.websocket is “${services.websocket}”`)
    },
  },
  {
    id: 'plain-get',
    promise: 'a plain GET on /ws answers 426 and says how to connect',
    async run(target) {
      const response = await fetchFrom(target, '/ws')
      return response.status === 426 ? ok('426') : failed(`${response.status}`)
    },
  },
  {
    id: 'unknown-path',
    promise: 'a handshake on an unknown path answers 404',
    async run(target) {
      try {
        ;(await converse(target, '/ws/no-such-endpoint')).end()
        return failed('it opened')
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error
        return error.status === 404 ? ok('404') : failed(error.message)
      }
    },
  },
  {
    id: 'ws-silent',
    promise: '/ws says nothing first',
    run: (target) =>
      during(target, '/ws', async (talk) => {
        const first = await talk.next('text', undefined, QUIET_MS)
        return first ? failed(shortened(first.text)) : ok('silent')
      }),
  },
  {
    id: 'ws-ping',
    promise: '/ws answers {"type":"ping"} with a pong',
    run: (target) => during(target, '/ws', (talk) => answered(talk, '{"type":"ping"}', pongMessage)),
  },
  {
    id: 'ws-echo',
    promise: '/ws echoes any other JSON in data',
    run: (target) =>
      during(target, '/ws', (talk) =>
        answered(talk, JSON.stringify(SAMPLE), echoDataMessage, ({ data }) => same(data, SAMPLE)),
      ),
  },
  {
    id: 'ws-not-json',
    promise: '/ws says what is no JSON, and stays open',
    run: (target) =>
      during(target, '/ws', async (talk) => {
        const error = await answered(talk, 'no json', parseErrorMessage)
        return error.result === 'ok' ? answered(talk, '{"type":"ping"}', pongMessage) : error
      }),
  },
  {
    id: 'ws-binary',
    promise: '/ws ignores a binary frame',
    run: (target) =>
      during(target, '/ws', (talk) => {
        talk.send(Buffer.from([1, 2, 3]))
        return answered(talk, '{"type":"ping"}', pongMessage)
      }),
  },
  {
    id: 'echo-welcome',
    promise: '/ws/echo welcomes with its heartbeat configuration',
    run: (target) =>
      during(target, '/ws/echo', async (talk) => {
        const welcome = await talk.nextJson()
        const wrong = whyNot(welcomeMessage, welcome)
        return wrong ? failed(`${shortened(welcome)}: ${wrong}`) : ok(shortened(welcome))
      }),
  },
  {
    id: 'echo-json',
    promise: '/ws/echo returns JSON in original',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted((talk) =>
          answered(talk, JSON.stringify(SAMPLE), echoOriginalMessage, ({ original }) =>
            same(original, SAMPLE),
          ),
        ),
      ),
  },
  {
    id: 'echo-raw',
    promise: '/ws/echo returns text that is no JSON in data',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted((talk) => answered(talk, 'plain text', echoRawMessage, ({ data }) => data === 'plain text')),
      ),
  },
  {
    id: 'echo-binary',
    promise: '/ws/echo returns a binary frame unchanged',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted(async (talk) => {
          const sent = Buffer.from([0, 255, 128, 1])
          talk.send(sent)
          const back = await talk.next('binary')
          return back?.bytes.equals(sent) ? ok(`${sent.length} bytes`) : failed('it did not come back')
        }),
      ),
  },
  {
    id: 'echo-pong',
    promise: '/ws/echo does not answer {"type":"pong"}',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted((talk) => {
          talk.send('{"type":"pong"}')
          return answered(talk, '"next"', echoOriginalMessage, ({ original }) => original === 'next')
        }),
      ),
  },
  {
    id: 'health-connected',
    promise: '/ws/health reports the connection and the environment',
    run: (target) =>
      during(target, '/ws/health', async (talk) => {
        const status = await talk.nextJson()
        const wrong = whyNot(connectedStatusMessage, status)
        return wrong ? failed(`${shortened(status)}: ${wrong}`) : ok(shortened(status))
      }),
  },
  {
    id: 'health-get-status',
    promise: '/ws/health counts pongs and answers get_status',
    run: (target) =>
      during(
        target,
        '/ws/health',
        greeted((talk) => {
          talk.send('{"type":"pong"}')
          return answered(
            talk,
            '{"type":"get_status"}',
            healthStatusMessage,
            (status) => status.pong_count === 1,
          )
        }),
      ),
  },
  {
    id: 'heartbeat',
    promise: '/ws/health sends a heartbeat and a protocol ping at the interval asked for',
    run: (target) =>
      during(target, `/ws/health${FAST_BEAT}`, async (talk) => {
        const beat = await talk.next('text', ({ text }) => text.includes('"heartbeat"'))
        const wrong = beat ? whyNot(heartbeatMessage, JSON.parse(beat.text)) : 'no heartbeat came'
        if (wrong) return failed(wrong)
        return (await talk.next('ping')) ? ok('a beat every 0.3 s') : failed('no protocol ping came')
      }),
  },
  {
    id: 'bad-parameters',
    promise: 'a heartbeat interval out of bounds is refused with 400',
    async run(target) {
      try {
        ;(await converse(target, '/ws?ping_interval=9999')).end()
        return failed('it opened')
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error
        return error.status === 400 ? ok('400') : failed(error.message)
      }
    },
  },
]
