import { defineCause } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** What a policy is about. */
const OF_POLICY: readonly Meaning[] = [
  'unauthorized',
  'forbidden',
  'origin-refused',
  'rate-limited',
  'too-many-connections',
  'idle-timeout',
  'too-big',
]

export default defineCause({
  id: 'policy-violation',
  stage: 'closed',
  side: 'server',
  title: 'Policy violation (1008)',
  symptom: 'close 1008.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => codeFinding(facts, [1008], { meant: OF_POLICY }),

  explain: {
    wire: 'The server accepted the handshake and closed with 1008: a token, an origin, a rate, whatever its policy is. A refused handshake is 1006, never 1008.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'The reason, if given, names the rule; the server’s log does.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => ({
    summary: sentence`Satisfy the rule that the reason names${facts.ending.kind === 'closed' && facts.ending.reason ? `: “${facts.ending.reason}”` : ''}.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.onclose = ({ code, reason }) => { if (code === 1008) signInAgain(reason) }`,
      },
    ],
  }),

  reproduce: null,
})
