import { headerValue } from '#lib/evidence/headers.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { ENDS_OF_BOTH, toldByAny, whyNotOpened } from '#lib/facts/told.ts'
import {
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import {
  failsElsewhere,
  isSeenByClient,
  probeOutlived,
  worksElsewhere,
} from '#lib/playbook/weighing/client-side.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { setting } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

/** Products that filter on the way out, by what they write into an answer. */
const FILTERS =
  /\b(?:zscaler|netskope|forcepoint|bluecoat|symantec|mcafee|fortinet|fortiguard|sophos|cisco umbrella)\b/i

/** Squid stands in front of servers as well, and there its pages tell of them; as a filter it denies. */
const SQUID_DENIES = /\bERR_(?:CACHE_)?ACCESS_DENIED\b/

function signals(facts: Facts): Signal[] {
  if (!isSeenByClient(facts)) return []
  const elsewhere = worksElsewhere(facts)
  return elsewhere ? [strong(elsewhere)] : []
}

export default defineCause({
  id: 'client-side-interference',
  stage: 'page',
  side: 'client',
  title: 'Interference on the client’s machine or network',
  symptom: 'It fails on some machines and works on others, with the same address.',
  endings: [
    'blocked',
    'unanswered',
    'answered',
    'unopened',
    'dropped',
    'broken',
    'violated',
    'given-up',
    'lost',
  ],
  needs: ['elsewhere', 'probe'],

  signals,

  test: (facts, { own, others }) => {
    const { ending, told, answer } = facts
    const same = failsElsewhere(facts)
    if (same) return ruledOut(same)
    const blocked = toldByAny(told, 'blocked-by-client', 'forward-proxy')
    if (blocked) return weighed(likely(say(blocked.detail, blocked.from)), 0.8)
    const server =
      answer &&
      `${headerValue(answer.headers, 'server') ?? ''} ${headerValue(answer.headers, 'via') ?? ''} ${answer.body}`
    const denied = SQUID_DENIES.test(headerValue(answer?.headers, 'x-squid-error') ?? '')
    if (answer && (denied || FILTERS.test(server ?? '')))
      return likely(say('The answer is that of a filter on the way out', answer.from))
    if (!isSeenByClient(facts)) return ruledOut(...ending.because)
    const why = whyNotOpened(told)
    if (why && !ENDS_OF_BOTH.has(why.means) && own.length === 0) return ruledOut(say(why.detail, why.from))
    if (ending.kind === 'answered' || ending.kind === 'blocked') return ruledOut(...ending.because)
    const outlived = probeOutlived(facts)
    if (ending.kind === 'dropped' || ending.kind === 'broken' || ending.kind === 'violated') {
      if (ending.kind === 'dropped') {
        const finding = dropFinding(facts, { own, others }, outlived ? 0.7 : 0.1)
        return finding.is === 'possible' && outlived
          ? { ...finding, because: [...finding.because, outlived] }
          : finding
      }
      return own.length > 0
        ? likely(...own.map(({ because }) => because))
        : weighed(possible(...ending.because, ...(outlived ? [outlived] : [])), outlived ? 0.5 : 0.05)
    }
    if (own.length > 0) return likely(...own.map(({ because }) => because))
    if (ending.kind === 'given-up') return weighed(possible(...ending.because), 0.2)
    return outlived
      ? weighed(possible(...ending.because, outlived), 0.7)
      : weighed(possible(...ending.because), facts.probe || facts.backend.arrived ? 0.1 : 0.05)
  },

  explain: {
    wire: 'Software on the client reads or rewrites its traffic: an antivirus, a browser extension, a VPN client, a company’s proxy or TLS inspection. Some pass the 101 on and cut what follows. Others never let the upgrade out.',
    browser:
      'Your page sees an error event and 1006, or an open connection that ends at once. The server sees a normal client that leaves.',
    sure: 'Open the same page on another machine, in a private window without extensions, and in another network. The comparison names the part that interferes.',
    sources: [
      {
        title: 'RFC 6455 §1.8, intermediaries',
        url: 'https://www.rfc-editor.org/rfc/rfc6455#section-1.8',
      },
      {
        title: 'Chrome, extensions in a private window',
        url: 'https://support.google.com/chrome/answer/95464',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Compare with another machine, another browser without extensions, and another network (no VPN, no antivirus web shield). Then except the address in the one that interferes, and use wss:// so that fewer can read it.`,
    changes: [
      {
        program: 'chromium',
        where: sentence`Browser: a private window, in which extensions are off`,
        text: setting`New private window, then open the page again`,
      },
      {
        program: 'shell',
        where: sentence`On the client: whether its proxy lets the host and port through`,
        text: shell`curl --head --proxy http://YOUR_PROXY:YOUR_PROXY_PORT https://YOUR_HOST/`,
      },
    ],
  }),

  reproduce: null,
})
