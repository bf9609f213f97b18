/**
 * What browsers say of the HTTP request before the handshake that some libraries make (`…/negotiate`, `…/info`, polling),
 * where its answer does not let the page read it.
 */
import type { Cors, Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

type Request = {
  readonly application: string
  readonly source: string
  /** What the addresses of such requests have, and of no others. */
  readonly address: string
  readonly example: string
  readonly explains: string
  readonly fix?: string
}

export function corsPhrases({ application, source, address, example, explains, fix }: Request): Phrase[] {
  const at = `[^'\\n]{0,1500}(?:\\b|(?<=/))${address}`
  const refused = (line: string, words = '', origin?: string): Said => ({
    means: 'origin-refused',
    cors: {
      why: WHY.find(([pattern]) => pattern.test(words))?.[1] ?? 'other',
      ...(/[?&]EIO=3\b/.test(line) && { isOld: true }),
    },
    application,
    ...(origin !== undefined && { origin }),
  })
  const advice = fix === undefined ? {} : { fix }
  return phrasesOf(source, [
    {
      id: 'cors-local-network',
      needle: 'has been blocked by CORS policy',
      pattern: new RegExp(
        `Access to (?:XMLHttpRequest|fetch) at '${at}[^']{0,500}' from origin '[^']{1,300}' has been blocked by CORS policy: [^\\n]{1,120}\\baddress space\\b`,
        'i',
      ),
      said: { means: 'local-network', application },
      example: `Access to XMLHttpRequest at '${example}' from origin 'https://app.example' has been blocked by CORS policy: Permission was denied for this request to access the \`loopback\` address space.`,
      explains: 'The browser does not let this page reach an address of the local network.',
    },
    {
      id: 'cors-chromium',
      needle: 'has been blocked by CORS policy',
      pattern: new RegExp(
        `Access to (?:XMLHttpRequest|fetch) at '${at}[^']{0,500}' (?:\\(redirected from '[^']{0,1500}'\\) )?from origin '([^']{1,300})' has been blocked by CORS policy(?!: [^\\n]{1,120}\\baddress space\\b)(?:: ([^\\n]{1,300}))?`,
        'i',
      ),
      said: ([line, origin, why]) => refused(line, why, origin),
      example: `Access to XMLHttpRequest at '${example}' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
      explains,
      ...advice,
    },
    {
      id: 'cors-firefox-failed',
      needle: 'CORS request did not succeed',
      pattern: new RegExp(
        `Cross-Origin Request Blocked: [^\\n]{0,200}\\bremote resource at ${at}[^\\n]{0,500}\\bCORS request did not succeed\\b`,
        'i',
      ),
      said: { means: 'never-opened', application },
      example: `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${example}. (Reason: CORS request did not succeed). Status code: (null).`,
      explains:
        'The first HTTP request got no answer: the network, TLS or the server failed, and no rule about origins did.',
    },
    {
      id: 'cors-firefox',
      needle: 'Cross-Origin Request Blocked',
      pattern: new RegExp(
        `Cross-Origin Request Blocked: [^\\n]{0,200}\\bremote resource at ${at}(?![^\\n]{0,500}\\bdid not succeed\\b)(?:[^\\n]{0,500}\\(Reason: ([^\\n]{1,200}))?`,
        'i',
      ),
      said: ([line, why]) => refused(line, why),
      example: `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${example}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).`,
      explains,
      ...advice,
    },
    {
      id: 'cors-safari',
      needle: 'due to access control checks',
      pattern: new RegExp(
        `(?:XMLHttpRequest|Fetch API) cannot load ${at}[^\\n]{0,500} due to access control checks`,
        'i',
      ),
      said: ([line]) => refused(line),
      example: `XMLHttpRequest cannot load ${example} due to access control checks.`,
      explains,
      ...advice,
    },
  ])
}

/** In order, as Chromium and Firefox word them. */
const WHY: readonly (readonly [RegExp, Cors['why']])[] = [
  [/\bwildcard\b|is [‘']\*/i, 'wildcard'],
  [/\bmultiple\b/i, 'twice'],
  [/Allow-Origin[’'](?: header is present| missing)/i, 'missing'],
]
