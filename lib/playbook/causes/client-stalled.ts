import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

export default defineCause({
  id: 'client-stalled',
  stage: 'lost',
  side: 'client',
  title: 'Client too busy to answer',
  symptom: 'Pings are missed while the client computes, or while its tab is hidden.',
  endings: ['given-up', 'closed'],
  needs: ['client', 'server'],

  test: (facts) => {
    const { ending, told, backend } = facts
    const said = toldByClient(told, 'stalled')
    if (said) return proven(say(said.detail, said.from))
    if (ending.kind === 'closed') {
      const isMissed = meaningOfReason(ending.reason) === 'ping-timeout'
      return isMissed ? weighed(possible(...ending.because), 0.3) : ruledOut(...ending.because)
    }
    if (gaveUpOver(facts) !== 'ping-timeout') return ruledOut(...ending.because)
    // The server went on sending up to the end: what the client missed was there to be read.
    const lastMs = backend.recorded ? backend.lastMessageMs : undefined
    const endMs = facts.cuts.page?.ageMs
    if (lastMs !== undefined && endMs !== undefined && endMs - lastMs < 5000 && backend.messages > 1)
      return weighed(
        likely(say('The server sent up to the end, and the client did not read it', 'server')),
        0.9,
      )
    return weighed(possible(...ending.because), 0.5)
  },

  explain: {
    wire: 'The answer was on its way or already in the client’s buffer. The client did not read it in time. Synchronous work blocks the event loop, a queue of messages grows, or the browser throttles the timers of a hidden tab.',
    browser:
      'In a tab that is hidden for 5 min, Chromium runs chained timers once a minute. Your page’s own heartbeat then comes too late.',
    sure: 'Log the time between two ticks of a timer of 1 s. A gap as long as the ping timeout proves it.',
    sources: [
      {
        title: 'Chrome, timer throttling',
        url: 'https://developer.chrome.com/blog/timer-throttling-in-chrome-88',
      },
      {
        title: 'websockets, keepalive',
        url: 'https://websockets.readthedocs.io/en/stable/topics/keepalive.html',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Move work out of the event loop, answer heartbeats from a worker, and reconnect when the page becomes visible again.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`document.addEventListener('visibilitychange', () => { if (!document.hidden && socket.readyState !== WebSocket.OPEN) connect() })`,
      },
      {
        program: 'node',
        at: 'client',
        where: sentence`Node client: how long the event loop was blocked`,
        text: js`import { monitorEventLoopDelay } from 'node:perf_hooks'\nconst delay = monitorEventLoopDelay()\ndelay.enable()\nsetInterval(() => console.log(delay.max / 1e6, 'ms'), 1000)`,
      },
      {
        program: 'python',
        at: 'client',
        where: sentence`Python client`,
        text: python`await asyncio.to_thread(handle, message)`,
      },
    ],
  }),

  reproduce: 'drop-pongs',
})
