import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  type Because,
  decisive,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

function drained({ backend: { draining } }: Facts): Because | undefined {
  return draining && say('The server was shutting down when it ended the connection', serverPath(draining.at))
}

function signals(facts: Facts): Signal[] {
  const draining = drained(facts)
  if (draining && facts.backend.close?.sent) return [decisive(draining)]
  // A proxy that stops is another cause.
  const said = toldByAny({ ...facts.told, proxy: [] }, 'shutting-down')
  return said ? [strong(say(sentence`The server was told to stop: ${said.detail}`, said.from))] : []
}

export default defineCause({
  id: 'server-restarting',
  stage: 'closed',
  side: 'server',
  title: 'Server restarting (1012)',
  symptom: 'close 1012, or 1001 during a deployment.',
  endings: ['closed', 'dropped'],
  needs: ['server'],

  signals,

  test: (facts, heard) => {
    const { ending, backend } = facts
    if (ending.kind === 'dropped') {
      if (heard.own.length > 0) return dropFinding(facts, heard)
      return backend.exit
        ? weighed(
            possible(
              say(
                sentence`The backend’s process ended (${backend.exit.signal ?? 'exit'})`,
                serverPath(backend.exit.at),
              ),
            ),
            0.4,
          )
        : ruledOut(...ending.because)
    }
    if (ending.kind !== 'closed' || ending.by === 'page') return ruledOut(...ending.because)
    const draining = drained(facts)
    if (draining && (ending.code === 1001 || ending.code === 1012)) return proven(...ending.because, draining)
    const word = wordFinding(facts, 'shutting-down')
    if (word) return word
    if (facts.lastWords && ending.code === 1001) return ruledOut(facts.lastWords.because)
    if (ending.code === 1012) return proven(...ending.because)
    if (ending.code !== 1001) return ruledOut(...ending.because)
    const said = /restart|shut|deploy|reload|terminat|stopp/i.test(ending.reason)
    const stopped =
      backend.exit !== undefined || facts.evidence.server?.some((event) => event.type === 'signal')
    return said || stopped
      ? weighed(likely(...ending.because), 0.8)
      : weighed(possible(...ending.because), 0.4)
  },

  explain: {
    wire: 'A Close frame with 1012 (uvicorn sends it on shutdown): a new process will answer soon.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look at the process’s start time.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Reconnect after a random delay, so that the new process is not met by everyone at once.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`setTimeout(connect, 1000 + Math.random() * 9000)`,
      },
    ],
  }),

  reproduce: null,
})
