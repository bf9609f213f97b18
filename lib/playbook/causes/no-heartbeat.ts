import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { beatSeconds } from '#lib/playbook/weighing/observed-timer.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Shorter silences prove nothing: common heartbeats come every 15 to 30 s. */
const MUCH_MS = 35_000

export default defineCause({
  id: 'no-heartbeat',
  stage: 'ailing',
  side: 'proxy',
  title: 'No heartbeat',
  symptom: 'The socket is open and silent; any idle timer on the way will end it.',
  endings: ['open'],
  needs: ['proxy.config', 'probe'],

  test: ({ probe, settings, ending }) => {
    const watchedMs = probe?.end?.kind === 'open' ? (probe.outcome.ms ?? 0) : 0
    const [limit] = settings.idle
    if (!probe || probe.frames.length > 0) return ruledOut(...ending.because)
    const silent = say(sentence`Nothing arrived in ${Math.round(watchedMs / 1000)} s`, 'probe.frames')
    if (limit && watchedMs >= MUCH_MS && watchedMs < limit.seconds * 1000)
      return likely(silent, say(sentence`${limit.setting} ends a silent connection`, limit.from))
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'Neither side sends when there is nothing to say. Proxies and NATs forget silent flows after 30 s to an hour.',
    browser:
      'Browsers send no pings of their own and answer those of the server by themselves, unseen by script.',
    sure: 'Watch an idle connection with a probe: no frame in a minute means no heartbeat.',
    sources: [
      { title: 'RFC 6455 §5.5.2, Ping', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2' },
    ],
  },

  fix: (facts) => {
    const beat = beatSeconds(facts)
    return {
      summary: sentence`Ping from the server ${beat === undefined ? 'three times within the shortest timer on the way' : `every ${beat} s`}.`,
      changes: [
        {
          program: 'node',
          where: sentence`Node server (ws)`,
          text: js`setInterval(() => { for (const socket of server.clients) socket.ping() }, ${beat === undefined ? js`YOUR_SECONDS * 1000` : beat * 1000})`,
        },
      ],
    }
  },

  reproduce: null,
})
