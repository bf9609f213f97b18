import { serverPath } from '#lib/facts/backend.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'going-away',
  stage: 'closed',
  side: 'server',
  title: 'Server or proxy going away (1001)',
  symptom: 'close 1001.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    if (ending.kind !== 'closed' || ending.code !== 1001) return ruledOut(...ending.because)
    const { draining } = facts.backend
    if (draining) return ruledOut(say('The server says that it was shutting down', serverPath(draining.at)))
    // A reason that names a timer says more than the code.
    if (facts.lastWords) return weighed(possible(...ending.because, facts.lastWords.because), 0.3)
    if (facts.peers?.sentAway) return weighed(possible(...ending.because), 0.3)
    return ending.by === 'peer'
      ? weighed(likely(...ending.because), 0.6)
      : weighed(possible(...ending.because), 0.4)
  },

  explain: {
    wire: 'A Close frame with 1001: a shutdown, a deployment, a platform’s idle limit (API Gateway), or Caddy on reload.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Compare the time with deployments; see whether all connections ended together.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Reconnect after a random delay.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`setTimeout(connect, 500 + Math.random() * 4500)`,
      },
    ],
  }),

  reproduce: null,
})
