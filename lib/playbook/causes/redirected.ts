import { answerHeader } from '#lib/facts/answer.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, possible, proven, say, weighed } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { statusFinding } from '#lib/playbook/weighing/status-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const LOGIN = /log-?in|sign-?in|\bauth|\bsso\b/i

/** A header that was printed below the client's line about the status. */
const printedBelow = ({ client }: Facts['evidence']): string | undefined =>
  client?.lines?.flatMap(({ text }) => /\(location: (\S{1,2000})\)$/.exec(text)?.[1] ?? [])[0]

/** Where the answer leads; a relative address stands for one on the same host. */
function redirectOf({ answer, evidence, target }: Facts): URL | undefined {
  const to = answerHeader(answer, 'location') ?? printedBelow(evidence)
  const base = target.url?.href.replace(/^ws/, 'http')
  const url = to === undefined ? null : URL.parse(to, base)
  return url !== null && /^(https?|wss?):$/.test(url.protocol) ? url : undefined
}

export default defineCause({
  id: 'redirected',
  stage: 'handshake',
  side: 'proxy',
  title: 'Handshake redirected',
  symptom: 'The handshake is answered with 301, 302, 307 or 308.',
  endings: ['answered', 'unopened'],
  needs: ['probe', 'browser.console'],

  test: (facts) => {
    const { answer, ending, settings } = facts
    const { own } = settings
    if (!answer && own?.status !== undefined && own.status >= 300 && own.status < 400)
      return weighed(possible(...ending.because, say(own.says, own.from)), 0.75)
    const to = answer?.headers?.find(([name]) => name.toLowerCase() === 'location')?.[1]
    // 304 answers a conditional request, and sends nobody elsewhere.
    if (answer && answer.status >= 300 && answer.status < 400 && answer.status !== 304) {
      return proven(
        say(sentence`The answer is ${answer.status}${to === undefined ? '' : ` to ${to}`}`, answer.from),
      )
    }
    return statusFinding(facts, [], '')
  },

  explain: {
    wire: 'The answer is a redirect: to https, to the path with a slash, to a login page. Browsers never follow a redirect for a WebSocket.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Read the `Location` header with a probe or curl.',
    sources: [
      {
        title: 'WHATWG Fetch, WebSocket protocol alterations',
        url: 'https://websockets.spec.whatwg.org/#websocket-opening-handshake',
      },
    ],
  },

  fix: (facts) => {
    const to = redirectOf(facts)
    if (to !== undefined && LOGIN.test(to.pathname))
      return {
        summary: sentence`No valid session, so the server redirected to sign-in. Sign in before connecting.`,
        changes: [
          {
            program: 'browser',
            where: sentence`In the page`,
            text: js`location.assign(${js.string(to.href)})`,
          },
        ],
      }
    const address = to?.href.replace(/^http/, 'ws') ?? addressOf(facts)
    return {
      summary:
        to === undefined
          ? sentence`Connect to the redirect target directly, or handle the handshake without a redirect.`
          : sentence`Connect to ${address} directly: clients of WebSockets do not follow redirects. Or handle the handshake without one.`,
      changes: [
        { program: 'browser', where: sentence`In the page`, text: js`new WebSocket(${js.string(address)})` },
      ],
    }
  },

  reproduce: 'redirect',
})
