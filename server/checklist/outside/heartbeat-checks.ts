/** The wire contract's heartbeat: pings at the interval that was asked for, and the end of who answers none. */

import { ok, problem } from '#lib/checklist/result.ts'
import { heartbeatMessage, serverPingMessage } from '#lib/protocol/messages.ts'
import { during } from '#server/checklist/outside/asking.ts'
import { converse, NotOpened } from '#server/checklist/outside/conversation.ts'
import { whyNot } from '#server/checklist/outside/expect.ts'
import type { CheckTarget, OutsideCheck } from '#server/checklist/outside/target.ts'

/** Short enough to wait for, and its timeout long enough for an answer from the other end of the world. */
const BEAT = '?ping_interval=1&ping_timeout=0.9'
const BEAT_MS = 1000
/** For whoever does not answer at all. */
const HASTY_BEAT = '?ping_interval=0.3&ping_timeout=0.1'

const waitMs = ({ patienceMs }: CheckTarget): number => BEAT_MS + patienceMs

export const heartbeatChecks: readonly OutsideCheck[] = [
  {
    id: 'heartbeat',
    asks: '/ws/health sends a heartbeat and a protocol ping at the interval asked for',
    run: (target) =>
      during(target, `/ws/health${BEAT}`, async (talk) => {
        const beat = await talk.next('text', ({ text }) => text.includes('"heartbeat"'), waitMs(target))
        const wrong = beat ? whyNot(heartbeatMessage, JSON.parse(beat.text)) : 'no heartbeat came'
        if (wrong) return problem(wrong)
        return (await talk.next('ping', undefined, waitMs(target)))
          ? ok('a beat every second')
          : problem('no protocol ping came')
      }),
  },
  {
    id: 'bad-parameters',
    asks: 'a heartbeat interval out of bounds is refused with 400',
    async run(target) {
      try {
        ;(await converse(target, '/ws?ping_interval=9999')).end()
        return problem('it opened')
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error
        return error.status === 400 ? ok('400') : problem(error.message)
      }
    },
  },
  {
    id: 'echo-server-ping',
    asks: '/ws/echo says server_ping at the interval asked for',
    run: (target) =>
      during(target, `/ws/echo${BEAT}`, async (talk) => {
        const beat = await talk.next('text', ({ text }) => text.includes('"server_ping"'), waitMs(target))
        const wrong = beat ? whyNot(serverPingMessage, JSON.parse(beat.text)) : 'no server_ping came'
        return wrong ? problem(wrong) : ok('every second')
      }),
  },
  {
    id: 'pong-timeout',
    asks: 'a client that answers no ping within the timeout is dropped',
    async run(target) {
      const talk = await converse(target, `/ws${HASTY_BEAT}`, { answersPings: false })
      const closed = await talk.next('closed')
      talk.end()
      if (closed === undefined) return problem('it stayed open without a pong')
      return closed.code === 1006 ? ok('dropped, which clients see as 1006') : problem(`${closed.code}`)
    },
  },
]
