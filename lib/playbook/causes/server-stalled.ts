import { isSilence } from '#lib/evidence/probe-outcome.ts'
import type { ServerEvent } from '#lib/evidence/schema.ts'
import { serverPath } from '#lib/facts/backend.ts'
import { wentSilent } from '#lib/facts/probe.ts'
import { type Because, defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { gaveUp } from '#lib/playbook/weighing/gave-up.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const BLOCKED = /event loop (was |is )?(blocked|stalled|delayed)|loop delay/i

/** Beats differ by so much of their interval, and a pause is so many intervals long. */
const REGULAR = 0.25
const PAUSE = { intervals: 3, leastMs: 1500 }
const FEWEST_BEATS = 4

/** What was written as regularly as a timer does, with one pause in it: the timer itself stood still. */
function pauseOf(server: readonly ServerEvent[] = []): Because | undefined {
  const sent = server.flatMap(({ type, ms }) => (type === 'sent' && ms !== undefined ? [ms] : []))
  const sorted = sent.toSorted((a, b) => a - b)
  const gaps = sorted.slice(1).map((ms, at) => ({ fromMs: sorted[at] ?? ms, forMs: ms - (sorted[at] ?? ms) }))
  const byLength = gaps.toSorted((a, b) => a.forMs - b.forMs)
  const longest = byLength.at(-1)
  const intervalMs = byLength[Math.floor((byLength.length - 1) / 2)]?.forMs ?? 0
  const regular = gaps.filter(({ forMs }) => Math.abs(forMs - intervalMs) <= intervalMs * REGULAR)
  if (!longest || regular.length < FEWEST_BEATS) return undefined
  if (longest.forMs < Math.max(PAUSE.leastMs, intervalMs * PAUSE.intervals)) return undefined
  const says = sentence`The server wrote every ${secondsOf(intervalMs)}, and nothing for ${secondsOf(longest.forMs)} in between`
  return say(says, 'server')
}

export default defineCause({
  id: 'server-stalled',
  stage: 'ailing',
  side: 'server',
  title: 'Server stalled',
  symptom: 'All clients freeze for seconds at the same time, then continue.',
  endings: ['open', 'silent', 'pending', 'unanswered', 'closing', 'given-up', 'dropped'],
  needs: ['server', 'probe'],

  test: (facts) => {
    const { ending, probe, backend, evidence } = facts
    const stall =
      evidence.server?.findIndex(
        (event) => event.type === 'stalled' || (event.type === 'log' && BLOCKED.test(event.text ?? '')),
      ) ?? -1
    if (stall >= 0) {
      const forMs = evidence.server?.[stall]?.for_ms
      const long = forMs === undefined ? '' : sentence` for ${secondsOf(forMs)}`
      return likely(
        say(sentence`The server reported that its event loop stood still${long}`, serverPath(stall)),
      )
    }
    const said = facts.told.server.find(({ means }) => means === 'stalled')
    if (said) {
      const because = say(said.detail, said.from)
      return said.unsure ? weighed(possible(because), 0.5) : likely(because)
    }
    if (ending.kind === 'dropped') return ruledOut(...ending.because)
    const paused = ending.kind === 'open' ? pauseOf(evidence.server) : undefined
    // A server that stands still is late in all it does: this explains a slow handshake beside it.
    if (paused) return weighed(likely(paused), 0.7)
    const silenced = wentSilent(probe)
    if (silenced && ending.kind === 'open') return likely(silenced)
    if (ending.kind === 'silent') return weighed(possible(...ending.because), 0.45)
    if (ending.kind === 'given-up') {
      return gaveUpOver(facts) === 'ping-timeout'
        ? weighed(possible(...ending.because), 0.3)
        : ruledOut(...ending.because)
    }
    if (ending.kind === 'closing') return weighed(possible(...ending.because), 0.3)
    if (ending.kind === 'open') {
      const waitedMs = (probe?.answeredMs ?? facts.page.openedMs ?? 0) - (probe?.connectedMs ?? 0)
      return waitedMs >= 2000 && backend.arrived
        ? weighed(possible(...ending.because), 0.4)
        : ruledOut(...ending.because)
    }
    const early = gaveUp(facts)
    if (early?.isAtOnce) return ruledOut(early.because)
    const silent = ending.kind === 'pending' || isSilence(probe?.outcome)
    return silent ? weighed(possible(...ending.because), 0.4) : ruledOut(...ending.because)
  },

  explain: {
    wire: 'A long computation, synchronous input or output, garbage collection or a frozen container. The kernel accepts connections, and the program does not answer.',
    browser: 'The page sees silence, then everything at once.',
    sure: 'Measure the event loop’s delay; compare TCP’s handshake (kernel) with the 101 (program).',
    sources: [
      {
        title: 'Node.js, monitorEventLoopDelay',
        url: 'https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Find what blocks, and move it off the event loop.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`import { monitorEventLoopDelay } from 'node:perf_hooks'\nconst delay = monitorEventLoopDelay()\ndelay.enable()\nsetInterval(() => console.log(delay.max / 1e6, 'ms'), 5000)`,
      },
    ],
  }),

  reproduce: 'stall',
})
