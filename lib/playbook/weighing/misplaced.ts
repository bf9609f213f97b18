/** Whether the client connects to an address that is another’s, as far as the page that has it tells. */
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { isAddress, isLoopback } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Clients that a development server puts into the page: they connect to where it thinks that it is reached. */
const DEV_CLIENTS = ['vite', 'webpack', 'webpack-dev-server', 'next', 'angular']

export const pageOf = ({ target }: Facts): URL | null =>
  target.page === undefined ? null : URL.parse(target.page)

export const portNameOf = (url: URL): string =>
  url.port || (/^(?:wss|https):$/.test(url.protocol) ? '443' : '80')

/** Names that resolve inside a network of containers and nowhere else; a placeholder is no name. */
export const isInternal = (host: string): boolean =>
  /^[\w.-]+$/.test(host) &&
  !isAddress(host) &&
  !isLoopback(host) &&
  (!host.includes('.') || /\.(?:svc|internal|cluster\.local|docker)$/i.test(host))

/** What is wrong with the address, seen from the page that has it. */
export function misplaced(facts: Facts): Because | undefined {
  const { target } = facts
  const page = pageOf(facts)
  if (!target.url || !page || page.hostname === '') return undefined
  const isHere = isLoopback(target.host) || target.host === '0.0.0.0'
  if (isHere && !isLoopback(page.hostname)) {
    const says = sentence`The page is at ${page.host}, and its socket goes to ${target.url.host}, the visitor’s own machine`
    return say(says, 'target')
  }
  if (isDevClient(facts) && page.hostname === target.host && portNameOf(page) !== portNameOf(target.url)) {
    const says = sentence`The page is on port ${portNameOf(page)}, and hot reload connects to port ${portNameOf(target.url)}`
    return say(says, 'target')
  }
  return undefined
}

/** Clients that run on a phone or in its emulator, where a loopback address is the device itself. */
const OF_DEVICES = ['react-native', 'android']

/** An app that looks for a server on its own device, and none is there. */
export function onDevice({ stack, target, told }: Facts): Because | undefined {
  const said = toldByClient(told, 'no-connection', 'refused')
  const host = said?.address?.replace(/:\d{1,5}$/, '') ?? target.host
  if (said === undefined || !isLoopback(host) || !stack.client.some((id) => OF_DEVICES.includes(id)))
    return undefined
  return say(sentence`${host} is the device itself, on which no server runs: ${said.detail}`, said.from)
}

export const isDevClient = ({ stack }: Facts): boolean => stack.client.some((id) => DEV_CLIENTS.includes(id))

/** A name that only a network of containers has, which a browser could not resolve. */
export const isContainersName = ({ told, target, ending }: Facts): boolean =>
  isInternal(target.host) && ending.seenBy === 'browser' && toldByClient(told, 'dns-failure') !== undefined

/** Vite’s own client names where it looked for its server; what it met there is a consequence. */
export const isAtWrongAddress = (facts: Facts): boolean =>
  misplaced(facts) !== undefined || isContainersName(facts) || facts.stack.client.includes('vite')
