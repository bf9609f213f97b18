'use client'
import { type SecurePage, securePage } from '#lib/api/secure-page.ts'
import { postJson } from './request.ts'

/** Has these pages served over https, on a port of the server's machine; asked again, the same. @throws ProblemError */
export function askForSecurePage(): Promise<SecurePage> {
  return postJson('/api/secure-page', {}, securePage)
}
