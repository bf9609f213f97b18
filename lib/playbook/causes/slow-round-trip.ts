import type { ProbeView } from '#lib/facts/probe.ts'
import { type Because, defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

/** Half way around the earth and back is about 300 ms. */
const SLOW_MS = 400

/** Beyond this a page feels slow, and no distance explains it when TCP's own round trip took a fifth of it. */
const LATE_MS = 250

/** Both of the probe's pings, since a single one may have met a busy moment. */
function slowPing(probe: ProbeView | undefined): Because | undefined {
  const { ping, last_ping: lastPing, dns, tcp } = probe?.evidence ?? {}
  const quickest = Math.min(ping?.rtt_ms ?? 0, lastPing?.rtt_ms ?? 0)
  const tcpMs = (tcp?.ms ?? 0) - (dns?.ms ?? 0)
  return quickest >= LATE_MS && quickest >= tcpMs * 5
    ? say(sentence`Pings took ${quickest} ms or more, TCP's round trip ${tcpMs} ms`, 'probe.ping')
    : undefined
}

/**
 * TCP's own handshake is one round trip and waits for no program. Nothing that was answered sooner may speak against
 * it: then it was the prober that stood still, or an address that was tried in vain.
 */
function slowTcp(probe: ProbeView | undefined): Because | undefined {
  if (!probe?.opened) return undefined
  const { dns, tcp, tls, http, ping, last_ping: lastPing } = probe.evidence
  const tcpMs = (tcp?.ms ?? 0) - (dns?.ms ?? 0)
  const answerMs = http?.ms === undefined ? undefined : http.ms - (tls?.ms ?? tcp?.ms ?? 0)
  const others = [answerMs, ping?.rtt_ms, lastPing?.rtt_ms].filter((ms) => typeof ms === 'number')
  return Math.min(tcpMs, ...others) >= SLOW_MS
    ? say(sentence`TCP alone took ${tcpMs} ms: one round trip`, 'probe.tcp.ms')
    : undefined
}

/** The round trip in the middle, as one observer measured them. */
function medianOf(events: readonly { rtt_ms?: number | undefined }[] = []) {
  const measured = events.flatMap(({ rtt_ms: ms }, at) => (ms === undefined ? [] : [{ ms, at }]))
  const middle = measured.toSorted((a, b) => a.ms - b.ms)[Math.floor(measured.length / 2)]
  return middle && { ...middle, of: measured.length }
}

export default defineCause({
  id: 'slow-round-trip',
  stage: 'ailing',
  side: 'network',
  title: 'High latency',
  symptom: 'The socket is open; every answer takes long.',
  endings: ['open', 'closed'],
  needs: ['probe', 'server'],

  test: ({ probe, evidence, ending }) => {
    const pings = medianOf(evidence.server)
    if (pings && pings.ms >= SLOW_MS)
      return likely(
        say(sentence`Half of ${pings.of} pings took ${pings.ms} ms or more`, `server[${pings.at}].rtt_ms`),
      )
    const answers = medianOf(evidence.browser?.events)
    if (answers && answers.ms >= SLOW_MS)
      return likely(
        say(
          sentence`Half of ${answers.of} answers to the page took ${answers.ms} ms or more`,
          `browser.events[${answers.at}].rtt_ms`,
        ),
      )
    const ping = slowPing(probe)
    if (ping) return likely(ping)
    const slow = slowTcp(probe)
    return slow ? likely(slow) : ruledOut(...ending.because)
  },

  explain: {
    wire: 'Distance, a narrow line, or a queue in front of it. The TCP handshake is one round trip and shows it without any program’s part.',
    browser: 'Nothing fails; script can only time its own messages.',
    sure: 'Compare the time of TCP’s handshake with that of a ping.',
    sources: [
      { title: 'RFC 6455 §5.5.2, Ping', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Move the endpoint closer to the clients, or need fewer round trips.`,
    changes: [
      { program: 'shell', where: sentence`On the client`, text: shell`ping -c 5 ${hostWordOf(facts)}` },
    ],
  }),

  reproduce: 'latency',
})
