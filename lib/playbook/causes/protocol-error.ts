import type { ViolatedRule, Violation } from '#lib/evidence/violation.ts'
import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient, VIOLATIONS } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { isErrorPage } from '#lib/playbook/weighing/second-answer.ts'
import { isLocalReport } from '#lib/protocol/close-codes.ts'
import { excerpt, type Sentence, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** A Close frame carried a code that no frame may carry; Firefox reports it as it came, RFC 6455 §7.4.1 forbids it. */
const neverSent = ({ ending, page }: Facts, code: number): boolean =>
  isLocalReport(code) && code !== 1005 && ending.seenBy === 'browser' && page.openedMs !== undefined

export default defineCause({
  id: 'protocol-error',
  stage: 'lost',
  side: 'server',
  title: 'Protocol error: invalid frames',
  symptom: 'An error event after open, then 1006; or close code 1002.',
  endings: ['violated', 'broken', 'closed'],
  isUmbrella: true,
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, page, probe } = facts
    if (ending.kind === 'closed') {
      // What exactly broke the protocol, a finer cause may say.
      if (ending.code === 1002 && (ending.by === 'peer' || ending.seenBy === 'client'))
        // Libraries close a disagreement over the subprotocol with the same code.
        return facts.lastWords?.means === 'subprotocol'
          ? weighed(possible(...ending.because), 0.3)
          : likely(...ending.because)
      return neverSent(facts, ending.code) ? likely(...ending.because) : ruledOut(...ending.because)
    }
    if (ending.kind === 'broken') return weighed(possible(...ending.because), 0.6)
    const told = toldByClient(facts.told, ...VIOLATIONS)
    if (told?.means === 'invalid-utf8') return weighed(possible(say(told.detail, told.from)), 0.3)
    if (told) return likely(say(told.detail, told.from))
    if (facts.backend.clientClose?.code === 1002) {
      return likely(
        ...ending.because,
        say(
          sentence`The client closed with 1002: “${facts.backend.clientClose.reason}”`,
          serverPath(facts.backend.clientClose.at),
        ),
      )
    }
    if (ending.seenBy === 'browser') {
      const fired = say('An error event came after the socket had opened', pageEventPath(page, page.errorAt))
      // The probe read the very bytes over which the browser ended it.
      const broken = probe?.end?.kind === 'violation' ? probe.end.violation : undefined
      return broken ? likely(say(broken.says, broken.from), fired) : likely(fired)
    }
    if (isErrorPage(facts)) return weighed(possible(...ending.because), 0.3)
    const violation = violationOf(facts)
    const accepted = violation?.firefoxAccepts
      ? [say('Chromium ends the connection over it with 1006, and Firefox goes on', violation.from)]
      : []
    return likely(...ending.because, ...accepted)
  },

  explain: {
    wire: 'A frame breaks RFC 6455. It is masked by the server, has reserved bits set, text that is not UTF-8 or a forbidden close code. Or HTTP text follows the 101 (two handlers on one upgrade).',
    browser:
      'An error event after `open` is the sign: Chromium fires none when the transport is merely lost. The console names the rule; the server receives 1002 with a reason.',
    sure: 'Capture the frames with a probe.',
    sources: [{ title: 'RFC 6455 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.2' }],
  },

  fix: (facts) => {
    const rule = violationOf(facts)?.rule
    return {
      summary: summaryOf(facts, rule),
      changes: [
        ...(rule === undefined || rule === 'reserved-bit'
          ? [
              {
                program: 'node',
                where: sentence`Node server (ws): to exclude compression`,
                text: js`new WebSocketServer({ server, perMessageDeflate: false })`,
              } as const,
            ]
          : []),
        ...(rule === 'utf8'
          ? [
              {
                program: 'node',
                where: sentence`Node server (ws): bytes as a binary message`,
                text: js`socket.send(buffer, { binary: true })`,
              } as const,
            ]
          : []),
        ...(rule === 'close-frame'
          ? [
              {
                program: 'node',
                where: sentence`Node server (ws)`,
                text: js`socket.close(1000, 'done')`,
              } as const,
            ]
          : []),
      ],
    }
  },

  reproduce: 'masked-frame',
})

/** What the probe read, where it was the probe. */
const violationOf = ({ probe }: Facts): Violation | undefined =>
  probe?.end?.kind === 'violation' ? probe.end.violation : undefined

/** What to change at the server, by the rule that its bytes break. */
const BY_RULE: Readonly<Record<ViolatedRule, Sentence>> = {
  masked: sentence`Send the server’s frames without a mask. Only clients mask: a client’s encoder is used at the server, or a relay passes on the frames of a client as they came.`,
  'no-frame': sentence`Write to the connection through the WebSocket library only. The server sent bytes that are not a frame, or a type of frame that does not exist.`,
  'reserved-bit': sentence`Compress only where the handshake agreed on it. The probe asked for no compression, and a frame has the bit of one.`,
  'long-length': sentence`Write each payload length in its shortest form: 7 bits up to 125, 16 bits up to 65,535, 64 bits above.`,
  'control-frame': sentence`Send pings, pongs, and Close frames whole and with 125 bytes at most. Shorten the reason of the Close frame.`,
  fragments: sentence`Finish one message before the next begins. Two threads that write to one connection need a lock or a queue.`,
  utf8: sentence`Send bytes as a binary message. A text message must be UTF-8, whole and never cut within a character.`,
  'close-frame': sentence`Close with a code that may be sent, 1000 or 3000 to 4999, or with none. 1005, 1006 and 1015 are for reports only.`,
  length: sentence`Correct the length that the frame announces: no message is that long.`,
}

function summaryOf(facts: Facts, rule: ViolatedRule | undefined): Sentence {
  const text = facts.probe?.evidence.not_frames?.text_start
  if (text !== undefined) {
    return sentence`Write to the connection through the WebSocket library only: after the 101 the server wrote “${excerpt(text, 80)}” as bare text. Send that as a message, or refuse the handshake with it.`
  }
  if (rule !== undefined) return BY_RULE[rule]
  if (facts.ending.kind === 'closed' && facts.ending.by === 'peer') {
    return sentence`Read the server’s log for the rule: 1002 says that it read bytes that are not a valid frame. A proxy that changes them, a client that writes frames itself, and compression are the usual reasons.`
  }
  return sentence`Send frames through one WebSocket library only, let one handler own the upgrade, and try without compression (permessage-deflate).`
}
