import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const websockex = 'https://github.com/Azolo/websockex/blob/master/lib/websockex/errors.ex'
const mint =
  'https://github.com/elixir-mint/mint_web_socket/blob/main/lib/mint/web_socket/upgrade_failure_error.ex'

export default defineProgram({
  id: 'websockex',
  name: 'WebSockex and Mint',
  side: 'client',
  mark: /\bWebSockex\b|\bMint\.(?:WebSocket|TransportError|HTTPError)\b/,
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
      {
        id: 'connection-error',
        needle: 'Connection Error: :',
        pattern:
          /\bConnection Error: :(econnrefused|ehostunreach|enetunreach|timeout|etimedout|closed|econnreset)\b/,
        said: ([, why]) => ({
          means:
            why === 'econnrefused'
              ? 'refused'
              : why === 'closed' || why === 'econnreset'
                ? 'closed-before-answer'
                : why === 'timeout' || why === 'etimedout'
                  ? 'timed-out'
                  : 'unreachable',
        }),
        example: '** (WebSockex.ConnError) Connection Error: :econnrefused',
        explains: 'TCP did not connect, for the reason that Erlang gives.',
      },
      {
        id: 'tls-alert',
        needle: 'Connection Error: {:tls_alert',
        pattern: /\bConnection Error: \{:tls_alert, \{:(\w{1,40}),/,
        said: ([, alert = '']) => ({
          means: /expired/.test(alert)
            ? 'cert-expired'
            : /unknown_ca|bad_certificate/.test(alert)
              ? 'cert-untrusted'
              : /handshake_failure/.test(alert)
                ? 'cert-name'
                : /version|security/.test(alert)
                  ? 'tls-version'
                  : 'tls-garbled',
          ...(alert === 'handshake_failure' && { unsure: true as const }),
        }),
        example:
          '** (WebSockex.ConnError) Connection Error: {:tls_alert, {:unknown_ca, ~c"TLS client: bad certificate"}}',
        explains: 'TLS failed with this alert.',
      },
      {
        id: 'frame-words',
        needle: 'Frame',
        pattern:
          /(?<!Error\) )\bFragmented Control Frame: Control Frames Can't Be Fragmented\b|(?<!Error\) )\bControl Frame Too Large: Control Frames Can't Be Larger Than 125 Bytes\b|\bCannot Add Another Start Frame to a Existing Fragment\b/,
        said: { means: 'frame' },
        example: "Fragmented Control Frame: Control Frames Can't Be Fragmented",
        explains: 'A frame of the server breaks RFC 6455.',
      },
      {
        id: 'utf8',
        needle: 'Text and Close frames must have UTF-8 payloads',
        pattern: /\bInvalid UTF-8: Text and Close frames must have UTF-8 payloads\b/,
        said: { means: 'invalid-utf8' },
        example: 'Invalid UTF-8: Text and Close frames must have UTF-8 payloads.',
        explains: 'A text of the server is not UTF-8.',
      },
      {
        id: 'disconnect-map',
        needle: 'reason: {:',
        pattern: /\breason: \{:remote, :closed\}/,
        said: { means: 'dropped' },
        example: 'handle_disconnect %{attempt_number: 1, reason: {:remote, :closed}}',
        explains: 'TCP ended without a Close frame.',
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
        id: 'mint-connect',
        needle: 'Mint.TransportError',
        pattern: /%Mint\.TransportError\{reason: :(econnrefused|nxdomain|ehostunreach|econnreset)\b/,
        said: ([, why]) => ({
          means:
            why === 'econnrefused'
              ? 'refused'
              : why === 'nxdomain'
                ? 'dns-failure'
                : why === 'ehostunreach'
                  ? 'unreachable'
                  : 'reset',
        }),
        example: '{:error, %Mint.TransportError{reason: :econnrefused}}',
        explains: 'TCP did not connect, or ended, for the reason that Erlang gives.',
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
