import { defineCause, likely, ruledOut, weighed } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'page-left',
  stage: 'lost',
  side: 'client',
  title: 'User left the page',
  symptom: 'Only the server sees it, as 1001.',
  endings: ['closed'],
  needs: ['server', 'browser.events'],

  test: ({ ending }) => {
    if (ending.kind !== 'closed') return ruledOut(...ending.because)
    // WebKit's own words when a page enters the back/forward cache: no server says them.
    if (/suspension/i.test(ending.reason)) return weighed(likely(...ending.because), 0.9)
    if (ending.code === 1001 && ending.by === 'page') return likely(...ending.because)
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'The person navigated, reloaded or closed the tab. The browser sends a Close frame with 1001 and forgets the socket. Safari does it when a page enters the back/forward cache.',
    browser: 'The page no longer runs, so it sees nothing.',
    sure: 'Only the server sees 1001 from the client. This is not a failure.',
    sources: [
      { title: 'RFC 6455 §7.4.1, 1001', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1' },
    ],
  },

  fix: () => ({
    summary: sentence`Nothing to repair: treat 1001 from a client as a normal end.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`addEventListener('pageshow', (event) => { if (event.persisted) connect() })`,
      },
    ],
  }),

  reproduce: null,
})
