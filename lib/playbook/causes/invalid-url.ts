import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { excerpt, foreign, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Text that a template or a missing value leaves behind. */
const PLACEHOLDER = /\$\{|\{\{|%7b|<\w+>|undefined|null|\[object/i
const SCHEME = /^(wss?|https?):$/

export default defineCause({
  id: 'invalid-url',
  stage: 'page',
  side: 'client',
  title: 'Not a WebSocket URL',
  symptom: 'The constructor throws a SyntaxError; no event ever fires.',
  endings: ['blocked', 'dns'],
  needs: ['browser.events'],

  test: ({ page, target, told, ending, endings }) => {
    const { given } = target
    if (ending.kind === 'dns') {
      const placeholder = given !== undefined && PLACEHOLDER.test(given)
      return placeholder
        ? possible(say(sentence`The URL still holds a placeholder: “${foreign(given, 200)}”`, 'target.url'))
        : ruledOut(...(endings.page ?? ending).because)
    }
    const said = toldByClient(told, 'invalid-url')
    if (said) return proven(say(said.detail, said.from))
    const { exception } = page
    if (exception?.name !== 'SyntaxError') return ruledOut(...ending.because)
    const from = pageEventPath(page, exception.at)
    const threw = sentence`The constructor threw “${excerpt(exception.message || exception.name)}”`
    const badUrl =
      given !== undefined &&
      (target.url === undefined || !SCHEME.test(target.url.protocol) || given.includes('#'))
    if (badUrl) return proven(say(threw, from))
    if (/sub-?protocol/i.test(exception.message)) return ruledOut(say(threw, from))
    return /url|fragment|scheme/i.test(exception.message)
      ? proven(say(threw, from))
      : likely(say('The constructor threw a SyntaxError', from))
  },

  explain: {
    wire: 'Nothing: the browser parses the URL first. Only `ws:`, `wss:`, `http:`, `https:` and relative URLs are accepted, and none may carry a fragment.',
    browser:
      'This is the one group of failures that script can catch: `new WebSocket` throws, so there is neither an error event nor a close code.',
    sure: 'Log the string that goes into the constructor. Templates that were never filled in (a literal `{host}`) are the usual reason.',
    sources: [
      {
        title: 'WHATWG WebSockets, the constructor',
        url: 'https://websockets.spec.whatwg.org/#dom-websocket-websocket',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Give the constructor an absolute ws:// or wss:// URL without a fragment.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`const url = new URL(${js.string(pathOf(facts))}, location.href)\nurl.protocol = url.protocol.replace('http', 'ws')\nconst socket = new WebSocket(url)`,
      },
    ],
  }),

  reproduce: null,
})
