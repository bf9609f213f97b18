/** Sessions that a request by plain HTTP begins, and that the WebSocket’s address names. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'

/** Socket.IO's `sid`, SignalR's `id`, a path of SockJS. */
const SESSION = /[?&](?:sid|id|connectionToken)=|\/\d{1,3}\/[\w.-]+\/websocket$/

export const hasSession = ({ target, proxy }: Facts): boolean =>
  SESSION.test(target.requestTarget) ||
  (!target.url && proxy.access.some(({ record }) => SESSION.test(record.path ?? '')))

/** SignalR’s `id`, and nothing that only looks like it. */
const OF_SIGNALR = /[?&]id=[\w-]{8,200}/
const BLAZOR = /\/_blazor\b/

/** SignalR gives its id out at the very path that then knows nothing: the path was right. */
export function negotiatedBefore(facts: Facts): Because | undefined {
  const { target, told } = facts
  if (facts.answer?.status !== 404 || !OF_SIGNALR.test(target.requestTarget)) return undefined
  const isSignalr = BLAZOR.test(target.pathname) || told.client.some(({ program }) => program === 'signalr')
  return isSignalr
    ? say('The address has the id that SignalR’s negotiation gave out at the same path', 'target.url')
    : undefined
}
