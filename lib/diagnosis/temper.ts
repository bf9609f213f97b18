/** What a cause found is weighed once more by what it cannot see alone: retries, whose words it rests on, other reasons. */
import { besideReason } from '#lib/diagnosis/named-reason.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Cause, Finding } from '#lib/playbook/cause.ts'
import { askedOverHttp2 } from '#lib/playbook/weighing/over-http2.ts'
import type { Meaning } from '#lib/words/meaning.ts'

type Temper = (finding: Finding, cause: Cause, facts: Facts) => Finding

/** Each only lowers, never raises. */
export const tempered: Temper = (finding, cause, facts) =>
  [
    afterRetries,
    ofUnsureWords,
    ofWordsAlone,
    likelierLost,
    ofUnseenStatus,
    ofPlainRequest,
    besideReason,
  ].reduce((found, temper) => temper(found, cause, facts), finding)

/**
 * What the first attempt alone suggests, where a retry found what opens it, and this cause does not explain that. What
 * others saw, a log or a backend, stays as sure as it was.
 */
function afterRetries(finding: Finding, cause: Cause, facts: Facts): Finding {
  const { opener, ending } = facts
  const isPagesToo = sawTheSame(facts)
  if (opener === undefined || !(ending.seenBy === 'probe' || isPagesToo)) return finding
  if (finding.is === 'ruled-out' || finding.is === 'unknown') return finding
  if (cause.opensWith?.includes(opener.question)) return finding
  const isOfAttempt = finding.because.every(
    ({ from }) =>
      /^(?:probe|retries|target)\b/.test(from) || (isPagesToo && from.startsWith('browser.events')),
  )
  return isOfAttempt ? { ...finding, is: 'possible', weight: (finding.weight ?? 0.5) / 2 } : finding
}

/** The page was closed with the same code as the probe: what opens the probe’s connection opens the page’s. */
const sawTheSame = ({ endings: { page, probe } }: Facts): boolean =>
  page?.kind === 'closed' && probe?.kind === 'closed' && page.by === 'peer' && page.code === probe.code

/** Who says that a connection was lost, and not where, mostly had one; not who tells of the attempt and of no opening. */
function likelierLost(finding: Finding, { stage }: Cause, { ending, told }: Facts): Finding {
  if (ending.kind !== 'lost' || finding.is !== 'possible') return finding
  const isLost = stage === 'lost'
  if (isLost !== isAttemptAlone(told)) return finding
  return { ...finding, weight: (finding.weight ?? 0.5) - (isLost ? 0.3 : 0.1) }
}

const ATTEMPTS: readonly Meaning[] = ['connecting', 'reached', 'never-opened']

const isAttemptAlone = ({ client }: Facts['told']): boolean =>
  client.some(({ means }) => ATTEMPTS.includes(means)) && !client.some(({ means }) => means === 'opened')

/** Below what `not-a-websocket-endpoint` weighs where nobody saw the answer. */
const UNSEEN_STATUS = 0.25
/** All that “not answered with 101” says: nothing there takes the upgrade. */
const SAYS_NO_MORE = 'not-a-websocket-endpoint'

/** “Not answered with 101”, and no status: each status has its causes, and none of them is in the words. */
function ofUnseenStatus(finding: Finding, { id }: Cause, { ending, answer }: Facts): Finding {
  if (ending.kind !== 'refused' || answer !== undefined || finding.is !== 'possible') return finding
  const isOfEnding = finding.because.every(({ says }) => ending.because.some((known) => known.says === says))
  if (!isOfEnding || id === SAYS_NO_MORE) return finding
  return { ...finding, weight: Math.min(finding.weight ?? 0.5, UNSEEN_STATUS) }
}

/** What a server answers to whoever did not ask for an upgrade speaks for none of these. */
const OF_PLAIN_REQUEST: readonly string[] = [
  'upgrade-headers-stripped',
  'upstream-http-version',
  'not-a-websocket-endpoint',
  'server-without-websocket',
  'path-not-found',
]

function ofPlainRequest(finding: Finding, { id }: Cause, facts: Facts): Finding {
  if (finding.is === 'ruled-out' || finding.is === 'unknown' || !OF_PLAIN_REQUEST.includes(id)) return finding
  const isOfAnswer = finding.because.every(({ from }) => from.startsWith('probe.http'))
  if (!isOfAnswer || askedOverHttp2(facts) === undefined) return finding
  return { ...finding, is: 'possible', weight: (finding.weight ?? 0.5) / 2 }
}

/** Words that admit more than one reading prove nothing by themselves. */
function ofUnsureWords(finding: Finding, _: Cause, { told }: Facts): Finding {
  if (finding.is !== 'proven') return finding
  const unsure = new Set(
    [told.client, told.server, told.proxy].flat().flatMap((each) => (each.unsure ? each.from : [])),
  )
  // What code sets is a reason for the words, and does not say them.
  const heard = finding.because.filter(({ from }) => !from.startsWith('application.'))
  return heard.every(({ from }) => unsure.has(from)) ? { ...finding, is: 'likely' } : finding
}

/** What a probe or a page saw. */
const SEEN = /^(?:probe|retries|target|browser\.events)\b/

/** One sentence names such a cause, and leaves open what is behind it. */
function ofWordsAlone(finding: Finding, { isUmbrella }: Cause): Finding {
  if (finding.is !== 'proven' || !isUmbrella) return finding
  return finding.because.some(({ from }) => SEEN.test(from)) ? finding : { ...finding, is: 'likely' }
}
