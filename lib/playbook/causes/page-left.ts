import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { gaveUp } from '#lib/playbook/weighing/gave-up.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'page-left',
  stage: 'lost',
  side: 'client',
  title: 'User left the page',
  symptom: 'Only the server sees it, as 1001.',
  endings: ['pending', 'closed', 'broken', 'dropped'],
  needs: ['server', 'browser.events'],

  test: (facts) => {
    const { ending, page } = facts
    const said = toldByClient(facts.told, 'page-left')
    if (said) return weighed(likely(say(said.detail, said.from)), 0.8)
    const interrupted = facts.told.client.find(
      ({ means, program }) => means === 'interrupted' && program === 'firefox',
    )
    const early = gaveUp(facts)
    if (early) return weighed(possible(early.because), early.isAtOnce ? 0.55 : 0.3)
    if (ending.kind === 'dropped' && facts.clientGone) return weighed(possible(facts.clientGone), 0.7)
    if (ending.kind !== 'closed')
      return interrupted && !page.timed
        ? weighed(
            possible(
              say(
                'Firefox prints this for each socket of a page that is left or loaded again',
                interrupted.from,
              ),
            ),
            0.7,
          )
        : ruledOut(...ending.because)
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
