/** The answer in one line: what the reader saw (403, 1006), then what is known of it. */
import type { Outcome } from '#lib/diagnosis/report.ts'
import type { Candidate } from '#lib/diagnosis/standing.ts'
import type { Ending } from '#lib/facts/ending/ending.ts'
import { describeWait } from '#lib/text/duration.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** @param watchedMs how long the open connection was watched; undefined where nobody measured it */
export function headlineOf(
  outcome: Outcome,
  open: readonly Candidate[],
  ending: Ending,
  watchedMs: number | undefined,
): Sentence {
  const [first] = open
  if (outcome === 'healthy') {
    return watchedMs === undefined
      ? sentence`No failure in the evidence`
      : sentence`No failure in the ${describeWait(watchedMs)} watched`
  }
  if (outcome === 'fault' && first) return sentence`${first.cause.title}`
  const clear = open.filter(({ finding }) => finding.is !== 'possible')
  const fitting = clear.length > 1 ? clear : open
  return sentence`${seenIn(ending)}: ${causesFit(fitting.length)}`
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

function causesFit(count: number): string {
  if (count === 0) return 'the evidence names no cause yet'
  return count === 1 ? 'one cause fits' : `${NUMBERS[count] ?? count} causes fit`
}

/** What the reader knows it by. */
function seenIn(ending: Ending): string {
  switch (ending.kind) {
    case 'answered':
      return `HTTP ${ending.status}`
    case 'closed':
      return `Close code ${ending.code}`
    default:
      return SEEN[ending.kind]
  }
}

const SEEN = {
  blocked: 'Blocked by the browser',
  dns: 'The name does not resolve',
  tcp: 'No TCP connection',
  tls: 'TLS failed',
  unanswered: 'No HTTP answer',
  refused: 'The handshake was refused',
  'refused-101': 'The client refused the 101',
  pending: 'Still connecting',
  unopened: 'Failed to connect (1006)',
  lost: '1006',
  dropped: 'Dropped (1006)',
  'given-up': 'The client gave up',
  violated: 'Protocol error',
  broken: 'Reset or protocol error',
  closing: 'The Close frame went unanswered',
  silent: 'Open, and nothing arrives',
  open: 'Open',
  opened: 'It opened',
  unseen: 'Nothing was seen of the connection',
} as const satisfies Record<Exclude<Ending['kind'], 'answered' | 'closed'>, string>
