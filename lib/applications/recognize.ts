/** Which protocol a connection speaks, by the surest of its signs. */
import type { Application, Session, Signs } from '#lib/applications/application.ts'
import { applications } from '#lib/applications/applications.ts'

/** From the surest to the weakest: the server picked it or spoke it, only it has this address, or it is merely usual. */
export type Sign = 'picked' | 'message' | 'close' | 'answer' | 'address' | 'offered' | 'usual' | 'hang-up'

export type Recognized = { readonly application: Application; readonly by: Sign; readonly version?: string }

const SIGNS: readonly Sign[] = [
  'picked',
  'message',
  'close',
  'answer',
  'address',
  'offered',
  'usual',
  'hang-up',
]

/** Longest that is looked at of a message, an answer or an address. */
const LONGEST = 4096
const MOST_MESSAGES = 5

export function recognize(signs: Signs): Recognized | undefined {
  const found = recognizedBy(signs)
  const version = found?.application.versionOf?.(signs)
  return found && { ...found, ...(version !== undefined && { version }) }
}

function recognizedBy(signs: Signs): Recognized | undefined {
  for (const by of SIGNS) {
    const application = applications.find((each) => shows(each, by, signs))
    if (application) return { application, by }
  }
  return undefined
}

/** Whether more than a habit shows it. */
export const isShown = (by: Sign): boolean => by !== 'usual' && by !== 'hang-up'

/** Whether the sign is proof enough to speak as this protocol's client does. */
export const isSpoken = (by: Sign): boolean => by === 'picked' || by === 'message' || by === 'address'

export const applicationOf = (id: string): Application | undefined =>
  applications.find((application) => application.id === id.toLowerCase())

/** By the name that a retry has of it. */
export const sessionNamed = (name: string): Session | undefined =>
  applications.find(({ session }) => session?.name === name)?.session

/** What a stream's messages say is in all of them together. */
export const heard = (messages: readonly string[], isStream?: boolean): readonly string[] =>
  isStream ? [messages.slice(0, MOST_MESSAGES).join('')] : messages.slice(0, MOST_MESSAGES)

/** It showed by what it said that it speaks a protocol without subprotocols: none would change anything. */
export function mindsNoSubprotocol(signs: Signs): boolean {
  const { application, by } = recognize(signs) ?? {}
  return (
    (by === 'message' || by === 'close' || by === 'answer') && application?.marks.subprotocols === undefined
  )
}

/** The server gave its reason in a message of its protocol, and the reason is not who asked, from where or for what subprotocol. */
export function hasSaidWhy(signs: Signs): boolean {
  const { application } = recognize(signs) ?? {}
  const reads = application?.reads
  if (application === undefined || reads === undefined) return false
  return heard(signs.messages ?? [], application.isStream).some((message) => {
    const means = reads(message, signs)?.means
    return means !== undefined && means !== 'origin-refused' && means !== 'host-refused'
  })
}

function shows({ marks, isStream }: Application, by: Sign, signs: Signs): boolean {
  const { picked, subprotocols = [], messages = [], answer, close, url } = signs
  const own = marks.subprotocols ?? []
  const address = url && `${url.pathname}${url.search}`
  switch (by) {
    case 'picked':
      return picked !== undefined && own.includes(picked)
    case 'message':
      return heard(messages, isStream).some((message) => fits(marks.message, message))
    case 'close':
      return fits(marks.close, close && `${close.code} ${close.reason}`)
    case 'answer':
      return fits(marks.answer, answer)
    case 'address':
      return fits(marks.address, address) || fits(marks.address, signs.asked)
    case 'offered':
      return subprotocols.some((name) => own.includes(name))
    case 'usual':
      return fits(marks.usual, address)
    case 'hang-up':
      return hangsUp(marks.hangsUpAfterMs, signs.hungUpAfterMs)
  }
}

/** A timer is never early by more than its rounding, and late on a busy machine. */
export const hangsUp = (afterMs: number | undefined, seenMs: number | undefined): boolean =>
  afterMs !== undefined && seenMs !== undefined && seenMs >= afterMs - 20 && seenMs <= afterMs + 300

function fits(sign: RegExp | ((text: string) => boolean) | undefined, text: string | undefined): boolean {
  if (sign === undefined || text === undefined) return false
  const beginning = text.slice(0, LONGEST)
  return typeof sign === 'function' ? sign(beginning) : sign.test(beginning)
}
