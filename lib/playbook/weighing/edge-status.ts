/**
 * The statuses that Cloudflare alone gives, each with what happened between it and the origin
 * (developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
 */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

type EdgeStatus = { readonly says: Sentence; readonly fix: Sentence }

const EDGE: ReadonlyMap<number, EdgeStatus> = new Map([
  [
    520,
    {
      says: sentence`520 is Cloudflare’s: the origin reset the connection, or answered with something that is no HTTP`,
      fix: sentence`Look into the origin’s log at that moment: it crashed over the request, or answered Cloudflare with something that is no HTTP.`,
    },
  ],
  [
    521,
    {
      says: sentence`521 is Cloudflare’s: the origin refused the TCP connection`,
      fix: sentence`Start the origin’s web server on the port that Cloudflare connects to, and let Cloudflare’s addresses through its firewall.`,
    },
  ],
  [
    522,
    {
      says: sentence`522 is Cloudflare’s: the origin did not answer the TCP connection in time`,
      fix: sentence`Let Cloudflare’s addresses through the origin’s firewall, and compare the address and port in Cloudflare’s DNS with those of the origin.`,
    },
  ],
  [
    523,
    {
      says: sentence`523 is Cloudflare’s: it finds no route to the origin`,
      fix: sentence`Correct the origin’s address in Cloudflare’s DNS: Cloudflare finds no route to it.`,
    },
  ],
  [
    524,
    {
      says: sentence`524 is Cloudflare’s: the origin accepted the connection and did not answer in time`,
      fix: sentence`Make the origin answer the upgrade at once, and do slow work after it: Cloudflare got a connection and no answer.`,
    },
  ],
  [
    525,
    {
      says: sentence`525 is Cloudflare’s: TLS with the origin failed`,
      fix: sentence`Make the origin speak TLS on the port that Cloudflare connects to, with a certificate for this host name.`,
    },
  ],
  [
    526,
    {
      says: sentence`526 is Cloudflare’s: it does not accept the origin’s certificate, as its mode Full (strict) demands`,
      fix: sentence`Give the origin a certificate that is valid for this host name, such as one of Cloudflare’s Origin CA.`,
    },
  ],
  [
    530,
    {
      says: sentence`530 is Cloudflare’s, and its page has the reason: 1033 for an unconnected tunnel, 1016 for a name that does not resolve`,
      fix: sentence`Read the number in the page that comes with 530. For 1033 start cloudflared, or look why it is not connected. For 1016 correct the origin’s name in DNS.`,
    },
  ],
])

/** What the status says by itself; empty for one that any gateway gives. */
export function edgeSays({ answer }: Facts): Because[] {
  const edge = answer && EDGE.get(answer.status)
  return edge ? [say(edge.says, answer.from)] : []
}

export const edgeFix = ({ answer }: Facts): Sentence | undefined => answer && EDGE.get(answer.status)?.fix
