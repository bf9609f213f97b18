/**
 * Whether a 101 really opens a WebSocket (RFC 6455 §4.1, the client's checks). Proxies pass a wrong one on;
 * a browser closes it without telling the page which check failed.
 */

/** Name and value, as they came. */
type HeaderLines = readonly (readonly [string, string])[]

/** true: passed, false: failed, null: nothing was asked for and nothing answered. */
export type HandshakeChecks = {
  accept: boolean
  upgrade: boolean
  connection: boolean
  subprotocol: boolean | null
  extensions: boolean | null
}

export interface Asked {
  expectedAccept: string
  subprotocols: readonly string[]
  extensions?: string | undefined
}

const all = (headers: HeaderLines, name: string): string[] =>
  // Browsers read over a blank before the colon (Chromium, HttpUtil::HeadersIterator), which RFC 9112 §5.1 forbids.
  headers.filter(([key]) => key.trim().toLowerCase() === name).map(([, value]) => value)

const tokens = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).map((token) => token.trim().toLowerCase())

const extensionNames = (text: string): string[] =>
  tokens([text]).map((offer) => (offer.split(';')[0] ?? '').trim())

export function checkHandshake(headers: HeaderLines, asked: Asked): HandshakeChecks {
  const accepts = all(headers, 'sec-websocket-accept')
  const upgrades = all(headers, 'upgrade')
  return {
    accept: accepts.length === 1 && accepts[0] === asked.expectedAccept,
    upgrade: upgrades.length === 1 && upgrades[0]?.toLowerCase() === 'websocket',
    connection: tokens(all(headers, 'connection')).includes('upgrade'),
    subprotocol: checkSubprotocol(all(headers, 'sec-websocket-protocol'), asked.subprotocols),
    extensions: checkExtensions(all(headers, 'sec-websocket-extensions'), asked.extensions),
  }
}

/**
 * Chromium fails when it asked and none was picked; RFC 6455 leaves that to the client. A second header is a fault
 * whatever it says (RFC 6455 §11.3.4), and so is one value that holds two.
 */
function checkSubprotocol(picked: readonly string[], wanted: readonly string[]): boolean | null {
  if (picked.length === 0) return wanted.length === 0 ? null : false
  return picked.length === 1 && wanted.includes(picked[0] ?? '')
}

function checkExtensions(agreed: readonly string[], offered: string | undefined): boolean | null {
  if (agreed.length === 0) return null
  const names = offered === undefined ? [] : extensionNames(offered)
  return agreed.flatMap(extensionNames).every((name) => names.includes(name))
}
