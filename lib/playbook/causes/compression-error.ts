import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { type Because, defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { worksWithoutCompression } from '#lib/playbook/weighing/client-side.ts'
import { sentence } from '#lib/text/foreign.ts'
import { go, js, python } from '#lib/text/languages.ts'

const RSV1 = 4

/** A frame with the bit of permessage-deflate. */
function compressedFrame({ probe }: Facts): Because | undefined {
  const at = (probe?.frames ?? []).findIndex(
    ({ rsv = 0, opcode }) => rsv === RSV1 && opcode > 0 && opcode < 8,
  )
  return at < 0 ? undefined : say('A data frame has RSV1 set, the bit of compression', `probe.frames[${at}]`)
}

/** Ends that only a comparison blames on compression. */
const WITHOUT_A_WORD: ReadonlySet<string> = new Set(['dropped', 'open'])

export default defineCause({
  id: 'compression-error',
  stage: 'lost',
  side: 'server',
  title: 'Compression error (permessage-deflate)',
  symptom: 'The connection opens and ends with a protocol error once a message is compressed.',
  endings: ['violated', 'broken', 'closed', 'refused-101', 'unopened', 'lost', 'dropped', 'open'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, told, page, retries, probe } = facts
    const said = toldByAny(told, 'compression')
    if (said) return weighed(likely(say(said.detail, said.from)), 0.8)
    const without = worksWithoutCompression(facts)
    if (without) return weighed(likely(without), 0.85)
    if (WITHOUT_A_WORD.has(ending.kind)) return ruledOut(...ending.because)
    const offered = retries.compression[0]
    if (probe?.opened && offered && !offered.opened && ending.kind === 'unopened')
      return likely(say('With an offer of compression the same handshake fails', offered.from))
    if (ending.kind === 'unopened' || ending.kind === 'refused-101') return ruledOut(...ending.because)
    if (ending.kind === 'closed') {
      // A peer that cannot inflate calls it a protocol error.
      return ending.code === 1002 || ending.code === 1007
        ? weighed(possible(...ending.because), 0.35)
        : ruledOut(...ending.because)
    }
    const frame = compressedFrame(facts)
    if (frame) return weighed(possible(...ending.because, frame), 0.5)
    if (probe?.end?.kind === 'violation')
      return ruledOut(say(probe.end.violation.says, probe.end.violation.from))
    return weighed(possible(...ending.because), page.extensions !== '' ? 0.45 : 0.3)
  },

  explain: {
    wire: 'Both ends agreed on permessage-deflate and one does it wrongly, or one compresses without agreement. Apple’s NSURLSession (Safari, iOS) fails with some servers’ compression; proxies that rewrite frames break it too. The receiver cannot inflate and closes with 1002 or 1007.',
    browser:
      'Chromium prints “Invalid frame header” or an inflate error, Safari “kNWErrorDomainPOSIX error 100 - Protocol error”. Your page sees an error event and 1006.',
    sure: 'Turn compression off at the server. If the fault is gone, it was compression.',
    sources: [
      { title: 'RFC 7692, permessage-deflate', url: 'https://www.rfc-editor.org/rfc/rfc7692' },
      { title: 'ws, WebSocket compression', url: 'https://github.com/websockets/ws#websocket-compression' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Turn permessage-deflate compression off at the server.`,
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
      {
        program: 'go',
        where: sentence`Go server (coder/websocket)`,
        text: go`websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})`,
      },
      {
        program: 'node',
        at: 'client',
        where: sentence`Node client (ws)`,
        text: js`new WebSocket(${js.string(plainAddressOf(facts))}, { perMessageDeflate: false })`,
      },
    ],
  }),

  reproduce: 'reserved-bits',
})
