/**
 * One line, by the phrasebook; and where it does not know the program's words yet, by the mechanisms that browsers and
 * clients name alike.
 *
 * Sources: Chromium net/base/net_error_list.h and net/websockets/websocket_basic_handshake_stream.cc; Firefox
 * dom/chrome/appstrings.properties; WebKit Modules/websockets and the texts of NSURLErrorDomain.
 */

import { clientErrorOf } from '#lib/words/client-errors.ts'
import type { Meaning, Said } from '#lib/words/meaning.ts'
import { readSentence, type Sentence, type SentenceHints } from '#lib/words/phrasebook.ts'

// Order matters: the first pattern that fits a line gives its meaning.
const MEANINGS: readonly [RegExp, Meaning][] = [
  [/content[ -]security[ -]policy|blocked by CSP/i, 'csp'],
  [
    /mixed content|insecure WebSocket connection may not be initiated|insecure content from/i,
    'mixed-content',
  ],
  [/(LOCAL|PRIVATE)_NETWORK_ACCESS|(local|private) network access|address space/i, 'local-network'],
  [/ERR_BLOCKED_BY_(CLIENT|ADMINISTRATOR|ORB|RESPONSE)/i, 'blocked-by-client'],
  [/Insufficient resources|ERR_INSUFFICIENT_RESOURCES/i, 'socket-limit'],
  [
    /ERR_UNSAFE_PORT|not allowed to use restricted network port|restricted port|port .{0,60} (is )?blocked/i,
    'blocked-port',
  ],
  [/ERR_INTERNET_DISCONNECTED|appears to be offline/i, 'offline'],
  [/ERR_NETWORK_CHANGED/i, 'network-changed'],
  [/ERR_NETWORK_IO_SUSPENDED/i, 'suspended'],
  [/ERR_NAME_|ERR_DNS_|ERR_ICANN_NAME_COLLISION|hostname could not be found|DNS lookup/i, 'dns-failure'],
  [/ERR_CONNECTION_REFUSED|connection refused/i, 'refused'],
  [/could not connect to the server/i, 'no-connection'],
  [
    /ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_UNREACHABLE|ERR_NETWORK_ACCESS_DENIED|ERR_ADDRESS_INVALID|no route to host/i,
    'unreachable',
  ],
  [/ERR_CONNECTION_TIMED_OUT|ERR_TIMED_OUT|the request timed out/i, 'connect-timeout'],
  [/opening handshake (has )?timed out|handshake timed out/i, 'handshake-timeout'],
  [
    /ERR_CERT_DATE_INVALID|certificate (has )?expired|EXPIRED_CERTIFICATE|certificate .{0,200} (expired|not yet valid)/i,
    'cert-expired',
  ],
  [/ERR_CERT_COMMON_NAME_INVALID|BAD_CERT_DOMAIN/i, 'cert-name'],
  [/CLIENT_AUTH|opening handshake was cancell?ed|certificate required/i, 'tls-client-certificate'],
  [/ERR_CERT_|UNKNOWN_ISSUER|certificate for this server is invalid|SELF_SIGNED/i, 'cert-untrusted'],
  [/VERSION_OR_CIPHER_MISMATCH|SSL_OBSOLETE_VERSION|UNSUPPORTED_VERSION|NO_CYPHER_OVERLAP/i, 'tls-version'],
  [/UNEXPECTED_PROXY_AUTH|PROXY_AUTH_|proxy authentication/i, 'proxy-authentication'],
  [/ERR_(PROXY|TUNNEL)_|Establishing a tunnel via proxy server failed/i, 'forward-proxy'],
  [
    /ERR_SSL_|ERR_BAD_SSL|SSL_ERROR_|secure connection to the server cannot be made|An SSL error/i,
    'tls-garbled',
  ],
  [/HTTP Authentication failed/i, 'authentication'],
  [/Unexpected response code: 401/i, 'authentication'],
  [/Unexpected response code: 407/i, 'proxy-authentication'],
  [/Unexpected (server )?response( code)?:? *\d{3}/i, 'status'],
  [/ERR_INVALID_HTTP_RESPONSE|ERR_INVALID_REDIRECT|Invalid status line/i, 'not-http'],
  [
    /Connection closed before receiving a handshake response|ERR_CONNECTION_CLOSED|ERR_EMPTY_RESPONSE|socket hang up/i,
    'closed-before-answer',
  ],
  [
    /ERR_CONNECTION_(RESET|ABORTED)|network connection was lost|software caused connection abort|socket is not connected|connection reset by peer/i,
    'reset',
  ],
  [/was interrupted while the page was loading/i, 'interrupted'],
  [/closed before the connection is established/i, 'closed-by-page'],
  [/header must not appear more than once/i, 'bad-101'],
  [
    /handshake:.{0,200}Sec-WebSocket-Protocol|non-empty 'Sec-WebSocket-Protocol'|must not include 'Sec-WebSocket-Protocol'|subprotocol/i,
    'subprotocol',
  ],
  [
    /unsupported extension|handshake:.{0,200}(Sec-WebSocket-Extensions|permessage-deflate)|'Sec-WebSocket-Extensions'|Error in permessage/i,
    'extension',
  ],
  [/bad response from the server/i, 'bad-answer'],
  [/(Upgrade|Connection|Sec-WebSocket-Accept)'? header|RESPONSE_HEADERS/i, 'bad-101'],
  [
    /must not mask|decode a text frame|reserved bits?|invalid frame header|broken close frame|unrecognized frame opcode|unrecognized|fragment(ed|ation)|continuation|previous message is unfinished|control frame|compressed (frame|bit)|inflate|decompress|frame (length|payload)|minimal number of bytes|invalid UTF-8/i,
    'frame',
  ],
]

const ABOUT_SOCKETS = /web ?socket|wss?:\/\/|^net::ERR_|net::ERR_.*(ws|socket)/i

/** What comes after the address in Chromium's and Safari's own words. */
const FAILURE = /WebSocket connection to '[^']*' failed: ?(.*)$/is

/** Longest line that is read; what follows carries no meaning in any browser's text. */
const MOST_CHARACTERS = 4000

/** Undefined where nothing is known to print it and no close code is in it. */
export function readLine(line: string, hints: SentenceHints = {}): Sentence | undefined {
  const sentence = readSentence(line, hints)
  if (sentence?.phrase !== undefined) return sentence
  const said = saidBefore(line.slice(0, MOST_CHARACTERS))
  return said === undefined ? sentence : { side: 'client', said, text: line }
}

function saidBefore(text: string): Said | undefined {
  if (!ABOUT_SOCKETS.test(text)) return clientErrorOf(text)
  const detail = FAILURE.exec(text)?.[1]?.trim() ?? text
  const means = MEANINGS.find(([pattern]) => pattern.test(detail))?.[1]
  if (means === undefined) return clientErrorOf(text)
  const status = /Unexpected (?:server )?response(?: code)?:? *(\d{3})/i.exec(detail)?.[1]
  return status === undefined ? { means } : { means, status: Number(status) }
}
