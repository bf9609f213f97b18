import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, weighed } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'no-status',
  stage: 'closed',
  side: 'server',
  title: 'Closed without a code (1005)',
  symptom: 'Close code 1005, clean.',
  endings: ['closed', 'closing'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    if (ending.kind === 'closing') return weighed(possible(...ending.because), 0.1)
    const finding = codeFinding(facts, [1005])
    // A message of the protocol above ended it: which code followed was not printed.
    const told = toldByClient(facts.told, 'closed-by-server')
    if (finding.is !== 'proven' || told === undefined) return finding
    return told.application === undefined
      ? likely(...finding.because)
      : weighed(possible(...finding.because), 0.3)
  },

  explain: {
    wire: 'An empty Close frame: `close()` without arguments. 1005 itself never travels.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Find the call to close() without a code on the other side.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Close with a code, so that both sides know why.`,
    changes: [{ program: 'node', where: sentence`Node server (ws)`, text: js`socket.close(1000, 'done')` }],
  }),

  reproduce: null,
})
