/** The checks that only a browser can make: mixed content, and an opening from the page itself. */
import { describeCheck } from '#lib/checklist/checks.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { type CheckResult, ok, problem, unknown, warning } from '#lib/checklist/result.ts'
import { USUAL_HOLD_SECONDS } from '#lib/protocol/hold.ts'
import { isLoopback, isMixedContent } from '#lib/protocol/host.ts'

/** What became of `new WebSocket(url)` in the page; `ms` from the constructor's call. */
export type PageAttempt =
  | { readonly type: 'opened'; readonly ms: number }
  /** Open, and closed before the check let go of it. */
  | { readonly type: 'closed-at-once'; readonly ms: number; readonly code: number; readonly reason: string }
  | { readonly type: 'never-opened'; readonly ms: number; readonly code: number; readonly isOnline: boolean }
  | { readonly type: 'no-answer'; readonly ms: number }
  /** The constructor threw: the page was not even allowed to try. */
  | { readonly type: 'threw'; readonly name: string; readonly message: string }

/**
 * Whether pages of this origin may open the URL as far as encryption goes. Measured with Chromium 156: ws:// from
 * an https page throws, but not for loopback and private addresses.
 *
 * @param pageOrigin such as `https://app.example`
 */
export function judgeMixedContent(url: URL, pageOrigin: string): ChecklistItem {
  const { facts, ...result } = mixedContent(url, pageOrigin)
  return {
    ...describeCheck('mixed-content'),
    ...result,
    facts: { page: pageOrigin, ...facts },
  }
}

function mixedContent(url: URL, pageOrigin: string): CheckResult {
  if (url.protocol === 'wss:') return ok('Every page can open wss://.')
  if (isMixedContent(url, pageOrigin)) {
    return problem('The constructor throws SecurityError, without a close code. Use wss://.', {
      cause: 'mixed-content',
    })
  }
  if (pageOrigin.startsWith('https:'))
    return ok('Browsers let HTTPS pages open ws:// to loopback and private addresses.')
  if (isLoopback(url.hostname)) return ok('ws:// stays on this machine.')
  return warning('Allowed from this HTTP page. Over HTTPS the same page cannot open ws://.')
}

/** What the page's own opening says. @param attempt null: not tried yet */
export function judgePageAttempt(attempt: PageAttempt | null, pageOrigin: string): ChecklistItem {
  const { facts, ...result } =
    attempt === null ? unknown('Run the checks, and your browser opens the URL.') : pageOpens(attempt)
  return {
    ...describeCheck('page-opens'),
    ...result,
    facts: attempt === null ? {} : { page: pageOrigin, ...facts },
  }
}

function pageOpens(attempt: PageAttempt): CheckResult {
  switch (attempt.type) {
    case 'opened':
      return ok('Your browser opened it, and closed it again.', { opened_ms: attempt.ms })
    case 'closed-at-once': {
      const judged = attempt.code === 1000 ? warning : problem
      const reason = attempt.reason === '' ? '' : ` “${attempt.reason}”`
      return judged(`It opened, and the server closed it at once with ${attempt.code}${reason}.`, {
        closed_ms: attempt.ms,
      })
    }
    case 'never-opened':
      if (!attempt.isOnline) return problem('This browser is offline.', { cause: 'browser-offline' })
      return problem(
        `Failed to connect (error, then ${attempt.code}). The browser gives no reason; see the other checks.`,
        { failed_ms: attempt.ms },
      )
    case 'no-answer':
      return problem(`No answer to the handshake within ${Math.round(attempt.ms / 1000)} s.`)
    case 'threw':
      return problem(`The constructor threw ${attempt.name}: ${attempt.message}`)
  }
}

/** Only a hold can tell, and it takes longer than the other checks together: it is the reader's to start. */
export function judgeStaysOpen(url: string): ChecklistItem {
  return {
    ...describeCheck('stays-open'),
    ...unknown(
      `Holding it takes ${USUAL_HOLD_SECONDS} s. nginx and most load balancers close an idle connection after 60 s.`,
      { url },
    ),
  }
}
