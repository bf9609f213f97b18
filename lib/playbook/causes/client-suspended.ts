import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { abortIn, gaveUpOver, isSeenByClient } from '#lib/playbook/weighing/client-side.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

/** What runs on phones for the most part. */
const OF_PHONES = ['apple', 'okhttp', 'dart', 'starscream', 'socketrocket']

function suspendedWeight(facts: Facts): number {
  const abort = abortIn(facts)
  if (abort === undefined) return 0.12
  return OF_PHONES.includes(abort.program ?? '') ? 0.9 : 0.65
}

export default defineCause({
  id: 'client-suspended',
  stage: 'lost',
  side: 'client',
  title: 'Client suspended',
  symptom:
    'The connection is gone when a laptop wakes, a phone is unlocked, or the user comes back to the tab.',
  endings: ['given-up', 'dropped', 'closed', 'silent', 'lost'],
  needs: ['browser.console', 'client'],

  test: (facts, signals) => {
    const { ending, told } = facts
    const said = toldByClient(told, 'suspended')
    if (said) return proven(say(said.detail, said.from))
    if (ending.kind === 'closed')
      return meaningOfReason(ending.reason) === 'suspended'
        ? likely(...ending.because)
        : ruledOut(...ending.because)
    if (ending.kind === 'given-up')
      return gaveUpOver(facts) === 'ping-timeout'
        ? weighed(possible(...ending.because), 0.3)
        : ruledOut(...ending.because)
    if (ending.kind === 'dropped' && facts.clientGone) return weighed(possible(facts.clientGone), 0.45)
    if (!isSeenByClient(facts)) return ruledOut(...ending.because)
    if (ending.kind === 'silent') return weighed(possible(...ending.because), 0.2)
    return dropFinding(facts, signals, suspendedWeight(facts))
  },

  explain: {
    wire: 'While a machine sleeps, its sockets do not answer: the other end, or a NAT between, forgets the connection. Browsers also freeze hidden tabs, phones stop apps in the background, and Safari closes the sockets of a page that enters the back/forward cache.',
    browser:
      'Chromium prints `ERR_NETWORK_IO_SUSPENDED`, Safari “WebSocket is closed due to suspension”. Often your page sees 1006 at the moment of waking.',
    sure: 'Log the time at intervals: a gap of minutes between two ticks is a sleep.',
    sources: [
      { title: 'Page Lifecycle, frozen', url: 'https://wicg.github.io/page-lifecycle/' },
      {
        title: 'Chromium, net error list',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      },
    ],
  },

  fix: () => ({
    summary: sentence`No fault of the server. Reconnect when the machine wakes or the tab is shown again, and fetch what was missed. A socket that slept can be dead and still say that it is open.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`let heardAt = Date.now()\nsocket.addEventListener('message', () => { heardAt = Date.now() })\nconst isDead = () => socket.readyState !== WebSocket.OPEN || Date.now() - heardAt > YOUR_HEARTBEAT_SECONDS * 1000\nfor (const event of ['visibilitychange', 'pageshow', 'online', 'resume'])\n  addEventListener(event, () => { if (!document.hidden && isDead()) { socket.close(); connect() } })`,
      },
    ],
  }),

  reproduce: null,
})
