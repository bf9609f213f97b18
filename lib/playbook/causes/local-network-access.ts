import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { isLoopback, isLoopbackAddress, isPrivateAddress } from '#lib/protocol/host.ts'
import { setting } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** The three spaces of the specification; a page may freely reach its own and those before it. */
const SPACES = ['public', 'local', 'loopback'] as const
type Space = (typeof SPACES)[number]

function spaceOf(host: string): Space {
  if (isLoopback(host)) return 'loopback'
  return isPrivateAddress(host) || /\.local\.?$/i.test(host) ? 'local' : 'public'
}

/** Chromium goes by the address, whatever the name: the probe resolved it, where it runs in the same network. */
function targetSpace({ target, probe }: Facts): Space {
  const { dns, tcp } = probe?.evidence ?? {}
  const addresses = [...(dns?.addresses ?? []).map(({ address }) => address), tcp?.address ?? '']
  if (addresses.some(isLoopbackAddress)) return 'loopback'
  return addresses.some(isPrivateAddress) ? 'local' : spaceOf(target.host)
}

/** Undefined where nobody says which page it was. */
function pageSpace({ target }: Facts): Space | undefined {
  const page = target.pageOrigin === undefined ? null : URL.parse(target.pageOrigin)
  return page?.hostname ? spaceOf(page.hostname) : undefined
}

export default defineCause({
  id: 'local-network-access',
  stage: 'page',
  side: 'client',
  title: 'Local network access blocked',
  symptom: 'The socket fails at once; the console names local network access checks.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console'],

  test: (facts) => {
    const finding = blockedFinding(facts, 'local-network')
    if (finding.is !== 'possible') return finding
    const [page, target] = [pageSpace(facts), targetSpace(facts)]
    if (page === undefined || SPACES.indexOf(target) <= SPACES.indexOf(page))
      return ruledOut(say('The page and the address are in the same kind of network', 'target'))
    const says =
      target === 'loopback'
        ? 'The address leads to the browser’s own machine, and the page is from elsewhere'
        : 'The address leads into a private network, and the page is from the internet'
    return weighed({ ...finding, because: [...finding.because, say(says, 'target')] }, 0.3)
  },

  explain: {
    wire: 'Nothing. Chromium 142 and later ask before a page reaches a more private network, for WebSockets from 147 on. More private is a private address seen from the internet, or loopback seen from either. It goes by the resolved address, so a public name for 127.0.0.1 counts as loopback. A page without HTTPS cannot ask: its socket just fails.',
    browser:
      'Your page sees an error event and 1006. Only the console names `ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS`.',
    sure: 'Grant the permission in the site settings, or serve the page from the same network, and try again.',
    sources: [
      { title: 'WICG, Local Network Access', url: 'https://wicg.github.io/local-network-access/' },
      {
        title: 'Chrome, Local Network Access',
        url: 'https://developer.chrome.com/blog/local-network-access',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Serve the page over HTTPS and have the user allow access to local devices. Or serve the page from the same network as the server. Administrators allow sites by the policy LocalNetworkAccessAllowedForUrls.`,
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
