/** What Chromium refuses before it connects, and what a page does to its own sockets. */
import { failed } from '#lib/words/browsers/chromium/failed.ts'
import type { Phrase } from '#lib/words/phrase.ts'

const blink =
  'https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/websockets/websocket_common.cc'

export const page: readonly Phrase[] = [
  {
    id: 'mixed-content',
    needle: 'insecure WebSocket',
    pattern:
      /attempted to connect to the insecure WebSocket endpoint '([^']*)'|An insecure WebSocket connection may not be initiated from a page loaded over HTTPS/i,
    said: { means: 'mixed-content' },
    example:
      "Uncaught SecurityError: Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.",
    explains: 'An HTTPS page tried to open ws:// without TLS. Chromium refuses before it connects.',
    source: blink,
  },
  {
    id: 'csp',
    needle: 'Content Security Policy',
    pattern:
      /(?<!\[Report Only\] )(?:Refused to connect to|Connecting to) '?([^' ]*)'? (?:because it )?violates the (?:following |document's )?Content Security Policy(?![^\n]{0,400}policy is report-only)/i,
    said: { means: 'csp' },
    example:
      "Refused to connect to 'wss://app.example/ws' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    explains: 'The page’s Content-Security-Policy does not list this address in connect-src.',
    source: 'https://www.w3.org/TR/CSP3/#directive-connect-src',
  },
  {
    id: 'invalid-url',
    needle: "Failed to construct 'WebSocket'",
    pattern:
      /Failed to construct 'WebSocket': (?:The URL '[^']*' is invalid|The URL's scheme must be either|The URL contains a fragment identifier)/i,
    said: { means: 'invalid-url' },
    example: "Uncaught SyntaxError: Failed to construct 'WebSocket': The URL 'localhost:8080' is invalid.",
    explains: 'The address is not a WebSocket URL: the scheme is missing or wrong, or it has a fragment.',
    source: blink,
  },
  {
    id: 'invalid-subprotocol',
    needle: "Failed to construct 'WebSocket'",
    pattern: /Failed to construct 'WebSocket': The subprotocol '[^']*' is (?:invalid|duplicated)/i,
    said: { means: 'invalid-subprotocol' },
    example: "Uncaught SyntaxError: Failed to construct 'WebSocket': The subprotocol 'a b' is invalid.",
    explains: 'A subprotocol must be a token, and each may be given once.',
    source: blink,
  },
  {
    id: 'port-blocked',
    needle: "Failed to construct 'WebSocket'",
    pattern: /Failed to construct 'WebSocket': The port (\d+) is not allowed/i,
    said: { means: 'blocked-port' },
    example: "Uncaught SecurityError: Failed to construct 'WebSocket': The port 6000 is not allowed.",
    explains: 'The port belongs to another service and is on the list that browsers never connect to.',
    source: 'https://fetch.spec.whatwg.org/#port-blocking',
  },
  {
    id: 'still-connecting',
    needle: 'Still in CONNECTING state',
    pattern: /Failed to execute 'send' on 'WebSocket': Still in CONNECTING state/i,
    said: { means: 'used-too-early' },
    example:
      "Uncaught InvalidStateError: Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.",
    explains: 'The script called send() before the open event. The connection itself did not fail.',
    source: 'https://websockets.spec.whatwg.org/#dom-websocket-send',
  },
  {
    id: 'close-code',
    needle: "'close' on 'WebSocket'",
    pattern:
      /Failed to execute 'close' on 'WebSocket': The (?:(?:close )?code must be either 1000|(?:message|close reason) must not be greater)/i,
    said: { means: 'nothing-said' },
    example:
      "Uncaught InvalidAccessError: Failed to execute 'close' on 'WebSocket': The code must be either 1000, or between 3000 and 4999. 1001 is neither.",
    explains:
      'Your page called close() with a code or reason that it may not use. The connection did not fail.',
    source: blink,
  },
  {
    id: 'already-closing',
    needle: 'already in CLOSING or CLOSED state',
    pattern: /WebSocket is already in CLOSING or CLOSED state/i,
    said: { means: 'used-too-early' },
    example: 'WebSocket is already in CLOSING or CLOSED state.',
    explains: 'The script called send() on a connection that had ended. Why it ended is printed elsewhere.',
    source: blink,
  },
  {
    id: 'closed-before-established',
    needle: 'closed before the connection is established',
    pattern: /WebSocket is closed before the connection is established/i,
    said: { means: 'closed-by-page' },
    example: failed('WebSocket is closed before the connection is established.'),
    explains:
      'The page called close() while the socket was still connecting, as an effect that runs twice does.',
    source: blink,
  },
  {
    id: 'insufficient-resources',
    needle: 'nsufficient',
    pattern: /failed: Insufficient resources|net::ERR_INSUFFICIENT_RESOURCES/i,
    said: { means: 'socket-limit' },
    example: failed('Insufficient resources'),
    explains: 'The browser has as many WebSockets open as it allows (255 for a host, 512 in all).',
    source: 'https://source.chromium.org/chromium/chromium/src/+/main:services/network/websocket_factory.cc',
  },
  {
    id: 'not-new',
    needle: "Failed to construct 'WebSocket'",
    pattern: /Failed to construct 'WebSocket': (?:Please use the 'new' operator|1 argument required)/,
    said: { means: 'nothing-said' },
    example:
      "Uncaught TypeError: Failed to construct 'WebSocket': Please use the 'new' operator, this DOM object constructor cannot be called as a function.",
    explains: 'The script calls WebSocket without new or without an address. No connection was tried.',
    source: blink,
  },
  {
    id: 'fetch-scheme',
    needle: 'Fetch API cannot load ws',
    pattern: /Fetch API cannot load wss?:\/\/\S{1,1900} URL scheme "wss?" is not supported/,
    said: { means: 'invalid-url' },
    example: 'Fetch API cannot load wss://app.example/ws. URL scheme "wss" is not supported.',
    explains: 'The script gave a WebSocket’s address to fetch(): it is for new WebSocket().',
    source: 'https://fetch.spec.whatwg.org/#scheme-fetch',
  },
  {
    id: 'local-network-permission',
    needle: 'address space',
    pattern:
      /Permission was denied for this request to access the [`'"](?:local|loopback|private|unknown)[`'"] address space|the resource is in more-private address space/,
    said: { means: 'local-network' },
    example: 'Permission was denied for this request to access the `loopback` address space.',
    explains:
      'A page of a public address may reach this local or private address only when its user permits it.',
    source: 'https://wicg.github.io/local-network-access/',
  },
]
