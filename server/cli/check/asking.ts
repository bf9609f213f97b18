/** A question to an endpoint: open, send, expect an answer of a shape, close. */
import { type CheckTarget, failed, type Outcome, ok } from '#server/cli/check/check.ts'
import { type Conversation, converse } from '#server/cli/check/conversation.ts'
import { type Schema, shortened, whyNot } from '#server/cli/check/expect.ts'

/** Opens, asks, and closes whatever happens. */
export async function during(
  target: CheckTarget,
  path: string,
  ask: (talk: Conversation) => Promise<Outcome>,
): Promise<Outcome> {
  const talk = await converse(target, path)
  try {
    return await ask(talk)
  } finally {
    talk.end()
  }
}

/** Sends, and expects the next message to be of this shape. */
export async function answered(
  talk: Conversation,
  message: string,
  schema: Schema,
  holds: (answer: Record<string, unknown>) => boolean = () => true,
): Promise<Outcome> {
  talk.send(message)
  const answer = await talk.nextJson()
  const wrong = whyNot(schema, answer) ?? (answer && !holds(answer) ? 'it carries another value' : undefined)
  return wrong === undefined ? ok(shortened(answer)) : failed(`${message} → ${shortened(answer)}: ${wrong}`)
}

/** For endpoints that speak first: their greeting is not what is asked for. */
export const greeted =
  (ask: (talk: Conversation) => Promise<Outcome>) =>
  async (talk: Conversation): Promise<Outcome> => {
    await talk.nextJson()
    return ask(talk)
  }

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
