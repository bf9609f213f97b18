import { defineCause, ruledOut, say } from '#lib/playbook/cause.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { isLoopback, isPrivateAddress } from '#lib/protocol/host.ts'
import { setting } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineCause({
  id: 'local-network-access',
  stage: 'page',
  title: 'A public page may not reach the local network',
  symptom: 'The socket fails at once; the console names local network access checks.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console'],

  test: (facts) => {
    const { target } = facts
    const finding = blockedFinding(facts, 'local-network')
    if (finding.is !== 'possible') return finding
    const local = isLoopback(target.host) || isPrivateAddress(target.host)
    const pageIsLocal =
      target.pageOrigin === undefined || isLoopback(URL.parse(target.pageOrigin)?.hostname ?? '')
    return local && !pageIsLocal
      ? finding
      : ruledOut(say('The page and the address are in the same kind of network', 'target'))
  },

  explain: {
    wire: 'Nothing: Chromium asks the user before a page from the internet may connect to loopback or a private address.',
    browser:
      'The page sees an error event and 1006; only the console names `ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS`.',
    sure: 'Serve the page from the local network, or grant the permission, and try again.',
    sources: [{ title: 'WICG, Local Network Access', url: 'https://wicg.github.io/local-network-access/' }],
  },

  fix: () => ({
    summary: sentence`Serve the page from the same network as the socket, or have the user grant access to the local network.`,
    changes: [
      {
        program: 'chromium',
        where: sentence`Chromium, site settings`,
        text: setting`Local network access: Allow`,
      },
    ],
  }),

  reproduce: null,
})
