import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { checkFinding } from '#lib/playbook/weighing/check-finding.ts'
import { subprotocolNamed } from '#lib/playbook/weighing/refusal-words.ts'
import { isToken } from '#lib/protocol/token.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

const wanted = ({ target }: Facts): string => target.subprotocols.find(isToken) ?? 'YOUR_SUBPROTOCOL'

export default defineCause({
  id: 'subprotocol-mismatch',
  stage: 'handshake',
  side: 'server',
  title: 'Client and server agree on no subprotocol',
  symptom: 'A 101 comes, and the browser refuses its subprotocol.',
  endings: ['refused-101', 'answered', 'unopened'],
  needs: ['probe', 'browser.console', 'retries.subprotocols'],

  test: (facts) => {
    const { ending, retries, target } = facts
    if (ending.kind !== 'answered') return checkFinding(facts, 'subprotocol')
    // Some servers refuse the handshake where others answer 101 without a subprotocol.
    const without = retries.subprotocols.find((retry) => retry.opened)
    const words = target.subprotocols.length > 0 ? subprotocolNamed(facts) : undefined
    if (words) return likely(words)
    return without
      ? likely(say('With other subprotocols the same handshake is accepted', without.from))
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'The server picked a subprotocol that was not asked for, or none although some were. Chromium refuses both; Firefox accepts none.',
    browser:
      'The browser checks the 101 and drops the connection: an error event and 1006, the reason in the console. Proxies pass such a 101 on and log success.',
    sure: 'Probe with the same list of subprotocols.',
    sources: [{ title: 'RFC 6455 §4.1', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1' }],
  },

  fix: (facts) => ({
    summary: sentence`Have the server pick one of ${facts.target.subprotocols.join(', ') || 'those asked for'}, or ask for none.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, handleProtocols: (offered) => offered.has(${js.string(wanted(facts))}) ? ${js.string(wanted(facts))} : false })`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`serve(handler, YOUR_HOST, YOUR_PORT, subprotocols=[${python.string(wanted(facts))}])`,
      },
    ],
  }),

  reproduce: 'no-subprotocol',
})
