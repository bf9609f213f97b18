import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { secureAddressOf } from '#lib/playbook/weighing/advice.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const LATE_MS = 1000

const times = <E extends { ms?: number | undefined }>(
  events: readonly E[] | undefined,
  test: (event: E) => boolean,
): number[] =>
  (events ?? [])
    .filter(test)
    .map(({ ms }) => ms ?? 0)
    .sort((a, b) => a - b)

export default defineCause({
  id: 'delayed-delivery',
  stage: 'ailing',
  side: 'network',
  title: 'Delayed messages',
  symptom: 'The socket is open; messages come seconds after they were sent, many at once.',
  endings: ['open', 'closed'],
  needs: ['server', 'browser.events'],

  test: ({ evidence, ending }) => {
    const sent = times(
      evidence.server,
      (event) =>
        event.type === 'sent' ||
        (event.type === 'frame' && event.from === 'server' && (event.opcode ?? 8) < 8),
    )
    const received = times(evidence.browser?.events, (event) => event.type === 'message')
    const ways = received.slice(0, sent.length).map((ms, at) => ms - (sent[at] ?? ms))
    // Page and server count from beginnings of their own: only what one message took longer than another is known.
    const quickest = ways.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY)
    const delays = ways.filter((ms) => ms - quickest > LATE_MS)
    const bursts = received.length >= 4 && delays.length >= received.length / 3
    return sent.length > 0 && bursts
      ? likely(
          say(
            sentence`${delays.length} of ${received.length} messages took over ${LATE_MS} ms longer than the quickest`,
            'browser.events',
          ),
        )
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'Something collects bytes and passes them on in bursts: an inspecting proxy, an antivirus, compression without flush. `proxy_buffering` is not it: nginx ignores it for upgraded connections.',
    browser: 'Nothing fails. Only timestamps in the messages show it.',
    sure: 'Put the time into each message and compare at the other end.',
    sources: [{ title: 'nginx, WebSocket proxying', url: 'https://nginx.org/en/docs/http/websocket.html' }],
  },

  fix: (facts) => ({
    summary: sentence`Use wss:// so that proxies cannot buffer the stream, and find the one that does.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(secureAddressOf(facts))})`,
      },
    ],
  }),

  reproduce: 'delayed-delivery',
})
