'use client'
/** `POST /api/secure-page` as the page uses it: the same pages over https, on a port of this machine. */
import * as z from 'zod/mini'

const served = z.object({ origin: z.string(), certificate: z.string(), idle_seconds: z.number() })
const refusal = z.object({ message: z.string(), remedy: z.optional(z.string()) })

/** `certificate` is PEM. */
export type ServedPage = z.infer<typeof served>

/** Where it is served; asked again, the same. Rejects with a sentence for people. */
export async function askForSecurePage(): Promise<ServedPage> {
  const response = await fetch('/api/secure-page', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => {
    throw new Error('The server of this page did not answer.')
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return served.parse(body)
  const problem = refusal.safeParse(body)
  if (!problem.success) throw new Error(`The server answered ${response.status}.`)
  throw new Error(`${problem.data.message} ${problem.data.remedy ?? ''}`.trimEnd())
}
