'use client'
/** `POST /api/secure-page` as the page uses it: the same pages over https, on a port of this machine. */
import { problem as problemSchema } from '#lib/api/problem.ts'
import { type SecurePage, securePage } from '#lib/api/secure-page.ts'

/** Where it is served; asked again, the same. Rejects with a sentence for people. */
export async function askForSecurePage(): Promise<SecurePage> {
  const response = await fetch('/api/secure-page', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => {
    throw new Error('The server of this page did not answer.')
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return securePage.parse(body)
  const problem = problemSchema.safeParse(body)
  if (!problem.success) throw new Error(`The server answered ${response.status}.`)
  throw new Error(`${problem.data.message} ${problem.data.remedy}`)
}
