import { defineCause } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'normal-closure',
  stage: 'closed',
  side: 'server',
  title: 'The server closed normally',
  symptom: 'close 1000, clean.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => codeFinding(facts, [1000]),

  explain: {
    wire: 'The server sent a Close frame with 1000: it is done.',
    browser:
      'The browser reports the code and the reason as they came; this is the one kind of failure that script can read.',
    sure: 'Look in the server for the call that closes.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Nothing is broken; reconnect only if the page still needs the socket.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.onclose = ({ code }) => { if (code !== 1000) reconnect() }`,
      },
    ],
  }),

  reproduce: null,
})
