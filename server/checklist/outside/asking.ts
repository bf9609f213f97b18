/** A question to an endpoint: open, send, expect an answer of a shape, close. */
import { type CheckResult, ok, problem } from '#lib/checklist/result.ts'
import { type Conversation, converse } from '#server/checklist/outside/conversation.ts'
import { type Schema, shortened, whyNot } from '#server/checklist/outside/expect.ts'
import type { CheckTarget } from '#server/checklist/outside/target.ts'

/** Opens, asks, and closes whatever happens. */
export async function during(
  target: CheckTarget,
  path: string,
  ask: (talk: Conversation) => Promise<CheckResult>,
): Promise<CheckResult> {
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
): Promise<CheckResult> {
  talk.send(message)
  const answer = await talk.nextJson()
  const wrong = whyNot(schema, answer) ?? (answer && !holds(answer) ? 'it carries another value' : undefined)
  return wrong === undefined ? ok(shortened(answer)) : problem(`${message} → ${shortened(answer)}: ${wrong}`)
}

/** For endpoints that speak first: their greeting is not what is asked for. */
export const greeted =
  (ask: (talk: Conversation) => Promise<CheckResult>) =>
  async (talk: Conversation): Promise<CheckResult> => {
    await talk.nextJson()
    return ask(talk)
  }

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
