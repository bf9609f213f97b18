import { ADDRESS, about } from '#lib/words/browsers/firefox/about.ts'
import { codes } from '#lib/words/browsers/firefox/codes.ts'
import { localised } from '#lib/words/browsers/firefox/languages.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const webSocket = 'https://github.com/mozilla/gecko-dev/blob/master/dom/websocket/WebSocket.cpp'
const security =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/security/security.properties'
const csp =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/security/csp.properties'
const toolkit =
  'https://github.com/mozilla/gecko-dev/blob/master/dom/locales/en-US/chrome/appstrings.properties'

export default defineProgram({
  id: 'firefox',
  name: 'Firefox',
  side: 'client',
  mark: /\bFirefox\b(?!\/)|\bNS_(?:ERROR|BINDING)_|\bSEC_ERROR_|\bMOZILLA_PKIX_/,
  phrases: [
    ...localised,
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
          `The connection (?:to \\S{1,1900} )?was refused when attempting to contact ${ADDRESS}(?=[.]?(?:\\s|$))`,
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
        needle: ['connect-src', 'default-src'],
        // In every language: the policy’s name (some translate it), a colon, words with the address in them, and the
        // directive in parentheses or quotes, which a policy itself has not. One that only reports begins with a parenthesis.
        pattern:
          /(?:Content[- ]Security[- ]Policy|(?=[^\n:：]{0,60}[^\n -~])[^\n:：]{4,60}) ?[:：] ?(?=\p{L}[^\n]{3,250}[(（“”"'«„「‘] ?(?:connect|default)-src)[^\n]{0,250}?(wss?:\/\/[!-~]{1,1900}?)(?=[\s）)]|[^!-~]|$)/u,
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
        said: { means: 'mixed-content', unsure: true },
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
    ...codes,
  ],
})
