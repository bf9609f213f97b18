import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient, VIOLATIONS } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { isLocalReport } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
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
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, page, probe } = facts
    if (ending.kind === 'closed') {
      // What exactly broke the protocol, a finer cause may say.
      if (ending.code === 1002 && (ending.by === 'peer' || ending.seenBy === 'client'))
        return likely(...ending.because)
      return neverSent(facts, ending.code) ? likely(...ending.because) : ruledOut(...ending.because)
    }
    if (ending.kind === 'broken') return weighed(possible(...ending.because), 0.6)
    const told = toldByClient(facts.told, ...VIOLATIONS)
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
    return likely(...ending.because)
  },

  explain: {
    wire: 'A frame that RFC 6455 forbids: masked by the server, reserved bits set, text that is not UTF-8, a close code that must not be sent, HTTP text after the 101 (two handlers on one upgrade).',
    browser:
      'An error event after `open` is the sign: Chromium fires none when the transport is merely lost. The console names the rule; the server receives 1002 with a reason.',
    sure: 'Capture the frames with a probe.',
    sources: [{ title: 'RFC 6455 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.2' }],
  },

  fix: () => ({
    summary: sentence`Send frames through one WebSocket library only, let one handler own the upgrade, and try without compression (permessage-deflate).`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`server.listeners('upgrade').length === 1 || console.warn('two upgrade handlers')`,
      },
      {
        program: 'node',
        where: sentence`Node server (ws): to exclude compression`,
        text: js`new WebSocketServer({ server, perMessageDeflate: false })`,
      },
    ],
  }),

  reproduce: 'masked-frame',
})
