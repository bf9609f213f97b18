import { type AppleError, appleErrors } from '#lib/words/apple-errors.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const urlErrors = 'https://developer.apple.com/documentation/foundation/nsurlerrordomain'
const posixErrors = 'https://developer.apple.com/documentation/foundation/nsposixerrordomain'
const nwErrors = 'https://developer.apple.com/documentation/network/nwerror'
const sslErrors = 'https://developer.apple.com/documentation/security/secure-transport-result-codes'
const proxies = 'https://developer.apple.com/documentation/cfnetwork/cfnetworkerrors'

export default defineProgram({
  id: 'apple',
  name: 'Apple (URLSession, Network.framework)',
  side: 'client',
  mark: /\bNSURLErrorDomain\b|\bNSPOSIXErrorDomain\b|\bkNWErrorDomain|\bkCFStreamErrorDomain|\bCFNetwork\b|\bnw_[a-z]+_|\bPOSIXErrorCode\b/,
  phrases: [
    ...appleErrors.flatMap(textOf),
    ...appleErrors.flatMap(urlCodesOf),
    ...appleErrors.flatMap(posixNumbersOf),
    ...appleErrors.flatMap(sslCodesOf),
    ...phrasesOf(nwErrors, [
      {
        id: 'nw-dns',
        needle: '-655',
        pattern:
          /\bkNWErrorDomainDNS (?:error |Code=)-655(?!70)\d{2}\b|(?<![\d.])-655(?!70)\d{2}: [A-Z][A-Za-z]{3,20}\b/,
        said: { means: 'dns-failure' },
        example: 'The operation couldn’t be completed. (kNWErrorDomainDNS error -65554 - NoSuchRecord)',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'nw-dns-policy',
        needle: '-65570',
        pattern: /(?:\bkNWErrorDomainDNS (?:error |Code=)|DNSServiceErrorType[^\n]{0,20})-65570\b/,
        said: { means: 'local-network' },
        example: 'The operation couldn’t be completed. (kNWErrorDomainDNS error -65570 - PolicyDenied)',
        explains: 'The user has not allowed this app to use the local network.',
      },
      {
        id: 'nw-message-size',
        needle: 'exceeds maximum message size',
        pattern:
          /(?:\bnw_protocol_\w{1,80}\b[^\n]{0,60} )?\binput message size \d{1,15} exceeds maximum message size (\d{1,15})\b/,
        said: ([, bytes]) => ({ means: 'too-big', limitBytes: Number(bytes) }),
        example:
          'nw_protocol_copy_ws_definition_block_invoke [C2.1.1:5] input message size 2000000 exceeds maximum message size 1048576',
        explains:
          'A message that arrived is larger than this app allows: maximumMessageSize, which is 1 MiB unless it was set.',
        fix: 'Raise maximumMessageSize of the URLSessionWebSocketTask (of NWProtocolWebSocket.Options in Network.framework) before it is resumed: it is 1 MiB (1048576 bytes) unless it was set. Or have the server send less at once.',
      },
      {
        id: 'nw-invalid-answer',
        needle: 'nw_ws_validate_server_response',
        pattern:
          /\bnw_ws_validate_server_response\b[^\n]{0,40}(?:server response|invalid|doesn't match|missing)/,
        said: { means: 'bad-101' },
        example: "nw_ws_validate_server_response [C1:1] server response doesn't match expected value",
        explains: 'The answer to the handshake is not a 101 that Network.framework accepts.',
      },
    ]),
    ...phrasesOf(proxies, [
      {
        id: 'proxy',
        needle: 'proxy server',
        pattern: /There was a problem communicating with the (?:secure )?web proxy server/i,
        said: { means: 'forward-proxy' },
        example: 'There was a problem communicating with the secure web proxy server (HTTPS).',
        explains: 'The forward proxy of this device could not be reached, or refused the tunnel.',
      },
      {
        id: 'proxy-code',
        needle: 'kCFErrorDomainCFNetwork',
        pattern: /\bkCFErrorDomainCFNetwork(?: error |" code=| Code=)(?:30[67]|31[0-3])\b/i,
        said: { means: 'forward-proxy' },
        example: 'Error Domain=kCFErrorDomainCFNetwork Code=310 "(null)"',
        explains: 'The forward proxy of this device could not be reached, or refused the tunnel.',
      },
    ]),
  ],
})

/** Console lines about pages and images have the same texts. */
function textOf({ id, text, said, explains }: AppleError): Phrase[] {
  if (text === undefined) return []
  const { needle, pattern, example } = text
  return phrasesOf(urlErrors, [
    {
      id,
      needle,
      pattern: new RegExp(`(?<!Failed to load resource: )(?:${pattern.source})`, 'i'),
      said,
      example,
      explains,
    },
  ])
}

function urlCodesOf({ id, url = [], said, explains }: AppleError): Phrase[] {
  return url.flatMap((number) =>
    phrasesOf(urlErrors, [
      {
        id: `${id}${number}`,
        needle: `${number}`,
        pattern: new RegExp(
          `\\b(?:NSURLErrorDomain|kCFErrorDomainCFNetwork|NSURLError)["” ]{0,2}(?:[Cc]ode=|error |\\()${number}\\b|\\bURLError(?:\\.Code)?\\(rawValue: ${number}\\)|\\bfinished with error \\[${number}\\]`,
        ),
        said,
        example: `Error Domain=NSURLErrorDomain Code=${number}`,
        explains,
      },
    ]),
  )
}

function posixNumbersOf({ id, posix = [], said, explains }: AppleError): Phrase[] {
  return posix.flatMap((number) =>
    phrasesOf(posixErrors, [
      {
        id: `${id}-posix-${number}`,
        needle: ['POSIX', `(1:${number})`, `[1:${number}]`, `connect 1:${number}`],
        pattern: new RegExp(
          `\\bencountered error\\(1:${number}\\)|\\berror code: -\\d{3,5} \\[1:${number}\\]|\\bfailed to connect 1:${number}\\b|\\b(?:NSPOSIXErrorDomain|kNWErrorDomainPOSIX|POSIXErrorCode)["” ]{0,2}(?:[Cc]ode=|error |\\(rawValue: )${number}\\b(?:[") :-]{1,4}"?[A-Z][\\w ]{3,60})?`,
        ),
        said,
        example: `Error Domain=NSPOSIXErrorDomain Code=${number}`,
        explains,
      },
    ]),
  )
}

function sslCodesOf({ id, ssl = [], said, explains }: AppleError): Phrase[] {
  return ssl.flatMap((number) =>
    phrasesOf(sslErrors, [
      {
        id: `${id}${number}`,
        needle: `${number}`,
        pattern: new RegExp(
          `\\bencountered error\\(3:${number}\\)|\\berror code: -\\d{3,5} \\[3:${number}\\]|\\bfailed to connect 3:${number}\\b|\\bTLS Trust (?:evaluation failed\\(|encountered error 3:)${number}\\b|\\b(?:kCFStreamErrorDomainSSL|kNWErrorDomainTLS|NSOSStatusErrorDomain|OSStatus|SSLHandshake failed|_kCFStreamErrorCodeKey)[^\\n\\d]{0,30}${number}\\b|(?<![\\d.])${number}: [A-Za-z]`,
        ),
        said,
        example: `Error Domain=kCFStreamErrorDomainSSL Code=${number}`,
        explains,
      },
    ]),
  )
}
