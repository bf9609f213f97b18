import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'invalid-data',
  stage: 'closed',
  side: 'server',
  title: 'Invalid data',
  symptom: 'close 1007 or 1003.',
  endings: ['closed', 'violated'],
  needs: ['server'],

  test: (facts) => {
    if (facts.ending.kind === 'closed')
      return codeFinding(facts, [1003, 1007], {
        from: 'either',
        meant: ['invalid-utf8', 'frame', 'compression'],
      })
    const told = toldByClient(facts.told, 'invalid-utf8')
    return told ? weighed(likely(say(told.detail, told.from)), 0.9) : ruledOut(...facts.ending.because)
  },

  explain: {
    wire: 'Text that is not UTF-8 (1007), or a type of message that the receiver does not take (1003).',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look at the bytes of the last text message; a binary buffer sent as text is usual.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Send binary data as binary messages.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.send(bytes)  // an ArrayBuffer, not a string made of it`,
      },
    ],
  }),

  reproduce: 'bad-utf8',
})
