/** The sentences that Firefox prints in its user’s language. */
import { ADDRESS, about } from '#lib/words/browsers/firefox/about.ts'
import { type FirefoxLanguage, firefoxLanguages } from '#lib/words/firefox-languages.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const webSocket = 'https://github.com/mozilla/gecko-dev/blob/master/dom/websocket/WebSocket.cpp'

export const localised: readonly Phrase[] = firefoxLanguages.flatMap(phrasesOfLanguage)

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
  const parts = sides.flatMap((side) => side.split(/ ?[“”„«»‘’「」"'] ?|^ | $/u))
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}
