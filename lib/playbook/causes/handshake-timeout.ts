import { isSilence } from '#lib/evidence/probe-outcome.ts'
import { toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { handshakeCommand, hostOf } from '#lib/playbook/weighing/advice.ts'
import { failedMs } from '#lib/playbook/weighing/connect-finding.ts'
import { gaveUp } from '#lib/playbook/weighing/gave-up.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const SHORTEST_MS = 5000

export default defineCause({
  id: 'handshake-timeout',
  stage: 'handshake',
  side: 'server',
  title: 'No response to the handshake',
  symptom: 'The socket stays in CONNECTING, up to 240 s in Chromium.',
  endings: ['unanswered', 'pending', 'unopened'],
  needs: ['probe', 'server'],

  test: (facts) => {
    const { probe, ending } = facts
    const failure = probe?.failure
    if (isSilence(failure)) return likely(say('TCP connected, and no byte of an answer came', 'probe.end'))
    const told = toldByClient(facts.told, 'handshake-timeout')
    if (told?.unsure) return weighed(possible(say(told.detail, told.from)), 0.6)
    if (told) return likely(say(told.detail, told.from))
    const early = gaveUp(facts)
    if (early?.isAtOnce) return ruledOut(early.because)
    const left = facts.told.server.find(({ means }) => means === 'closed-before-answer')
    if (left) return ruledOut(say(left.detail, left.from))
    if (whyNotOpened(facts.told) || failure) return ruledOut(...ending.because)
    // Firefox gives a handshake 20 s, Chromium 240 s, clients outside of browsers what their makers chose.
    if (ending.kind === 'unopened' && (failedMs(facts) ?? 0) >= SHORTEST_MS)
      return weighed(possible(...ending.because), 0.55)
    if (ending.kind === 'unopened')
      return ruledOut(say('The socket failed on its own, without a timeout', 'browser.events'))
    return weighed(possible(...ending.because), 0.55)
  },

  explain: {
    wire: 'TCP (and TLS) connected, the request was sent, and nothing answers. The server does not read, a proxy waits for a dead backend, or the port belongs to another program.',
    browser: 'Nothing happens for 240 s in Chromium (20 s in Firefox), then an error event and 1006.',
    sure: 'Send the same request with curl and see whether it hangs as well. Look at the accept queue and at the server’s threads.',
    sources: [
      {
        title: 'Chromium, WebSocket handshake timeout',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Find out what holds the request: the server at ${hostOf(facts)} accepted the connection and stays silent. Check the path, the subprotocol, and that an upgrade handler takes this path: Node leaves an upgrade unanswered that no handler takes.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server: does anything listen for upgrades?`,
        text: js`console.log(server.listenerCount('upgrade'))`,
      },
      {
        program: 'shell',
        where: sentence`On the client`,
        text: handshakeCommand(facts),
      },
    ],
  }),

  reproduce: null,
})
