import { noticeOf } from '#lib/facts/proxy.ts'
import { refusedSince } from '#lib/facts/retries.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'server-error',
  stage: 'handshake',
  side: 'server',
  title: 'Server error during the handshake',
  symptom: 'The handshake is answered with 500 or 503.',
  endings: ['answered', 'unopened'],
  needs: ['server', 'proxy.access_log'],

  test: (facts) => {
    const { answer, ending } = facts
    if (
      answer &&
      (answer.status < 500 ||
        answer.status === 511 ||
        (answer.status >= 520 && answer.status <= 530 && answer.status !== 529) ||
        [502, 504, 505].includes(answer.status))
    )
      return ruledOut(...ending.because)
    if (
      noticeOf(
        facts.proxy,
        'no-protocol-handler',
        'connection-limit',
        'request-limit',
        'connect-refused',
        'connect-failed',
        'no-live-upstream',
      )
    ) {
      return ruledOut(say('The proxy logged its own reason', 'proxy.error_log'))
    }
    const end = terminationOf(facts.proxy)
    if (end?.phase === 'connect' || end?.phase === 'queue')
      return ruledOut(say(sentence`HAProxy answered itself (${end.flags})`, end.from))
    const failed = facts.told.server.find(({ means }) => means === 'handler-failed')
    if (failed && !answer)
      return weighed(likely(say(sentence`The server says: ${failed.detail}`, failed.from)), 0.8)
    const reason = facts.told.server.find(({ means }) => means === 'no-websocket-support')
    if (reason) return weighed(possible(say(reason.detail, reason.from)), 0.1)
    const gone = answer && refusedSince(facts.retries)
    if (gone)
      return likely(
        ...ending.because,
        say('The next connection was refused: the process has ended', gone.from),
      )
    const limit = toldByAny(facts.told, 'too-many-connections', 'rate-limited')
    if (limit) return weighed(possible(say(limit.detail, limit.from)), 0.3)
    if (answer?.by === 'backend') return likely(...answer.because)
    if (answer?.status === 503) return weighed(possible(...ending.because), 0.45)
    return answer ? weighed(likely(...ending.because), 0.6) : weighed(possible(...ending.because), 0.2)
  },

  explain: {
    wire: 'An exception, a failed start, a deployment that drains: the server answered that it could not.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Read the server’s log at that moment.',
    sources: [{ title: 'RFC 9110 §15.6', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6' }],
  },

  fix: ({ retries }) => ({
    summary: refusedSince(retries)
      ? sentence`The server’s process ended over this request. Read the last lines of its log: an exception that nothing catches, or an exit. Accepting a subprotocol that was not asked for is one in some libraries.`
      : sentence`Read the server’s log for the exception behind the answer.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the server`,
        text: shell`journalctl -u YOUR_SERVICE --since "10 min ago"`,
      },
    ],
  }),

  reproduce: null,
})
