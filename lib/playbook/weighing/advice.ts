/**
 * Pieces that fixes share: the address in question, as text and as words of a command. What the evidence does not name
 * is a stand-in that begins with YOUR_; the fix then says so.
 */
import type { Site } from '#lib/applications/application.ts'
import type { ApplicationView } from '#lib/facts/application.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { knownPrograms } from '#lib/playbook/weighing/arrange.ts'
import { namedPath, namedPeer, namedUrl, type Peer } from '#lib/playbook/weighing/named-address.ts'
import { sentOrigin } from '#lib/playbook/weighing/origin-finding.ts'
import { type Code, plainHost } from '#lib/text/code.ts'
import type { Change } from '#lib/text/fix.ts'
import { shell } from '#lib/text/shell.ts'

const STAND_IN_ADDRESS = 'wss://YOUR_HOST/YOUR_PATH'

export const addressOf = (facts: Facts): string =>
  (facts.target.url ?? namedUrl(facts))?.href ?? STAND_IN_ADDRESS

/** The same with TLS. */
export const secureAddressOf = (facts: Facts): string => addressOf(facts).replace(/^ws:/, 'wss:')

/** The same for a language that is not a page's, where a host that is no name or address is left out. */
export function plainAddressOf(facts: Facts): string {
  const url = facts.target.url ?? namedUrl(facts)
  if (!url || plainHost(url.hostname) === url.hostname) return addressOf(facts)
  return `${url.protocol}//${plainHost(url.hostname)}${url.port && `:${url.port}`}${url.pathname}${url.search}`
}

export const pathOf = (facts: Facts): string => facts.target.pathname || (namedPath(facts) ?? '/YOUR_PATH')

/** The address that was asked for, else the one that the client's lines name. */
const peerOf = (facts: Facts): Peer | undefined => {
  const { target } = facts
  if (target.host === '') return namedPeer(facts)
  return { host: target.host, port: target.url ? String(target.port) : undefined }
}

export const hostOf = (facts: Facts): string => peerOf(facts)?.host ?? 'YOUR_HOST'

/** In a sentence. */
export const portWordsOf = (facts: Facts): string => {
  const port = peerOf(facts)?.port
  return port === undefined ? 'the port' : `port ${port}`
}

/** The port in a command. */
export const portWordOf = (facts: Facts): Code<'shell'> => {
  const port = peerOf(facts)?.port
  return port === undefined ? shell`YOUR_PORT` : shell`${Number(port)}`
}

/** The host in a command. */
export const hostWordOf = (facts: Facts): Code<'shell'> => shell.host(hostOf(facts))

/** Host and port as one word of a command. */
export const authorityWordOf = (facts: Facts): Code<'shell'> => {
  const peer = peerOf(facts)
  if (peer === undefined) return shell`YOUR_HOST:YOUR_PORT`
  return peer.port === undefined
    ? shell`${shell.host(peer.host)}:YOUR_PORT`
    : shell.authority(peer.host, Number(peer.port))
}

/** What was said of an Origin that was refused: by a server, with its scheme or without, or by a browser. */
const refusal = ({ told }: Facts) =>
  [...told.server, ...told.client].find(({ means, origin }) => means === 'origin-refused' && origin)

/** `new WebSocket('wss://…') from https://app.example failed`, as people tell it. */
const FROM_PAGE = /\bfrom (?:origin |the page )?["'“‘`]?(https?:\/\/[\w.-]{1,253}(?::\d{1,5})?)(?![\w.-])/i

const namedOrigin = ({ evidence }: Facts): string | undefined =>
  (evidence.unread ?? []).flatMap((line) => FROM_PAGE.exec(line.slice(0, 2000))?.[1] ?? [])[0]

/** The Origin that was sent, or that a refusal names; else of the page that a person names. */
export const refusedOrigin = (facts: Facts): string | undefined =>
  sentOrigin(facts) ?? refusal(facts)?.origin ?? namedOrigin(facts)

/** The same as a list of origins has it. */
export function originOf(facts: Facts): string {
  const origin = URL.parse(refusedOrigin(facts) ?? '')?.origin
  return origin === undefined || origin === 'null' ? 'https://YOUR_HOST' : origin
}

/** The host of the page that was refused, as lists of allowed hosts have it. */
export function originHostOf(facts: Facts): string {
  const refused = refusal(facts)?.origin
  const origin = facts.target.pageOrigin ?? (refused?.includes('://') ? refused : `https://${refused ?? ''}`)
  const page = URL.parse(origin)
  return page?.hostname ? plainHost(page.hostname) : 'YOUR_HOST'
}

/** The connection in question, for the fixes of a protocol above WebSocket. */
export const siteOf = (facts: Facts, { version, signs }: ApplicationView): Site => ({
  address: addressOf(facts),
  path: pathOf(facts),
  pageHost: originHostOf(facts),
  origin: originOf(facts),
  cors: toldByClient(facts.told, 'origin-refused')?.cors,
  version,
  signs,
  opened: facts.opener?.retry.vary.subprotocols?.[0],
  openedAt: facts.opener?.retry.vary.path,
})

/** A handshake by hand: its answer has the status, the headers and the body that no browser shows. */
export const handshakeCommand = (facts: Facts): Code<'shell'> =>
  shell`curl --http1.1 -i -m 10 -H "Connection: Upgrade" -H "Upgrade: websocket" -H "Sec-WebSocket-Version: 13" -H "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" ${shell.word(addressOf(facts).replace(/^ws/, 'http'))}`

/**
 * Changes for a proxy where one may be the reason and just as well is not there: only where the evidence shows one,
 * or, as in an article, nothing at all.
 */
export function whereProxied(facts: Facts, changes: readonly Change[]): readonly Change[] {
  const isSeen = knownPrograms(facts).proxy.length > 0 || facts.backend.request?.viaProxy === true
  return isSeen || Object.keys(facts.evidence).length === 0 ? changes : []
}
