import { farewell } from '#lib/facts/last-words.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { type Because, defineCause, likely, possible, proven, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf } from '#lib/playbook/weighing/advice.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { endedAtOnceMs } from '#lib/playbook/weighing/cut-times.ts'
import type { Change } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const atOnce = (ageMs: number): Because =>
  say(
    sentence`It came ${ageMs} ms after the opening, and the server had said nothing: nothing handles this path, or what does returned at once`,
    'probe.end',
  )

const routes = (path: string): Change[] => [
  {
    program: 'node',
    of: 'express',
    where: sentence`Node server (express-ws)`,
    text: js`app.ws(${js.string(path)}, (socket) => socket.on('message', handle))`,
  },
  {
    program: 'node',
    of: 'fastify',
    where: sentence`Node server (@fastify/websocket)`,
    text: js`fastify.get(${js.string(path)}, { websocket: true }, (socket) => socket.on('message', handle))`,
  },
]

export default defineCause({
  id: 'no-status',
  stage: 'closed',
  side: 'server',
  title: 'Closed without a code (1005)',
  symptom: 'Close code 1005, clean.',
  endings: ['closed', 'closing'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    if (ending.kind === 'closing') return weighed(possible(...ending.because), 0.1)
    const finding = codeFinding(facts, [1005])
    // A message of the protocol above ended it: which code followed was not printed.
    const told = toldByClient(facts.told, 'closed-by-server')
    const ageMs = endedAtOnceMs(facts)
    if (finding.is === 'proven' && ageMs !== undefined && told === undefined)
      return proven(...finding.because, atOnce(ageMs))
    const last = finding.is === 'proven' ? farewell(facts.evidence) : undefined
    if (finding.is === 'proven' && last && told === undefined) return proven(...finding.because, last)
    if (finding.is !== 'proven' || told === undefined) return finding
    return told.application === undefined
      ? likely(...finding.because)
      : weighed(possible(...finding.because), 0.3)
  },

  explain: {
    wire: 'An empty Close frame: `close()` without arguments. 1005 itself never travels.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Find the call to close() without a code on the other side.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => {
    const isAtOnce = endedAtOnceMs(facts) !== undefined
    const closing: Change = {
      program: 'node',
      where: sentence`Node server (ws)`,
      text: js`socket.close(1000, 'done')`,
    }
    return {
      summary: isAtOnce
        ? sentence`The server closed right after the opening, without a code. Its handler returned or called close(), or nothing handles ${pathOf(facts)}. express-ws and @fastify/websocket open such a path too. Check the path first, then the handler.`
        : sentence`Close with a code, so that both sides know why.`,
      changes: isAtOnce ? [...routes(pathOf(facts)), closing] : [closing],
    }
  },

  reproduce: null,
})
