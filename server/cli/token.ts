/** The access token of a Why1006 server that a command talks to, and what to say where it is missing or wrong. */
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { CommandError, exit, UsageError } from '#server/cli/command.ts'

/** Among the options of `parseArgs`. */
export const tokenOption = { token: { type: 'string' } } as const

/** What the usage of a command says of it, behind two blanks. */
export const tokenUsage =
  'its access token, where it asks for one (default: WHY1006_TOKEN, which no list of processes shows)'

/** @throws UsageError where it can't be sent in a header */
export function tokenOf({ token }: { readonly token?: string | undefined }): string | undefined {
  const given = token ?? process.env.WHY1006_TOKEN
  if (given === undefined || given === '') return undefined
  if (!/^[\x21-\x7e]+$/.test(given)) {
    const where = token === undefined ? sentence`WHY1006_TOKEN` : sentence`--token`
    throw new UsageError(sentence`${where} has a blank, or a character that no token has.`)
  }
  return given
}

export const authorization = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` }

/** Undefined where the answer is about something else. */
export function aboutToken(status: number, origin: string, token: string | undefined): Sentence | undefined {
  if (status !== 401) return undefined
  return token === undefined
    ? sentence`${origin} asks for its access token. Give it with --token, or in WHY1006_TOKEN. It is ACCESS_TOKEN of that server, or in the link that it printed at its start.`
    : sentence`The token is not that of ${origin}. It is ACCESS_TOKEN of that server, or in the link that it printed at its start.`
}

/** What a server said instead of what was asked for. */
export async function refusalOf(response: Response, token: string | undefined): Promise<CommandError> {
  const { origin } = new URL(response.url)
  const asked = aboutToken(response.status, origin, token)
  if (asked) return new CommandError(asked, exit.usage)
  const told = z.safeParse(problem, await response.json().catch(() => undefined))
  const says = told.success
    ? [sentence`${told.data.message}`, sentence`${told.data.remedy}`]
    : sentence`${origin} answered ${response.status}, which is not what a Why1006 server answers.`
  return new CommandError(says, exit.usage)
}
