import { defineCause, possible, proven, ruledOut, weighed } from '#lib/playbook/cause.ts'
import { isLocalReport, mayTravel } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'unusual-close-code',
  stage: 'closed',
  side: 'server',
  title: 'Invalid close code',
  symptom: 'close with 1004, with 1016 to 2999, below 1000 or above 4999.',
  endings: ['closed', 'violated'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    if (ending.kind === 'violated') {
      const reserved = /reserved status code|must never be sent|invalid (close|status) code/i.test(
        ending.because.map(({ says }) => says).join(' '),
      )
      return reserved ? weighed(possible(...ending.because), 0.5) : ruledOut(...ending.because)
    }
    if (ending.kind !== 'closed' || ending.by === 'page') return ruledOut(...ending.because)
    const { code } = ending
    if (!mayTravel(code) && !isLocalReport(code)) return proven(...ending.because)
    return [1006, 1010, 1014, 1015].includes(code)
      ? weighed(possible(...ending.because), 0.4)
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'RFC 6455 reserves these codes. Chromium and Firefox report some of them all the same; `ws` refuses them, so the other side sees a protocol error.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look for the number in the server’s code.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Use 1000 for a normal end, 1011 for a failure, and 4000 to 4999 for your own meanings.`,
    changes: [
      { program: 'node', where: sentence`Node server (ws)`, text: js`socket.close(4001, 'session expired')` },
    ],
  }),

  reproduce: null,
})
