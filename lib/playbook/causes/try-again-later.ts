import { defineCause } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'try-again-later',
  stage: 'closed',
  side: 'server',
  title: 'Server overloaded (1013)',
  symptom: 'close 1013.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) =>
    codeFinding(facts, [1013], {
      meant: ['rate-limited', 'too-many-connections', 'shutting-down', 'not-reading'],
    }),

  explain: {
    wire: 'The server sheds load and asks to come back later.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look at the load and at the number of connections.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Reconnect with growing pauses.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`setTimeout(connect, Math.min(60_000, 1000 * 2 ** attempt) * Math.random())`,
      },
    ],
  }),

  reproduce: null,
})
