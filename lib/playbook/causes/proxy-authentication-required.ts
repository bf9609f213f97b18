import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { hostOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { statusFinding } from '#lib/playbook/weighing/status-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'proxy-authentication-required',
  stage: 'handshake',
  side: 'client',
  title: 'Proxy authentication required (407)',
  symptom: 'The socket fails; the console names proxy authentication.',
  endings: ['answered', 'unopened', 'unanswered'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const told = toldByAny(facts.told, 'proxy-authentication')
    if (told) return proven(say(told.detail, told.from))
    if (facts.ending.kind === 'unanswered') return ruledOut(...facts.ending.because)
    // 511: a captive portal between browser and internet (RFC 6585 §6).
    if (facts.answer?.status === 511) return likely(...facts.ending.because)
    return statusFinding(facts, [407], 'The answer asks for proxy credentials')
  },

  explain: {
    wire: 'A proxy between browser and internet answers 407. Browsers send proxy credentials only to a proxy that they were configured with.',
    browser: 'Chromium reports `ERR_UNEXPECTED_PROXY_AUTH`; script sees an error event and 1006.',
    sure: 'Try the same address from another network.',
    sources: [{ title: 'RFC 9110 §15.5.8', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8' }],
  },

  fix: (facts) => ({
    summary: sentence`Configure the proxy with credentials in the system, or except ${hostOf(facts)} from it.`,
    changes: [
      {
        program: 'shell',
        where: sentence`Shell of a command-line client`,
        text: shell`export no_proxy=${hostWordOf(facts)}`,
      },
    ],
  }),

  reproduce: null,
})
