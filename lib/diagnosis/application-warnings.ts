/** What is worth knowing of the protocol above WebSocket, and of what the probe said in it. */
import type { Warning } from '#lib/diagnosis/report.ts'
import { isFine } from '#lib/facts/ending/settle.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export const ofApplication = (facts: Facts): Warning[] => [
  ...protocolSpoken(facts),
  ...protocolNotes(facts),
  ...sessionOfAddress(facts),
  ...sessionNeverOpened(facts),
]

/** What the probe said of its own, or left unsaid, because of a protocol that it recognized. */
function protocolSpoken({ application: view, probe }: Facts): Warning[] {
  if (view === undefined) return []
  const { name, first } = view.application
  if (view.spoke.length > 0) {
    const says = sentence`The probe recognized ${name} and, as its client does, ${view.spoke.join('; ')}. With --quiet it says nothing.`
    return [{ id: 'protocol-spoken', says }]
  }
  if (first === undefined || (!view.quiet && (first.needs === undefined || !probe?.opened))) return []
  if (!view.quiet) {
    const says = sentence`The probe recognized ${name} and said nothing: ${first.name}, which a client says first, is the client’s own.`
    return [{ id: 'protocol-silent', says: sentences(says, ...(first.needs ? [first.needs] : [])) }]
  }
  const says = sentence`The probe recognized ${name} and was told to be quiet: it did not say ${first.name}, which a client says first.`
  return [{ id: 'protocol-quiet', says }]
}

/** Refused in its own protocol, the connection may stay open all the same. */
const REFUSALS: readonly Meaning[] = [
  'unauthorized',
  'forbidden',
  'closed-by-server',
  'no-route',
  'handler-failed',
]

function protocolNotes({ application: view, told, ending }: Facts): Warning[] {
  if (view === undefined || !isFine(ending)) return []
  const notes = view.application.notes?.(view.signs) ?? []
  const refused = told.application.find(({ means }) => REFUSALS.includes(means))
  return [
    ...notes.map((says) => ({ id: 'protocol-note', says })),
    ...(refused
      ? [
          {
            id: 'protocol-refused',
            says: sentence`The connection is open, and ${view.application.name} refuses the probe: ${refused.detail}.`,
          },
        ]
      : []),
  ]
}

/** A copied address has the session of the page that it was copied from. */
function sessionOfAddress({ retries: { session } }: Facts): Warning[] {
  const given = session.find(({ vary }) => vary.session === 'address')
  const fresh = session.find(({ vary, opened }) => vary.session !== 'address' && opened)
  if (given === undefined || given.opened || fresh === undefined) return []
  const says = sentence`The session that the address names is unknown to the server (${given.status ?? 'no answer'}), and a new one opens. An address that was copied has an old session.`
  return [{ id: 'session-of-address', says }]
}

/** The WebSocket alone works, and a client that begins as it does by itself gets no further than that. */
function sessionNeverOpened({ retries: { session }, application: view, ending }: Facts): Warning[] {
  const fresh = session.filter(({ vary }) => vary.session !== 'address')
  const name = fresh[0]?.vary.session
  if (view === undefined || name === undefined || !isFine(ending)) return []
  if (fresh.some(({ outcome }) => outcome.stage !== 'unmade')) return []
  const says = sentence`The WebSocket opens, and the server opened no session by ${name}. A client of ${view.application.name} begins with one, unless it is told to use WebSocket alone.`
  return [{ id: 'session-never-opened', says }]
}
