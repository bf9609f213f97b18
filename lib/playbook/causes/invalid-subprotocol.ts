import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { isToken } from '#lib/protocol/token.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'invalid-subprotocol',
  stage: 'page',
  side: 'client',
  title: 'Invalid or duplicate subprotocol',
  symptom: 'The constructor throws a SyntaxError; no event ever fires.',
  endings: ['blocked'],
  needs: ['browser.events'],

  test: ({ page, target, told, ending }) => {
    const said = toldByClient(told, 'invalid-subprotocol')
    if (said) return proven(say(said.detail, said.from))
    const { exception } = page
    if (exception?.name !== 'SyntaxError') return ruledOut(...ending.because)
    const from = pageEventPath(page, exception.at)
    const names = target.subprotocols.map((name) => name.toLowerCase())
    const wrong = names.find((name, at) => !isToken(name) || names.indexOf(name) !== at)
    if (wrong !== undefined)
      return proven(say(sentence`The list of subprotocols holds “${wrong}” twice or malformed`, from))
    return /sub-?protocol/i.test(exception.message)
      ? proven(say(sentence`The constructor threw “${excerpt(exception.message)}”`, from))
      : ruledOut(say('Every subprotocol is a token and given once', 'target.subprotocols'))
  },

  explain: {
    wire: 'Nothing: the names go into `Sec-WebSocket-Protocol`, so each must be a token (no blanks, commas or slashes) and may be listed once.',
    browser: 'The constructor throws before anything is sent.',
    sure: 'Look at the second argument of `new WebSocket`: an empty string, a URL or a token with `=` in it is refused.',
    sources: [
      {
        title: 'RFC 6455 §4.1, Sec-WebSocket-Protocol',
        url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Give each subprotocol once, as a plain token.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(addressOf(facts))}, ['YOUR_SUBPROTOCOL'])`,
      },
    ],
  }),

  reproduce: null,
})
