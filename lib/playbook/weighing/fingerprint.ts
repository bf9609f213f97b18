/** Seconds of silence → who may have cut, with the ambiguity said. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { candidatesFor, namesOf } from '#lib/playbook/intermediaries/candidates.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'

const MOST_NAMES = 5

export function fingerprint(facts: Facts, kind: 'idle' | 'lifetime' = 'idle'): Because | undefined {
  const cut = facts.cuts.any
  if (!cut) return undefined
  const ms = kind === 'idle' ? cut.silenceMs : cut.ageMs
  const headers = facts.probe?.evidence.http?.headers ?? []
  const fitting = candidatesFor({ kind, seconds: ms / 1000, headers, hops: facts.stack.proxy })
  if (fitting.length === 0) return undefined
  const known = fitting.filter(({ shownByHeader, isKnownHop }) => shownByHeader || isKnownHop)
  const candidates = known.length > 0 ? known : fitting
  const names = namesOf(candidates).slice(0, MOST_NAMES)
  const shown = candidates.find((candidate) => candidate.shownByHeader)
  const what = kind === 'idle' ? 'of silence' : 'of age'
  const who = names.join(', ')
  const hint = shown ? `; a response header shows that ${shown.who} was passed` : ''
  return say(sentence`${secondsOf(ms)} ${what} is the default limit of ${who}${hint}`, cut.from)
}
