/** The ending as the backend saw it: used where neither page nor probe says how it ended. */
import { type BackendView, serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending, type EndingKind } from '#lib/facts/ending/ending.ts'
import { endingOfWords, mostTelling } from '#lib/facts/ending/of-words.ts'
import type { ToldView } from '#lib/facts/told.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { unheardIn } from '#lib/facts/unheard.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

const seenBy = 'server'

export function endingOfServer(backend: BackendView, { server }: ToldView): Ending | undefined {
  if (!backend.recorded) {
    // That a handler failed is said above the exception, which may itself tell how it ended.
    const isFailed = ({ means }: Told) => means === 'handler-failed'
    const inOrder = [...server.filter((told) => !isFailed(told)), ...server.filter(isFailed)]
    const ends = inOrder.flatMap((told) => endingOfWords(told, seenBy) ?? [])
    return closedOverRefusal(ends) ?? mostTelling(ends)
  }
  const { clientClose, close, refusal } = backend
  if (refusal && backend.upgradedMs === undefined) {
    const because = [say(refusalSays(refusal.status), serverPath(refusal.at))]
    if (refusal.status === undefined) return { kind: 'refused', seenBy, because }
    return { kind: 'answered', status: refusal.status, seenBy, because }
  }
  if (backend.upgradedMs === undefined) {
    const unfit = unfitIn(backend)
    if (unfit) return { kind: 'refused', seenBy, because: [unfit] }
    return backend.request
      ? { kind: 'pending', seenBy, because: [say('A request arrived', 'server')] }
      : undefined
  }
  const received = clientClose ?? (close && close.code !== 1006 ? close : undefined)
  if (received) {
    const { code, reason, at } = received
    const sent = received === close && close.sent
    // A Close frame that never arrived closed nothing.
    const unheard = sent ? unheardIn(backend) : undefined
    if (unheard) return { kind: 'dropped', seenBy, because: [unheard] }
    const because = [
      say(sentence`The backend ${sent ? 'sent' : 'received'} close code ${code}`, serverPath(at)),
    ]
    // 1002, 1003, 1007 and 1009 from a client: it refuses what the server sent.
    if (!sent && [1002, 1007].includes(code)) return { kind: 'violated', seenBy, because }
    return { kind: 'closed', code, reason, clean: true, by: sent ? 'peer' : 'page', seenBy, because }
  }
  const end = backend.ends[0]
  const at = end?.at ?? backend.pongMissed?.at ?? backend.exit?.at
  if (at === undefined) return { kind: 'opened', seenBy, because: [say(ENDING_SAYS.opened, 'server')] }
  return { kind: 'dropped', seenBy, because: [say(ENDING_SAYS.dropped, serverPath(at))] }
}

/** No server answers 101 to a handshake that arrives without its Upgrade, and few to one that arrives as HTTP/1.0. */
function unfitIn({ request, timed }: BackendView): Because | undefined {
  if (timed || request?.headers === undefined || !request.isHandshake) return undefined
  const from = serverPath(request.at)
  if (!request.upgrade || !request.connection)
    return say('The request that arrived does not ask for an upgrade', from)
  return request.httpVersion === '1.0' ? say('The request arrived as HTTP/1.0', from) : undefined
}

const REFUSED: readonly EndingKind[] = ['refused', 'refused-101']

/** Why a server refuses, said after it accepted the handshake: the Close frame that it then sent is how it ended. */
function closedOverRefusal(ends: readonly Ending[]): Ending | undefined {
  const [first, ...rest] = ends.filter(({ kind }) => kind !== 'lost')
  if (first?.kind !== 'opened' || !rest.every(({ kind }) => kind === 'closed' || REFUSED.includes(kind)))
    return undefined
  return rest.find((end) => end.kind === 'closed' && end.by === 'peer')
}

const refusalSays = (status: number | undefined): Sentence =>
  status === undefined
    ? sentence`The backend refused the handshake`
    : sentence`The backend answered HTTP ${status}`
