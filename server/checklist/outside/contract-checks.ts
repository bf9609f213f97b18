/** The wire contract: what clients of a Why1006 server rely on. */

import { ok, problem } from '#lib/checklist/result.ts'
import { healthReport } from '#lib/protocol/health.ts'
import {
  connectedStatusMessage,
  echoDataMessage,
  echoOriginalMessage,
  echoRawMessage,
  healthStatusMessage,
  parseErrorMessage,
  pongMessage,
  welcomeMessage,
} from '#lib/protocol/messages.ts'
import { answered, during, greeted, same } from '#server/checklist/outside/asking.ts'
import { converse, NotOpened } from '#server/checklist/outside/conversation.ts'
import { fetchFrom, shortened, whyNot } from '#server/checklist/outside/expect.ts'
import type { OutsideCheck } from '#server/checklist/outside/target.ts'

/** Nothing should come: long enough for a message under way, short enough to wait for. */
const QUIET_MS = 250

const SAMPLE = { hello: ['wörld', 1, null, { deep: true }] }

export const contractChecks: readonly OutsideCheck[] = [
  {
    id: 'health',
    asks: 'GET /health answers 200 with the number of open sockets',
    async run(target) {
      const response = await fetchFrom(target, '/health')
      const body: unknown = await response.json().catch(() => undefined)
      const wrong = whyNot(healthReport, body)
      if (response.status !== 200 || wrong) return problem(`${response.status}, ${wrong ?? 'not 200'}`)
      const { services } = healthReport.parse(body)
      return /^active: \d+$/.test(services.websocket)
        ? ok(services.websocket)
        : problem(`services.websocket is “${services.websocket}”`)
    },
  },
  {
    id: 'plain-get',
    asks: 'a plain GET on /ws answers 426 and says how to connect',
    async run(target) {
      const response = await fetchFrom(target, '/ws')
      return response.status === 426 ? ok('426') : problem(`${response.status}`)
    },
  },
  {
    id: 'unknown-path',
    asks: 'a handshake on an unknown path answers 404',
    async run(target) {
      try {
        ;(await converse(target, '/ws/no-such-endpoint')).end()
        return problem('it opened')
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error
        return error.status === 404 ? ok('404') : problem(error.message)
      }
    },
  },
  {
    id: 'ws-silent',
    asks: '/ws says nothing first',
    run: (target) =>
      during(target, '/ws', async (talk) => {
        const first = await talk.next('text', undefined, QUIET_MS)
        return first ? problem(shortened(first.text)) : ok('silent')
      }),
  },
  {
    id: 'ws-ping',
    asks: '/ws answers {"type":"ping"} with a pong',
    run: (target) => during(target, '/ws', (talk) => answered(talk, '{"type":"ping"}', pongMessage)),
  },
  {
    id: 'ws-echo',
    asks: '/ws echoes any other JSON in data',
    run: (target) =>
      during(target, '/ws', (talk) =>
        answered(talk, JSON.stringify(SAMPLE), echoDataMessage, ({ data }) => same(data, SAMPLE)),
      ),
  },
  {
    id: 'ws-not-json',
    asks: '/ws says what is no JSON, and stays open',
    run: (target) =>
      during(target, '/ws', async (talk) => {
        const error = await answered(talk, 'no json', parseErrorMessage)
        return error.outcome === 'ok' ? answered(talk, '{"type":"ping"}', pongMessage) : error
      }),
  },
  {
    id: 'ws-binary',
    asks: '/ws ignores a binary frame',
    run: (target) =>
      during(target, '/ws', (talk) => {
        talk.send(Buffer.from([1, 2, 3]))
        return answered(talk, '{"type":"ping"}', pongMessage)
      }),
  },
  {
    id: 'echo-welcome',
    asks: '/ws/echo welcomes with its heartbeat configuration',
    run: (target) =>
      during(target, '/ws/echo', async (talk) => {
        const welcome = await talk.nextJson()
        const wrong = whyNot(welcomeMessage, welcome)
        return wrong ? problem(`${shortened(welcome)}: ${wrong}`) : ok(shortened(welcome))
      }),
  },
  {
    id: 'echo-json',
    asks: '/ws/echo returns JSON in original',
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
    asks: '/ws/echo returns text that is no JSON in data',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted((talk) => answered(talk, 'plain text', echoRawMessage, ({ data }) => data === 'plain text')),
      ),
  },
  {
    id: 'echo-binary',
    asks: '/ws/echo returns a binary frame unchanged',
    run: (target) =>
      during(
        target,
        '/ws/echo',
        greeted(async (talk) => {
          const sent = Buffer.from([0, 255, 128, 1])
          talk.send(sent)
          const back = await talk.next('binary')
          return back?.bytes.equals(sent) ? ok(`${sent.length} bytes`) : problem('it did not come back')
        }),
      ),
  },
  {
    id: 'echo-pong',
    asks: '/ws/echo does not answer {"type":"pong"}',
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
    asks: '/ws/health reports the connection and the environment',
    run: (target) =>
      during(target, '/ws/health', async (talk) => {
        const status = await talk.nextJson()
        const wrong = whyNot(connectedStatusMessage, status)
        return wrong ? problem(`${shortened(status)}: ${wrong}`) : ok(shortened(status))
      }),
  },
  {
    id: 'health-get-status',
    asks: '/ws/health counts pongs and answers get_status',
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
    id: 'health-ignores',
    asks: '/ws/health ignores anything else, and stays open',
    run: (target) =>
      during(
        target,
        '/ws/health',
        greeted((talk) => {
          talk.send('no json')
          talk.send('{"type":"ping"}')
          talk.send(Buffer.from([1, 2, 3]))
          return answered(talk, '{"type":"get_status"}', healthStatusMessage)
        }),
      ),
  },
]
