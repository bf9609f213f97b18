import { defineCause } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'browser-socket-limit',
  stage: 'page',
  side: 'client',
  title: 'Browser connection limit reached',
  symptom: 'New sockets fail instantly while others stay open.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console'],

  test: (facts) => blockedFinding(facts, 'socket-limit'),

  explain: {
    wire: 'Nothing: Chromium allows 255 WebSockets per group, Firefox 200. The next constructor fails without a packet.',
    browser: 'An error event and 1006 at once; the console says `Insufficient resources`.',
    sure: 'Count the sockets of all tabs in the developer tools. A page that reconnects without closing the old socket gets there in minutes.',
    sources: [
      {
        title: 'Chromium, socket pool limits',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/socket/client_socket_pool_manager.cc',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Keep one socket and share it; close the old one before opening the next.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`old?.close()\nold = new WebSocket(${js.string(addressOf(facts))})`,
      },
    ],
  }),

  reproduce: null,
})
