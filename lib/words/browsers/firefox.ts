import { type FirefoxLanguage, firefoxLanguages } from '#lib/words/firefox-languages.ts'
import type { Meaning, Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const webSocket = 'https://github.com/mozilla/gecko-dev/blob/master/dom/websocket/WebSocket.cpp'
const channel =
  'https://github.com/mozilla/gecko-dev/blob/master/netwerk/protocol/websocket/WebSocketChannel.cpp'
const security =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/security/security.properties'
const csp =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/security/csp.properties'
const netErrors = 'https://github.com/mozilla/gecko-dev/blob/master/xpcom/base/ErrorList.py'
const nssErrors =
  'https://firefox-source-docs.mozilla.org/security/nss/legacy/reference/nss_ssl_functions/sslerr.html'
const toolkit =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/appstrings.properties'

/** Firefox sets the address without quotes, and the sentence's full stop directly after it. */
const ADDRESS = '(wss?://[!-~]{1,1900}?)'

/** What is said, with the address that the first group holds. */
const about =
  (means: Meaning) =>
  (groups: RegExpExecArray): Said => {
    const url = groups[1]?.replace(/[.,;:)\]”"']{1,3}$/, '')
    return url === undefined ? { means } : { means, url }
  }

export default defineProgram({
  id: 'firefox',
  name: 'Firefox',
  side: 'client',
  mark: /\bFirefox\b(?!\/)|\bNS_(?:ERROR|BINDING)_|\bSEC_ERROR_|\bMOZILLA_PKIX_/,
  phrases: [
    ...firefoxLanguages.flatMap(phrasesOfLanguage),
    ...phrasesOf(webSocket, [
      {
        id: 'cannot-connect-other',
        needle: 'Firefox',
        // Languages without an entry of their own: the name, words that are not English, and the address of a socket.
        pattern:
          /Firefox(?=[^\n]{1,90}[^\n -~’])[^\n"\d/:;=()]{1,90}(wss?:\/\/[!-~]{1,1900}?)(?=[.。]?(?:\s|$)|[^!-~])/u,
        said: about('never-opened'),
        example: 'Firefox не може да воспостави врска со серверот wss://app.example/ws.',
        explains:
          'The connection failed before it opened. Firefox prints the same sentence for every reason, in its user’s language.',
      },
    ]),
    ...phrasesOf(toolkit, [
      {
        id: 'refused-on-android',
        needle: 'refused when attempting to contact',
        pattern: new RegExp(
          `The connection was refused when attempting to contact ${ADDRESS}(?=[.]?(?:\\s|$))`,
        ),
        said: about('never-opened'),
        example: 'The connection was refused when attempting to contact wss://app.example/ws.',
        explains:
          'The connection failed before it opened. Firefox for Android and Thunderbird print “refused” for every reason.',
      },
      {
        id: 'terminated-on-android',
        needle: 'has terminated unexpectedly',
        pattern: new RegExp(`The connection to ${ADDRESS} has terminated unexpectedly`),
        said: about('interrupted'),
        example:
          'The connection to wss://app.example/ws has terminated unexpectedly. Some data may have been transferred.',
        explains: 'The connection was open and ended in an error. Firefox does not say which.',
      },
    ]),
    // Before a connection is made.
    ...phrasesOf(csp, [
      {
        id: 'csp',
        needle: 'connect-src',
        // A policy that only reports begins with a parenthesis, in every language.
        pattern:
          /Content[- ]Security[- ]Policy: (?![(（])(?=[^\n]{0,500}connect-src)[^\n]{0,400}?(wss?:\/\/[!-~]{1,1900}?)(?=[\s）)]|[^!-~]|$)/,
        said: about('csp'),
        example:
          "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at wss://app.example/ws because it violates the following directive: “connect-src 'self'”",
        explains: 'The page’s Content-Security-Policy does not list this address in connect-src.',
      },
      {
        id: 'upgraded',
        needle: 'insecure request',
        pattern: /Upgrading insecure request [‘'“"](ws:\/\/[!-~]{1,1900}?)[’'”"] to use [‘'“"]wss/,
        said: about('scheme-upgraded'),
        example: 'Content-Security-Policy: Upgrading insecure request ‘ws://app.example/ws’ to use ‘wss’',
        explains:
          'The page asked for ws:// and Firefox uses wss://, because the page’s policy or HTTPS-Only Mode wants it.',
      },
    ]),
    ...phrasesOf(security, [
      {
        id: 'tracking-protection',
        needle: 'was blocked because',
        pattern:
          /The resource at [“"](wss?:\/\/[^”"\s]{1,1900})[”"] was blocked because (?:Enhanced Tracking Protection|content blocking|tracking protection) is enabled/i,
        said: about('blocked-by-client'),
        example:
          'The resource at “wss://app.example/ws” was blocked because Enhanced Tracking Protection is enabled.',
        explains:
          'The host is on Firefox’s list of trackers, and tracking protection blocked the connection.',
      },
    ]),
    ...phrasesOf(webSocket, [
      {
        id: 'insecure-operation',
        needle: 'The operation is insecure',
        pattern: /The operation is insecure\b/,
        said: { means: 'mixed-content' },
        example: 'Uncaught DOMException: The operation is insecure.',
        explains:
          'As an error of `new WebSocket`: an HTTPS page tried to open ws:// without TLS. Blocked storage prints the same words.',
      },
      {
        id: 'invalid-string',
        needle: 'An invalid or illegal string was specified',
        pattern: /An invalid or illegal string was specified/,
        said: { means: 'invalid-url' },
        example: 'Uncaught DOMException: An invalid or illegal string was specified',
        explains: 'As an error of `new WebSocket`: the address or a subprotocol is not valid.',
      },
      {
        id: 'not-usable',
        needle: 'is not, or is no longer, usable',
        pattern: /An attempt was made to use an object that is not, or is no longer, usable/,
        said: { means: 'used-too-early' },
        example:
          'InvalidStateError: An attempt was made to use an object that is not, or is no longer, usable',
        explains: 'Your page called send() before the open event. The connection itself did not fail.',
      },
    ]),
    // Codes of the Network panel.
    ...phrasesOf(channel, [
      code(
        'NS_ERROR_WEBSOCKET_CONNECTION_REFUSED',
        '',
        { means: 'bad-answer' },
        'The handshake was answered with an HTTP status other than 101. The panel’s row has it.',
      ),
    ]),
    ...phrasesOf(netErrors, [
      code('NS_ERROR_UNKNOWN_HOST', '', { means: 'dns-failure' }, 'The host name has no address in DNS.'),
      code(
        'NS_ERROR_CONNECTION_REFUSED',
        '',
        { means: 'refused' },
        'No program accepts connections at this address and port.',
      ),
      code(
        'NS_ERROR_NET_TIMEOUT',
        '(?:_EXTERNAL)?',
        { means: 'connect-timeout' },
        'Nothing answered in the time that Firefox gives.',
      ),
      code(
        'NS_ERROR_NET_RESET',
        '',
        { means: 'reset' },
        'TCP was reset by the server or a device on the way.',
      ),
      code(
        'NS_ERROR_NET_EMPTY_RESPONSE',
        '',
        { means: 'closed-before-answer' },
        'The server closed TCP without an answer.',
      ),
      code('NS_ERROR_NET_INTERRUPT', '', { means: 'lost' }, 'The connection ended before it was finished.'),
      code('NS_ERROR_OFFLINE', '', { means: 'offline' }, 'Firefox is offline.'),
      code(
        'NS_ERROR_PORT_ACCESS_NOT_ALLOWED',
        '',
        { means: 'blocked-port' },
        'The port is on the list that browsers never connect to.',
      ),
      code(
        'NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED',
        '',
        { means: 'local-network' },
        'A page of a public address may not reach this local address without permission.',
      ),
      code(
        'NS_ERROR_UNKNOWN_PROXY_HOST',
        '',
        { means: 'forward-proxy' },
        'The forward proxy’s name has no address in DNS.',
      ),
      code(
        'NS_ERROR_PROXY_AUTHENTICATION_FAILED',
        '',
        { means: 'proxy-authentication' },
        'The forward proxy wants credentials.',
      ),
      code(
        'NS_ERROR_PROXY_',
        '(?!AUTHENTICATION_FAILED)[A-Z_]{1,40}',
        { means: 'forward-proxy' },
        'The forward proxy could not be reached, or refused the tunnel.',
        'NS_ERROR_PROXY_CONNECTION_REFUSED',
      ),
      code(
        'NS_ERROR_BLOCKED_BY_POLICY',
        '',
        { means: 'blocked-by-client' },
        'A policy of the browser’s administrator blocked the connection.',
      ),
      code(
        'NS_ERROR_CONTENT_BLOCKED',
        '',
        { means: 'blocked-by-client' },
        'An extension or a policy blocked the connection.',
      ),
      code(
        'NS_ERROR_TRACKING_URI',
        '',
        { means: 'blocked-by-client' },
        'The host is on Firefox’s list of trackers, and tracking protection blocked the connection.',
      ),
      code(
        'NS_ERROR_NET_HTTP',
        '[23]_[A-Z0-9_]{1,40}',
        { means: 'http2' },
        'The WebSocket was opened over HTTP/2 and the connection under it failed.',
        'NS_ERROR_NET_HTTP2_SENT_GOAWAY',
      ),
      code(
        'NS_BINDING_ABORTED',
        '',
        { means: 'closed-by-page' },
        'The page ended the request: it called close(), or the user left it.',
      ),
    ]),
    // Certificates and TLS.
    ...phrasesOf(nssErrors, [
      code(
        'SSL_ERROR_BAD_CERT_DOMAIN',
        '',
        { means: 'cert-name' },
        'The certificate is for another host name.',
      ),
      code(
        'SEC_ERROR_EXPIRED_',
        '(?:ISSUER_)?CERTIFICATE',
        { means: 'cert-expired' },
        'The certificate, or that of its issuer, has expired.',
        'SEC_ERROR_EXPIRED_CERTIFICATE',
      ),
      code(
        'MOZILLA_PKIX_ERROR_NOT_YET_VALID_',
        '(?:ISSUER_)?CERTIFICATE',
        { means: 'cert-expired' },
        'The certificate is not valid yet. The clock of this device counts too.',
        'MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE',
      ),
      code(
        'MOZILLA_PKIX_ERROR_',
        '(?!NOT_YET_VALID)[A-Z0-9_]{1,60}',
        { means: 'cert-untrusted' },
        'Firefox does not trust the certificate.',
        'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT',
      ),
      code(
        'SEC_ERROR_',
        '(?!EXPIRED_(?:ISSUER_)?CERTIFICATE)[A-Z0-9_]{1,60}',
        { means: 'cert-untrusted' },
        'Firefox does not trust the certificate. Open https:// of the same host to see why.',
        'SEC_ERROR_UNKNOWN_ISSUER',
      ),
      code(
        'SSL_ERROR_',
        '(?:UNSUPPORTED_VERSION|NO_CYPHER_OVERLAP|PROTOCOL_VERSION_ALERT|HANDSHAKE_FAILURE_ALERT|HANDSHAKE_FAILED|INSUFFICIENT_SECURITY_ALERT|NO_CIPHERS_SUPPORTED|WEAK_SERVER_[A-Z_]{1,40})',
        { means: 'tls-version' },
        'Browser and server share no version of TLS or no cipher.',
        'SSL_ERROR_UNSUPPORTED_VERSION',
      ),
      code(
        'SSL_ERROR_',
        '(?:RX_CERTIFICATE_REQUIRED_ALERT|BAD_CERT_ALERT|NO_CERTIFICATE_ALERT|CERTIFICATE_UNKNOWN_ALERT)',
        { means: 'tls-client-certificate' },
        'The server wants a client certificate, and got none or one that it does not accept.',
        'SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT',
      ),
      code(
        'SSL_ERROR_',
        '(?:RX_RECORD_TOO_LONG|RX_[A-Z_]{1,50}(?<!REQUIRED_ALERT)|BAD_MAC_READ|DECRYPTION_FAILED|INTERNAL_ERROR_ALERT|BAD_SERVER|DECODE_ERROR_ALERT)',
        { means: 'tls-garbled' },
        'What came back is not TLS, or broken TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
        'SSL_ERROR_RX_RECORD_TOO_LONG',
      ),
      code(
        'SSL_ERROR_UNRECOGNIZED_NAME_ALERT',
        '',
        { means: 'cert-name' },
        'The server has no certificate for the name that Firefox asked for (SNI).',
      ),
      code('PR_CONNECT_RESET_ERROR', '', { means: 'reset' }, 'TCP was reset during the TLS handshake.'),
      code(
        'PR_END_OF_FILE_ERROR',
        '',
        { means: 'closed-before-answer' },
        'The server closed TCP during the TLS handshake.',
      ),
    ]),
  ],
})

/** A code of the Network panel; `example` where `start` is not a whole code. */
function code(
  start: string,
  rest: string,
  said: Said,
  explains: string,
  example = start,
): Omit<Phrase, 'source'> {
  return {
    id: example.toLowerCase().replaceAll('_', '-'),
    needle: start,
    pattern: new RegExp(`\\b${start}${rest}(?![A-Z0-9_])`),
    said,
    example,
    explains,
  }
}

function phrasesOfLanguage([tag, cannotConnect, interrupted, mixedContent]: FirefoxLanguage): Phrase[] {
  const suffix = tag === 'en' ? '' : `-${tag.toLowerCase()}`
  return phrasesOf(webSocket, [
    sentence(
      `cannot-connect${suffix}`,
      cannotConnect,
      'never-opened',
      'The connection failed before it opened. Firefox prints the same sentence for every reason: DNS, TCP, TLS or the server’s answer.',
    ),
    sentence(
      `interrupted${suffix}`,
      interrupted,
      'interrupted',
      'The connection was open and ended in an error: a reset, or bytes that break the protocol. A page that reloads prints it too.',
    ),
    ...(mixedContent === undefined
      ? []
      : [
          sentence(
            `mixed-content${suffix}`,
            mixedContent,
            'mixed-content',
            'An HTTPS page tried to open ws:// without TLS. Firefox refuses before it connects.',
          ),
        ]),
  ])
}

function sentence(id: string, text: string, means: Meaning, explains: string): Omit<Phrase, 'source'> {
  const sides = text.split('%S')
  const [before = '', after = ''] = sides.map(literal)
  return {
    id,
    needle: longestPart(sides),
    pattern: new RegExp(`${before}${ADDRESS}${after === '' ? '(?=[.。]?(?:\\s|$))' : after}`),
    said: about(means),
    example: `${text.replace('%S', means === 'mixed-content' ? 'ws://app.example/ws' : 'wss://app.example/ws')}.`,
    explains,
  }
}

/** Quotes and apostrophes differ between versions of one language. */
function literal(text: string): string {
  return text
    .replace(/[.()]/g, '\\$&')
    .replace(/[’']/g, "[’']")
    .replace(/ ?[“”„«»‘「」"] ?/g, ' ?[“”„«»‘’「」"] ?')
}

function longestPart(sides: readonly string[]): string {
  const parts = sides.flatMap((side) => side.split(/[“”„«»‘’「」"']|^ | $/u))
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}
