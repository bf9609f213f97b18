import { serverPath } from '#lib/facts/backend.ts'
import { type ProbeView, wentSilent } from '#lib/facts/probe.ts'
import { defineCause, type Finding, likely, possible, ruledOut, say } from '#lib/playbook/cause.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { isSlow } from '#lib/playbook/weighing/slow-handshake.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Servers that end TCP in place of an answer do so at once. */
const PATIENCE_MS = 1500

/**
 * A slow handshake is the better story (whoever takes seconds for one may take them for the other), and so is a
 * peer that answered pings at first and none at the end.
 */
function ofProbe(probe: ProbeView | undefined): Finding | undefined {
  const { close } = probe?.evidence ?? {}
  const tookMs = (close?.answered_ms ?? 0) - (close?.sent_ms ?? 0)
  if ((close?.answer === 'fin' || close?.answer === 'rst') && tookMs > PATIENCE_MS) {
    const says = sentence`The probe sent a Close frame. The server did not answer it, and ended TCP ${secondsOf(tookMs)} later`
    return likely(say(says, 'probe.close'))
  }
  if (close?.answer !== null) return undefined
  const unanswered = say('The probe sent a Close frame, and the server did not answer it', 'probe.close')
  return isSlow(probe) || wentSilent(probe) ? possible(unanswered) : likely(unanswered)
}

export default defineCause({
  id: 'close-handshake-stalled',
  stage: 'lost',
  side: 'server',
  title: 'Close handshake not completed',
  symptom: 'After close() the socket stays in CLOSING, up to 60 s, and ends with 1006.',
  endings: ['closing', 'open'],
  needs: ['server'],

  test: ({ ending, backend, probe }) => {
    if (ending.kind === 'open') return ofProbe(probe) ?? ruledOut(...ending.because)
    const got = backend.clientClose
    return got
      ? likely(
          ...ending.because,
          say(sentence`The backend received the Close frame (${got.code})`, serverPath(got.at)),
        )
      : likely(...ending.because)
  },

  explain: {
    wire: 'The page sent a Close frame; the peer neither answered with its own nor, perhaps, read it.',
    browser: 'Chromium waits 60 s (Firefox 20 s) and reports 1006 although the page itself closed.',
    sure: 'Check that the server’s library sees the Close frame and that nothing blocks it.',
    sources: [{ title: 'RFC 6455 §7.1.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.1.2' }],
  },

  fix: () => ({
    summary: sentence`Let the server’s library answer Close frames, and never destroy the socket in the close event.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`socket.on('close', cleanUp)  // not: socket._socket.destroy()`,
      },
    ],
  }),

  reproduce: null,
})
