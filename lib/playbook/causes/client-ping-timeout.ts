import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

export default defineCause({
  id: 'client-ping-timeout',
  stage: 'lost',
  side: 'client',
  title: 'Client closed after an unanswered ping',
  symptom: '“ping timeout” at the client, or 1011 “keepalive ping timeout” that the client itself sent.',
  endings: ['given-up', 'closed'],
  needs: ['client', 'server'],

  test: (facts) => {
    const { ending, told } = facts
    if (ending.kind === 'closed') {
      // A reason that does not tell which side closed.
      const isNamed = ending.code === 1011 && meaningOfReason(ending.reason) === 'ping-timeout'
      return isNamed && ending.seenBy === 'client'
        ? weighed(possible(...ending.because), 0.45)
        : ruledOut(...ending.because)
    }
    if (gaveUpOver(facts) !== 'ping-timeout') return ruledOut(...ending.because)
    const said = toldByClient(told, 'ping-timeout')
    return weighed(likely(...(said ? [say(said.detail, said.from)] : ending.because)), 0.7)
  },

  explain: {
    wire: 'The client sends pings, or expects those of the server, and ends the connection when none comes in time. It cannot tell who is at fault. The network can be dead, or the server does not answer. Or the client’s own event loop or hidden tab was too busy to read the answer.',
    browser:
      'Browsers send no pings of their own. In Socket.IO the server pings, and the client reports “ping timeout”. Chromium runs timers of a tab that is hidden for 5 min only once a minute.',
    sure: 'Look at the other end: if it sent or answered in time, the client was too busy to read. Measure how long the client’s event loop is blocked.',
    sources: [
      {
        title: 'websockets, keepalive',
        url: 'https://websockets.readthedocs.io/en/stable/topics/keepalive.html',
      },
      {
        title: 'Socket.IO, how it works',
        url: 'https://socket.io/docs/v4/how-it-works/#disconnection-detection',
      },
      {
        title: 'Chrome, timer throttling',
        url: 'https://developer.chrome.com/blog/timer-throttling-in-chrome-88',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Keep the client’s event loop free, do slow work elsewhere, and allow more time than its longest pause; reconnect when it happens.`,
    changes: [
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server: longer than the minute for which a hidden tab is throttled`,
        text: js`new Server(httpServer, { pingTimeout: 60_000 })`,
      },
      {
        program: 'python',
        of: 'websockets',
        at: 'client',
        where: sentence`Python client (websockets): seconds without a pong that are allowed`,
        text: python`connect(${python.string(plainAddressOf(facts))}, ping_timeout=YOUR_LONGEST_PAUSE)`,
      },
      {
        program: 'python',
        at: 'client',
        where: sentence`Python client: blocking work in a thread, so that pongs are read`,
        text: python`await asyncio.to_thread(handle, message)`,
      },
    ],
  }),

  reproduce: 'half-open',
})
