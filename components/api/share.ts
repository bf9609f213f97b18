/** Read-only links for colleagues who have no token. */
import { say } from '#components/ui/toast-queue.ts'
import { linkAnswer, linkHours, linksPath } from '#lib/api/links.ts'
import { isLoopback } from '#lib/protocol/host.ts'
import { problemOf } from './problem.ts'
import { postJson } from './request.ts'

type Order = { readonly report: string } | { readonly client_id: string }

/** Makes a link, copies it, and says how far it reaches. */
export async function shareLink(order: Order): Promise<void> {
  try {
    const { url } = await postJson(linksPath, order, linkAnswer)
    const reach = isLoopback(new URL(url).hostname)
      ? 'It opens on this machine only. Set HOST or PUBLIC_BASE_URL for colleagues.'
      : `Anyone who has it can read this for ${linkHours.default} h.`
    say((await isCopied(url)) ? `Read-only link copied. ${reach}` : `${reach} Read-only link: ${url}`)
  } catch (error) {
    const { message, remedy } = problemOf(error)
    say(`${message} ${remedy}`, 'dead')
  }
}

/** A page on plain http has no clipboard. */
async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
