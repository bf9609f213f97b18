import { refusedSince } from '#lib/facts/retries.ts'
import { ENDS_OF_BOTH, toldByAny, toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'handshake-closed',
  stage: 'handshake',
  side: 'server',
  title: 'Closed before the handshake response',
  symptom: 'Fails immediately, without an HTTP status.',
  endings: ['tls', 'unanswered', 'unopened'],
  needs: ['probe', 'server'],

  test: (facts) => {
    const { probe, ending } = facts
    const failure = probe?.failure
    if (ending.kind === 'tls') {
      const cut =
        failure?.stage === 'tls' &&
        /ECONNRESET|EPIPE|ECONNABORTED|disconnected/i.test(`${failure.code} ${failure.message}`)
      return cut
        ? likely(say(sentence`The connection was cut during TLS (${failure.code})`, 'probe.tls'))
        : ruledOut(...ending.because)
    }
    const told = toldByClient(facts.told, 'closed-before-answer', ...ENDS_OF_BOTH)
    if (failure?.stage === 'handshake' && (failure.how === 'closed' || failure.how === 'reset')) {
      const gone = refusedSince(facts.retries)
      const path = gone ? undefined : toldByAny(facts.told, 'no-route')
      if (path) return weighed(possible(say(path.detail, path.from)), 0.3)
      const since = gone ? [say('The next connection was refused: the process has ended', gone.from)] : []
      return likely(
        ...since,
        say(
          `The peer ${failure.how === 'reset' ? 'reset' : 'closed'} the connection before it answered`,
          'probe.end',
        ),
      )
    }
    // What came to the server was not its protocol, and it says so.
    const foreign = facts.told.server.find(({ means }) => means === 'application-protocol')
    if (foreign) return weighed(possible(say(foreign.detail, foreign.from)), 0.4)
    // A server tells of whoever came and left without a request: a health check, mostly.
    const left = facts.told.server.find(({ means }) => means === 'closed-before-answer')
    if (left && told === undefined) return weighed(possible(say(left.detail, left.from)), 0.6)
    if (told) {
      const because = say(told.detail, told.from)
      const isOfBoth = ENDS_OF_BOTH.has(told.means) && facts.page.error === undefined
      return isOfBoth ? possible(because) : likely(because)
    }
    if (whyNotOpened(facts.told) || failure || probe?.opened) return ruledOut(...ending.because)
    return possible(...ending.because)
  },

  explain: {
    wire: 'The peer accepted TCP, read the request or not, and ended the connection with FIN or RST without a byte of HTTP. The server crashed on the upgrade or expects TLS, or a firewall closed it.',
    browser:
      'An error event and 1006; the console says `Connection closed before receiving a handshake response`.',
    sure: 'Look for an exception in the server at that moment. Node closes a socket like this when no listener takes `upgrade`.',
    sources: [
      { title: 'Node.js, the upgrade event', url: 'https://nodejs.org/api/http.html#event-upgrade_1' },
    ],
  },

  fix: (facts) => ({
    summary: refusedSince(facts.retries)
      ? sentence`The server’s process ended over this request. Read the last lines of its log: an exception that nothing catches, or an exit.`
      : sentence`Find out why the server closes the connection, and make it answer the Upgrade request. A development server that proxies this path (Vite, webpack) hangs up like this where its target is down.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, onSocket))`,
      },
    ],
  }),

  reproduce: 'handshake-closed',
})
