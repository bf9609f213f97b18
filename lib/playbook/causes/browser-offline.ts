import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'browser-offline',
  stage: 'page',
  side: 'client',
  title: 'Browser is offline',
  symptom: 'Every connection fails; navigator.onLine is false.',
  endings: ['blocked', 'unopened', 'dns', 'tcp'],
  needs: ['browser.console'],

  test: (facts) => {
    const { page, ending } = facts
    const finding =
      ending.kind === 'dns' || ending.kind === 'tcp'
        ? ruledOut(...ending.because)
        : blockedFinding(facts, 'offline')
    if (finding.is === 'proven') return finding
    if (page.offline && page.openedMs === undefined)
      return likely(say('navigator.onLine was false', 'browser.online'))
    if (facts.evidence.browser?.online === true)
      return ruledOut(say('navigator.onLine was true', 'browser.online'))
    return finding
  },

  explain: {
    wire: 'Nothing leaves the machine.',
    browser:
      'The page gets the same error event and 1006. `navigator.onLine` false is reliable; true only means that some interface is up.',
    sure: 'Load any other page.',
    sources: [
      {
        title: 'HTML, navigator.onLine',
        url: 'https://html.spec.whatwg.org/multipage/system-state.html#navigator.online',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Wait for the network, then reconnect.`,
    changes: [
      { program: 'browser', where: sentence`In the page`, text: js`addEventListener('online', connect)` },
    ],
  }),

  reproduce: null,
})
