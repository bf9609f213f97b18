import { negotiated, negotiatePath } from '#lib/api/negotiate.ts'
import { postJson } from './request.ts'

/** The address of a SignalR session at this host; null where nobody negotiates. @throws ProblemError */
export async function negotiate(url: string): Promise<string | null> {
  return (await postJson(negotiatePath, { url }, negotiated)).url
}
