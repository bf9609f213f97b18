import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { misfit, neverBeat } from '#lib/playbook/weighing/heartbeats.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { csharp, js, python } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

export default defineCause({
  id: 'client-ping-timeout',
  stage: 'lost',
  side: 'client',
  title: 'Client closed after an unanswered ping',
  symptom: '“ping timeout” at the client, or 1011 “keepalive ping timeout” that the client itself sent.',
  endings: ['given-up', 'closed'],
  isUmbrella: true,
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
    const because = said ? [say(said.detail, said.from)] : ending.because
    const unfit = misfit(facts)
    if (unfit) return weighed(likely(...because, unfit.because), 0.95)
    const silent = neverBeat(facts)
    return silent ? weighed(likely(...because, silent), 0.85) : weighed(likely(...because), 0.7)
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

  fix: (facts) =>
    fitting(facts) ??
    ofProgram(facts) ?? {
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
    },

  reproduce: 'half-open',
})

/** What its own settings are, and what an unanswered ping mostly is there. */
function ofProgram(facts: Facts): Fix | undefined {
  const { client } = facts.stack
  if (client.includes('signalr') && neverBeat(facts))
    return {
      summary: sentence`Let the server’s KeepAliveInterval (15 s, if it was not set) fit twice into the client’s serverTimeoutInMilliseconds (30 s, if it was not set). Where it does, look for what holds messages back: a proxy that buffers, or a server too busy to send.`,
      changes: [
        {
          program: 'browser',
          of: 'signalr',
          where: sentence`In the page: more than twice the server’s KeepAliveInterval`,
          text: js`connection.serverTimeoutInMilliseconds = YOUR_MILLISECONDS`,
        },
      ],
    }
  if (client.includes('okhttp'))
    return {
      summary: sentence`Open a new connection in onFailure. A phone that changes its network or sleeps loses its connections without a word, and the unanswered ping is how OkHttp finds out. If it happens with a good network too, look at whether the server answers pings.`,
      changes: [],
    }
  return undefined
}

/** Twice in the time that the client waits, so that one may be late. */
function fitting(facts: Facts): Fix | undefined {
  const { waitMs, program } = misfit(facts) ?? {}
  if (waitMs === undefined || program !== 'signalr') return undefined
  const seconds = Math.max(1, Math.floor(waitMs / 2000))
  return {
    summary: sentence`Let the server send its keep-alive at least twice in the time that the client waits, or let the client wait longer.`,
    changes: [
      {
        program: 'dotnet',
        of: 'signalr',
        where: sentence`SignalR server`,
        text: csharp`services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(${seconds}));`,
      },
      {
        program: 'browser',
        of: 'signalr',
        where: sentence`Or in the page: more than twice the server’s KeepAliveInterval`,
        text: js`connection.serverTimeoutInMilliseconds = YOUR_MILLISECONDS`,
      },
    ],
  }
}
