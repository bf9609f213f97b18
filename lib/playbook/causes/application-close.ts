import { defineCause, likely, proven, ruledOut, weighed } from '#lib/playbook/cause.ts'
import { ruleOf } from '#lib/playbook/intermediaries/services.ts'
import { isApplicationCode, SUBPROTOCOL_NOT_ACCEPTABLE } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'application-close',
  stage: 'closed',
  side: 'server',
  title: 'Application close code (3000–4999)',
  symptom: 'Close code 3000 to 4999.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    const own = ending.kind === 'closed' && ending.by === 'peer' && isApplicationCode(ending.code)
    if (!own) return ruledOut(...ending.because)
    // Where the code is known to name another cause, that says more.
    const isNamed = ending.code === SUBPROTOCOL_NOT_ACCEPTABLE || ruleOf(facts.target.host, ending.code)
    return isNamed ? weighed(likely(...ending.because), 0.4) : proven(...ending.because)
  },

  explain: {
    wire: 'Codes from 4000 belong to the application, those from 3000 to registered libraries. graphql-ws sends 4401 and 4403, Discord 4004, and so on.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look the code up in the documentation of the server’s library.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => ({
    summary: sentence`Do what the application means by ${facts.ending.kind === 'closed' ? facts.ending.code : 'the code'}.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.onclose = ({ code, reason }) => console.warn(code, reason)`,
      },
    ],
  }),

  reproduce: 'close',
})
