import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { wentSilent } from '#lib/facts/probe.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { unheardIn } from '#lib/facts/unheard.ts'
import {
  decisive,
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

function signals({ backend }: Facts): Signal[] {
  const gone = backend.ends.find(({ how }) => how === 'vanished')
  const unheard = unheardIn(backend)
  const timedOut =
    gone && sentence`Nothing that the server sent was acknowledged any more (${gone.code ?? 'timeout'})`
  return [
    ...(timedOut ? [decisive(say(timedOut, serverPath(gone.at)))] : []),
    ...(unheard ? [decisive(unheard)] : []),
  ]
}

export default defineCause({
  id: 'half-open',
  stage: 'lost',
  side: 'network',
  title: 'Half-open connection',
  symptom: 'The connection looks open, but nothing arrives.',
  endings: ['dropped', 'open', 'silent', 'closing', 'given-up', 'lost'],
  needs: ['server', 'probe'],

  signals,

  test: (facts, signals) => {
    const { ending, backend, cuts } = facts
    const silenced = wentSilent(facts.probe)
    if (silenced && ending.kind === 'open') return likely(silenced)
    if (ending.kind === 'silent') return weighed(possible(...ending.because), 0.5)
    if (ending.kind === 'given-up') {
      return gaveUpOver(facts) === 'ping-timeout'
        ? weighed(possible(...ending.because), 0.45)
        : ruledOut(...ending.because)
    }
    if (ending.kind === 'open') {
      const end = backend.pongMissed ?? backend.ends[0]
      const gone =
        end && backend.upgradedMs !== undefined && facts.page.openedMs !== undefined && !facts.page.close
      const stayedMs = (facts.page.stillOpen?.ms ?? 0) - (end?.ms ?? 0)
      return gone && stayedMs > 500
        ? likely(
            say(
              'The backend had given the connection up, and the page still held it open',
              serverPath(end.at),
            ),
          )
        : ruledOut(...ending.because)
    }
    if (cuts.tcp === 'fin') return ruledOut(say('TCP ended in order', 'probe.end'))
    return ending.kind === 'closing'
      ? weighed(possible(...ending.because), 0.4)
      : dropFinding(facts, signals, toldByClient(facts.told, 'timed-out') ? 0.65 : 0.2)
  },

  explain: {
    wire: 'A pulled cable, an expired NAT entry or a sleeping laptop: packets vanish without notice. TCP detects it after minutes of retransmissions, or never if neither side sends.',
    browser: 'The page stays in OPEN and `send` succeeds into a buffer. No event fires.',
    sure: 'Only a heartbeat shows it: an application message that must be answered, or protocol pings by the server.',
    sources: [
      { title: 'RFC 6455 §5.5.2, Ping', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Answer silence: the server pings and terminates, the client expects a message in time and reconnects.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page: longer than three heartbeats of the server`,
        text: js`let last = Date.now()\nsocket.onmessage = () => { last = Date.now() }\nsetInterval(() => { if (Date.now() - last > ${patience(facts)}) socket.close() }, 1000)`,
      },
    ],
  }),

  reproduce: 'half-open',
})

/** Three times the rhythm that the page saw, as code in milliseconds. */
function patience({ page }: Facts) {
  return page.messages > 1 && page.longestGapMs > 0
    ? Math.ceil(page.longestGapMs * 3)
    : js`YOUR_SECONDS * 1000`
}
