/** A proxy's word that the client's side ended TCP under a tunnel, without a Close frame: neither it nor the backend did. */
import { type Because, say } from '#lib/facts/because.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'
import type { ToldView } from '#lib/facts/told.ts'
import { sentence } from '#lib/text/foreign.ts'

/** “Session aborted by the client” while data went through (configuration.txt, "Session state at disconnection"). */
const ABORTED = /^C[DL]/

/** Of many tunnels most end so, as people leave: it tells something of one that somebody asks about. */
export function clientGone({ access }: ProxyView, { proxy }: ToldView): Because | undefined {
  const [only, ...others] = access
  if (only !== undefined && others.length === 0 && ABORTED.test(only.record.flags ?? ''))
    return say(
      sentence`HAProxy’s line ends with ${only.record.flags ?? ''}: the client’s side ended the session`,
      only.from,
    )
  const said = proxy.find(({ means }) => means === 'client-hung-up')
  return said && say(sentence`The client’s side ended it: ${said.detail}`, said.from)
}
