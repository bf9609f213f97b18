import { defineCause, likely, possible, ruledOut, weighed } from '#lib/playbook/cause.ts'
import { checkFinding } from '#lib/playbook/weighing/check-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

export default defineCause({
  id: 'extension-mismatch',
  stage: 'handshake',
  side: 'server',
  title: 'Extension mismatch',
  symptom:
    'A 101 names an extension that the client did not ask for, or compressed frames come without agreement.',
  endings: ['refused-101', 'unopened', 'violated', 'broken', 'closed'],
  needs: ['probe', 'browser.console'],

  test: (facts) => {
    const { ending } = facts
    if (ending.kind === 'closed')
      return ending.code === 1010 ? likely(...ending.because) : ruledOut(...ending.because)
    if (ending.kind === 'broken') return weighed(possible(...ending.because), 0.3)
    if (ending.kind !== 'violated') return checkFinding(facts, 'extension')
    // A reserved bit or bytes that do not inflate: both ends disagree on compression.
    const compressed = /reserved bit|RSV|compress|inflate|invalid frame header/i.test(
      ending.because.map(({ says }) => says).join(' '),
    )
    return compressed || facts.page.extensions !== ''
      ? weighed(possible(...ending.because), 0.5)
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'The server names an extension in `Sec-WebSocket-Extensions` that the client did not offer, or uses bits that only a negotiated extension may use.',
    browser:
      'The browser rejects the 101: an error event, then 1006. The console names the reason. Proxies forward it and log success.',
    sure: 'Probe without extensions and compare.',
    sources: [{ title: 'RFC 6455 §9.1', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-9.1' }],
  },

  fix: () => ({
    summary: sentence`Answer only extensions that the client offered; switch compression off to be sure.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, perMessageDeflate: false })`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`serve(handler, YOUR_HOST, YOUR_PORT, compression=None)`,
      },
    ],
  }),

  reproduce: null,
})
