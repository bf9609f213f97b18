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
    ]),
  ],
})
