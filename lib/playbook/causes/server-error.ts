import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { refusedSince } from '#lib/facts/retries.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { OWN_SETTINGS } from '#lib/playbook/weighing/own-settings.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { go } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/**
 * Both libraries refuse by themselves with these only where they cannot take the connection over: gorilla/websocket
 * `Upgrader.Upgrade`, coder/websocket `Accept`.
 */
const isHijackHidden = ({ answer, stack, told }: Facts): boolean =>
  !told.server.some(({ means }) => OF_REQUEST.has(means)) &&
  ((answer?.status === 500 && stack.server.includes('gorilla')) ||
    (answer?.status === 501 && stack.server.includes('coder-websocket')))

/** The server says what it minds in the request: that it answered 500 is its way to say so. */
const OF_REQUEST: ReadonlySet<Meaning> = new Set([
  'upgrade-missing',
  'http-version',
  'handshake-header',
  'origin-refused',
  'origin-missing',
  'host-refused',
  'unauthorized',
  'forbidden',
  'no-route',
  'subprotocol',
  'session-unknown',
])

/** A proxy’s own words for an answer that no server had a part in. */
const OF_PROXY: ReadonlySet<Meaning> = new Set([
  'backend-refused',
  'backend-unresolved',
  'upgrade-not-allowed',
])

const ASGI = ['daphne', 'uvicorn', 'django', 'starlette']

function summaryOf(facts: Facts): Sentence {
  const { answer, stack } = facts
  if (isHijackHidden(facts))
    return sentence`Let the library take the connection over. A middleware before the handler (for logs, metrics, compression, or http.TimeoutHandler) wraps http.ResponseWriter and hides its http.Hijacker.`
  return answer?.status === 500 && stack.server.some((id) => ASGI.includes(id))
    ? sentence`Read the server’s log for the exception behind the answer. Django Channels raises one where no route of its URLRouter fits ${pathOf(facts)}, and where its ProtocolTypeRouter has no "websocket".`
    : sentence`Read the server’s log for the exception behind the answer.`
}

export default defineCause({
  id: 'server-error',
  stage: 'handshake',
  side: 'server',
  title: 'Server error during the handshake',
  symptom: 'The handshake is answered with 500 or 503.',
  endings: ['answered', 'unanswered', 'unopened'],
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
        ...OWN_SETTINGS,
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
    const unreached = facts.told.proxy.find(({ means }) => OF_PROXY.has(means))
    if (unreached && answer) return ruledOut(say(unreached.detail, unreached.from))
    const failed = facts.told.server.find(({ means }) => means === 'handler-failed')
    if (failed?.unsure && !answer)
      return weighed(possible(say(sentence`The server says: ${failed.detail}`, failed.from)), 0.6)
    if (failed && !answer)
      return weighed(likely(say(sentence`The server says: ${failed.detail}`, failed.from)), 0.8)
    // A handler that throws may hang up. Without its word for that there is nothing of an error in it.
    if (ending.kind === 'unanswered') return ruledOut(...ending.because)
    const reason = facts.told.server.find(({ means }) => means === 'no-websocket-support')
    if (reason) return weighed(possible(say(reason.detail, reason.from)), 0.1)
    const gone = answer && refusedSince(facts.retries)
    if (gone)
      return likely(
        ...ending.because,
        say('The next connection was refused: the process has ended', gone.from),
      )
    const minded = facts.told.server.find(({ means }) => OF_REQUEST.has(means))
    if (minded) return weighed(possible(say(minded.detail, minded.from)), 0.2)
    const limit = toldByAny(facts.told, 'too-many-connections', 'rate-limited')
    if (limit) return weighed(possible(say(limit.detail, limit.from)), 0.3)
    if (isHijackHidden(facts))
      return weighed(
        likely(
          say('The Go library itself answers so where it cannot take the connection over', 'probe.http'),
        ),
        0.9,
      )
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

  fix: (facts) => ({
    summary: refusedSince(facts.retries)
      ? sentence`The server’s process ended over this request. Read the last lines of its log: an exception that nothing catches, or an exit. Accepting a subprotocol that was not asked for is one in some libraries.`
      : summaryOf(facts),
    changes: [
      ...(isHijackHidden(facts)
        ? [
            {
              program: 'go',
              where: sentence`Go, beside the other methods of the middleware’s writer`,
              text: go`func (w *YOUR_WRITER) Hijack() (net.Conn, *bufio.ReadWriter, error) {\n\treturn w.ResponseWriter.(http.Hijacker).Hijack()\n}`,
            } as const,
          ]
        : []),
      {
        program: 'shell',
        where: sentence`On the server`,
        text: shell`journalctl -u YOUR_SERVICE --since "10 min ago"`,
      },
    ],
  }),

  reproduce: null,
})
