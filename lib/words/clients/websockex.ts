import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const websockex = 'https://github.com/Azolo/websockex/blob/master/lib/websockex/errors.ex'
const mint =
  'https://github.com/elixir-mint/mint_web_socket/blob/main/lib/mint/web_socket/upgrade_failure_error.ex'

export default defineProgram({
  id: 'websockex',
  name: 'WebSockex and Mint',
  side: 'client',
  phrases: [
    ...phrasesOf(websockex, [
      {
        id: 'status',
        needle: 'proper response from the server',
        pattern: /\bDidn't get a proper response from the server\. The response was: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'Didn\'t get a proper response from the server. The response was: 403 "Forbidden"',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'status-struct',
        needle: 'WebSockex.RequestError',
        pattern: /%WebSockex\.RequestError\{code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: '{:error, %WebSockex.RequestError{code: 403, message: "Forbidden"}}',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'connect',
        needle: 'WebSockex.ConnError',
        pattern: /%WebSockex\.ConnError\{original: :(econnrefused|nxdomain|timeout|ehostunreach|closed)\b/,
        said: ([, why]) => ({
          means:
            why === 'econnrefused'
              ? 'refused'
              : why === 'nxdomain'
                ? 'dns-failure'
                : why === 'ehostunreach'
                  ? 'unreachable'
                  : why === 'closed'
                    ? 'closed-before-answer'
                    : 'timed-out',
        }),
        example: '{:error, %WebSockex.ConnError{original: :econnrefused}}',
        explains: 'TCP did not connect, for the reason that Erlang gives.',
      },
      {
        id: 'dns',
        needle: 'Could not resolve domain name',
        pattern: /\bConnection Error: Could not resolve domain name\b/,
        said: { means: 'dns-failure' },
        example: 'Connection Error: Could not resolve domain name.',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'url',
        needle: 'WebSockex.URLError',
        pattern: /\bWebSockex\.URLError\b/,
        said: { means: 'invalid-url' },
        example: '** (WebSockex.URLError) Invalid URL: "x"',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'challenge',
        needle: 'WebSockex.HandshakeError',
        pattern: /\bWebSockex\.HandshakeError\b/,
        said: { means: 'bad-101' },
        example: "** (WebSockex.HandshakeError) Handshake Failed: Response didn't match challenge.",
        explains: 'The 101 does not answer the key of this handshake.',
      },
      {
        id: 'frame',
        needle: 'WebSockex.FrameError',
        pattern: /\bWebSockex\.FrameError\b/,
        said: { means: 'frame' },
        example:
          "** (WebSockex.FrameError) Control Frame Too Large: Control Frames Can't Be Larger Than 125 Bytes",
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'not-connected',
        needle: 'WebSockex.NotConnectedError',
        pattern: /\bWebSockex\.NotConnectedError\b/,
        said: { means: 'used-too-early' },
        example: '** (WebSockex.NotConnectedError) Not Connected: Currently Opening the Connection.',
        explains: 'The program sent before the handshake was finished.',
      },
    ]),
    ...phrasesOf(mint, [
      {
        id: 'mint-status',
        needle: 'returned status code',
        pattern: /\bCould not upgrade from HTTP to WebSocket\. The server returned status code (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'Could not upgrade from HTTP to WebSocket. The server returned status code 403 with headers:',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'mint-struct',
        needle: 'UpgradeFailureError',
        pattern: /%Mint\.WebSocket\.UpgradeFailureError\{status_code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: '%Mint.WebSocket.UpgradeFailureError{status_code: 403, headers: []}',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'mint-transport',
        needle: 'Mint.TransportError',
        pattern: /%Mint\.TransportError\{reason: :(closed|timeout)\}/,
        said: ([, reason]) => ({ means: reason === 'closed' ? 'hung-up' : 'handshake-timeout' }),
        example: '%Mint.TransportError{reason: :closed}',
        explains: 'The other end ended TCP, or nothing came within this client’s own timeout.',
      },
      {
        id: 'mint-http2',
        needle: 'extended_connect_disabled',
        pattern: /\bextended_connect_disabled\b/,
        said: { means: 'http2' },
        example: '%Mint.WebSocketError{reason: :extended_connect_disabled}',
        explains: 'The connection is HTTP/2, and the server opens no WebSockets over it.',
      },
      {
        id: 'mint-answer',
        needle: 'Mint.WebSocketError',
        pattern: /%Mint\.WebSocketError\{reason: :invalid_nonce\b/,
        said: { means: 'bad-101' },
        example: '%Mint.WebSocketError{reason: :invalid_nonce}',
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'mint-extension',
        needle: 'extension_not_negotiated',
        pattern: /\bextension_not_negotiated\b/,
        said: { means: 'extension' },
        example: '%Mint.WebSocketError{reason: {:extension_not_negotiated, "x"}}',
        explains: 'The 101 agrees to an extension that was not offered.',
      },
    ]),
  ],
})
