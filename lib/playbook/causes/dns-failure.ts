import { defineCause, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { hostOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { connectFinding } from '#lib/playbook/weighing/connect-finding.ts'
import { isAddress } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'dns-failure',
  stage: 'dns',
  side: 'network',
  title: 'Host name does not resolve',
  symptom: 'The socket fails at once; nothing reaches any server.',
  endings: ['dns', 'unopened', 'pending'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const failure = facts.probe?.failure
    if (failure?.stage === 'dns' && facts.ending.kind === 'dns')
      return proven(say(sentence`The resolver answered ${failure.code || 'an error'}`, 'probe.dns'))
    if (isAddress(facts.target.host))
      return ruledOut(say('The address is a number: nothing is resolved', 'target.url'))
    return connectFinding(facts, 'dns-failure')
  },

  explain: {
    wire: 'The resolver knows no address for the name. It is mistyped, not published yet, known on another network only, or a template that was never filled in.',
    browser: 'An error event and 1006; the console names `ERR_NAME_NOT_RESOLVED`.',
    sure: 'Run `getent hosts <name>` where the browser runs.',
    sources: [
      {
        title: 'Chromium, net error list',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Publish an address for ${hostOf(facts)}, or correct the name.`,
    changes: [
      { program: 'shell', where: sentence`On the client`, text: shell`getent hosts ${hostWordOf(facts)}` },
    ],
  }),

  reproduce: null,
})
