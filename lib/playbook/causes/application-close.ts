import { privateReadings, readingsNameOf } from '#lib/applications/close-codes.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByClient } from '#lib/facts/told.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { ruleOf } from '#lib/playbook/intermediaries/services.ts'
import { isApplicationCode, SUBPROTOCOL_NOT_ACCEPTABLE } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** What a reason may name and a cause of its own stands for. */
const WITH_A_CAUSE: ReadonlySet<Meaning> = new Set([
  'origin-refused',
  'application-protocol',
  'subprotocol',
  'ping-timeout',
  'idle-timeout',
])

const MOST_READINGS = 3

/** What the protocol means by the code; of a protocol that does not show, what those that use the number mean. */
function readingsOf({ ending, application: view, told }: Facts): Because[] {
  if (ending.kind !== 'closed') return []
  const { code, because, reason: said } = ending
  const from = because[0]?.from ?? 'probe.end'
  const fitting = privateReadings(code).filter(({ reason }) => reason === undefined || reason.test(said))
  // Whoever has just these words for it is the one that closed.
  const worded = fitting.filter(({ reason }) => reason !== undefined)
  const readings = worded.length > 0 ? worded : fitting
  const own = view && readings.find(({ by }) => by === view.application.name)
  if (own) return [say(sentence`${code} is ${own.by} for: ${own.says}`, from)]
  // A program that words the code itself says what it means by it, whatever others use the number for.
  const speaker = [...told.client, ...told.server].find(
    ({ close, program, application }) => close?.code === code && program && application,
  )
  if (speaker?.application !== undefined) {
    const name = readingsNameOf(speaker.application)
    const spoken = readings.find(({ by }) => by === name)
    return [
      say(spoken ? sentence`${code} is ${spoken.by} for: ${spoken.says}` : speaker.detail, speaker.from),
    ]
  }
  const others = readings.filter(({ certain }) => certain).slice(0, MOST_READINGS)
  if (view || others.length === 0) return []
  return [
    say(sentence`Known uses of ${code}: ${others.map(({ by, says }) => `${by}, ${says}`).join('; ')}`, from),
  ]
}

/** The server ended it by a message of the protocol above, such as Socket.IO’s disconnect; which code followed was not printed. */
function packetOf({ ending, told }: Facts): Because | undefined {
  const said = toldByClient(told, 'closed-by-server')
  const isUnsaid = ending.kind === 'closed' && ending.code === 1005
  return isUnsaid && said?.application !== undefined ? say(said.detail, said.from) : undefined
}

export default defineCause({
  id: 'application-close',
  stage: 'closed',
  side: 'server',
  title: 'Closed by the application (3000–4999)',
  symptom: 'Close code 3000 to 4999, or a message of the protocol above that ends the connection.',
  endings: ['closed'],
  isUmbrella: true,
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    const packet = packetOf(facts)
    if (packet) return weighed(likely(packet), 0.6)
    const own = ending.kind === 'closed' && ending.by === 'peer' && isApplicationCode(ending.code)
    if (!own) return ruledOut(...ending.because)
    // What the server says of why names another cause.
    if (facts.lastWords?.isOfProtocol)
      return weighed(possible(...ending.because, facts.lastWords.because), 0.3)
    // Where the code is known to name another cause, that says more.
    const named = meaningOfReason(ending.reason)
    if (named !== undefined && WITH_A_CAUSE.has(named)) return weighed(possible(...ending.because), 0.4)
    const isNamed = ending.code === SUBPROTOCOL_NOT_ACCEPTABLE || ruleOf(facts.target.host, ending.code)
    const because = [...ending.because, ...readingsOf(facts)]
    return isNamed ? weighed(likely(...because), 0.4) : proven(...because)
  },

  explain: {
    wire: 'Codes from 4000 belong to the application, those from 3000 to registered libraries. graphql-ws sends 4401 and 4403, Discord 4004, and so on.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look the code up in the documentation of the server’s library.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => ({
    summary: packetOf(facts)
      ? sentence`Find where the server’s program ends the connection: it did so on purpose, and its log or code has the reason. Whether to reconnect depends on it.`
      : sentence`Look up what the server’s program means by ${facts.ending.kind === 'closed' ? facts.ending.code : 'the code'}, and handle it in the page: whether to reconnect depends on it.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.onclose = ({ code, reason }) => console.warn(code, reason)`,
      },
    ],
  }),

  reproduce: 'close',
})
