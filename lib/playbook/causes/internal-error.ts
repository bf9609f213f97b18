import { defineCause, possible, weighed } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'internal-error',
  stage: 'closed',
  side: 'server',
  title: 'Server error while open (1011)',
  symptom: 'close 1011.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    const finding = codeFinding(facts, [1011], { meant: ['handler-failed', 'ping-timeout'] })
    const heartbeat = ending.kind === 'closed' && /ping|pong|keep-?alive|heartbeat/i.test(ending.reason)
    return heartbeat && finding.is === 'proven' ? weighed(possible(...ending.because), 0.5) : finding
  },

  explain: {
    wire: 'An exception in the server’s handler: uvicorn and Python `websockets` close with 1011 then, `ws` leaves it to the program.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'The server’s log has the exception. “keepalive ping timeout” in the reason is a missed pong instead.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Catch the exception that the server’s log shows at that moment.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`socket.on('message', (data) => { try { handle(data) } catch (error) { log(error) } })`,
      },
    ],
  }),

  reproduce: null,
})
