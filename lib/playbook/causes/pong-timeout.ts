import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { unheardIn } from '#lib/facts/unheard.ts'
import {
  type Because,
  decisive,
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { timeToCut } from '#lib/playbook/weighing/cut-times.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { endedItself } from '#lib/playbook/weighing/ended-itself.ts'
import { unansweredPing } from '#lib/playbook/weighing/first-message.ts'
import { givenUpOverPong } from '#lib/playbook/weighing/missed-pong.ts'
import { env } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

function signals(facts: Facts): Signal[] {
  const unanswered = unansweredPing(facts)
  if (unanswered) return [decisive(unanswered)]
  const missed = facts.backend.pongMissed
  if (!missed) {
    const said = facts.told.server.find(({ means }) => means === 'ping-timeout')
    const told = said ? say(sentence`The server says: ${said.detail}`, said.from) : pongWords(facts)
    return told ? [strong(told)] : []
  }
  const when = timeToCut(facts, missed.ms)
  // The pong is missing because the ping never arrived: the pong is not what failed.
  if (when === 'after' || unheardIn(facts.backend)) return []
  const because = say('The server ended the connection over a missed pong', serverPath(missed.at))
  // Some heartbeats forgive one missed pong: what ended much later may have ended for another reason.
  return [(when === 'outlived' ? strong : decisive)(because)]
}

/** How Python websockets, aiohttp, uvicorn, Go programs and hand-made heartbeats tell that a ping went unanswered. */
const PONG_WORDS =
  /(keep-?alive|heartbeat|ping)[^\n]{0,40}(timed? ?out|no pong|unanswered)|no pong|missed pong|pong (was )?(missed|not received|timed? ?out)/i

function pongWords({ backend }: Facts): Because | undefined {
  const lines = [
    ...backend.errors.map(({ code, message, at }) => ({ text: `${code} ${message}`.trim(), at })),
    ...backend.logs,
  ]
  const line = lines.find(({ text }) => PONG_WORDS.test(text))
  return line && say(sentence`The server says: “${excerpt(line.text)}”`, serverPath(line.at))
}

export default defineCause({
  id: 'pong-timeout',
  stage: 'lost',
  side: 'server',
  title: 'Server closed after a missed pong',
  symptom:
    'The socket closes with 1006, or 1011 with “keepalive ping timeout”, one heartbeat after the client went quiet.',
  endings: ['dropped', 'open', 'closed'],
  needs: ['server'],

  signals,

  test: (facts, signals) => {
    const { ending, backend, probe } = facts
    const unanswered = unansweredPing(facts)
    if (unanswered) return weighed(likely(...ending.because, unanswered), 0.85)
    if (ending.kind === 'closed') {
      const givenUp = givenUpOverPong(facts)
      if (givenUp) return weighed(likely(...ending.because, givenUp), 0.85)
      const named =
        ending.by === 'peer' &&
        /(ping|pong|keep-?alive|heartbeat).{0,123}time ?out|timed? ?out.{0,123}(ping|pong|heartbeat)/i.test(
          ending.reason,
        )
      return named ? weighed(likely(...ending.because), 0.8) : ruledOut(...ending.because)
    }
    if (ending.kind === 'open') {
      return backend.pongMissed
        ? weighed(possible(say('The server missed a pong', serverPath(backend.pongMissed.at))), 0.5)
        : ruledOut(...ending.because)
    }
    const pings = probe?.frames.filter(({ opcode }) => opcode === 9).length ?? 0
    if (!backend.pongMissed && ending.seenBy === 'probe' && pings === 0)
      return ruledOut(say('The server sent no ping before the end', 'probe.frames'))
    // A server writes down whom it gives up; one that was cut off, and wrote that, gave up nobody.
    // One that tells of its pings told of none unanswered: at most a heartbeat in messages gave the client up.
    if (backend.close?.cutOff || endedItself(facts)) return dropFinding(facts, signals, 0.1)
    return dropFinding(facts, signals, pings > 0 ? 0.65 : 0.35)
  },

  explain: {
    wire: 'The server pings and closes clients that do not respond in time, such as a frozen tab, a sleeping laptop or a half-open connection. Uvicorn and Python `websockets` close with 1011.',
    browser:
      'Pings never reach script, so the page cannot see a missed one. It gets 1006, or nothing at all while the line is dead.',
    sure: 'Only the server’s log shows it.',
    sources: [
      { title: 'RFC 6455 §5.5.3, Pong', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.5.3' },
    ],
  },

  fix: (facts) => {
    const said = toldByAny(facts.told, 'ping-timeout')?.limitMs
    return {
      summary: sentence`Give clients longer than their longest pause${said === undefined ? '' : `: the limit here was ${said / 1000} s`}. A hidden tab answers pings, but a machine that sleeps does not.`,
      changes: [
        {
          program: 'this-server',
          where: sentence`Why1006 server`,
          text: env`WS_PING_INTERVAL=30\nWS_PING_TIMEOUT=10`,
        },
        {
          program: 'python',
          where: sentence`Python server (websockets)`,
          text: python`serve(handler, YOUR_HOST, YOUR_PORT, ping_timeout=YOUR_SECONDS)`,
        },
        {
          program: 'command',
          of: 'uvicorn',
          at: 'server',
          where: sentence`uvicorn: seconds that a pong may take`,
          text: shell`uvicorn YOUR_MODULE:app --ws-ping-timeout YOUR_SECONDS`,
        },
        {
          program: 'node',
          of: 'socket.io',
          where: sentence`Socket.IO server: longer than the minute for which a hidden tab is throttled`,
          text: js`new Server(httpServer, { pingTimeout: 60_000 })`,
        },
      ],
    }
  },

  reproduce: 'drop-pongs',
})
