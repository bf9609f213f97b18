'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import { socketOrigin } from '#components/core/typed.ts'
import { longestChecklistUrl } from '#lib/checklist/longest-url.ts'
import { type Target, understandTarget } from '#lib/protocol/dialect.ts'

interface Typed {
  url: string
  origin: string
}

export interface ChecklistTarget {
  readonly typed: Typed
  readonly setTyped: (change: Partial<Typed>) => void
  /** This page's own. */
  readonly ownOrigin: string
  readonly address: Target
  /** Of the pages to check for: what was typed, or this page's own; null where it is none. */
  readonly origin: string | null
  /** What keeps the checks from running, a sentence each. */
  readonly problems: readonly string[]
}

const parameters = { url: parseAsString, origin: parseAsString }

/** What is checked stands in the page's address: a link fills the form, a click runs the checks. */
export function useTarget(ownOrigin: string): ChecklistTarget {
  const [given, setGiven] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const typed = { url: given.url ?? `${socketOrigin(ownOrigin)}/ws/health`, origin: given.origin ?? '' }
  const address = understandTarget(typed.url, ownOrigin)
  const origin = typed.origin.trim() === '' ? ownOrigin : originOf(typed.origin)
  const problems = [
    ...(address.ok ? [] : [address.says]),
    ...(typed.url.length > longestChecklistUrl
      ? [`The URL is longer than ${longestChecklistUrl} characters.`]
      : []),
    ...(origin === null ? ['An origin is scheme and host, such as https://app.example.'] : []),
  ]
  return {
    typed,
    setTyped: (change) => void setGiven(change),
    ownOrigin,
    address,
    origin,
    problems,
  }
}

/** Of whatever page address was typed; null where browsers would send no such origin. */
function originOf(text: string): string | null {
  const url = URL.parse(text.trim())
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : null
}
