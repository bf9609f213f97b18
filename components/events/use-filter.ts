'use client'
import {
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs'
import { useMemo } from 'react'
import type { Span } from '#lib/protocol/event-filter.ts'
import { eventKinds } from '#lib/protocol/events.ts'
import { type Asked, type RangeName, ranges, views } from './filter.ts'

const parseAsSpan = createParser<Span>({
  parse: (text) => {
    const [, from, to] = /^(\d{1,14})-(\d{1,14})$/.exec(text) ?? []
    if (from === undefined || to === undefined || Number(from) >= Number(to)) return null
    return { fromMs: Number(from), toMs: Number(to) }
  },
  serialize: ({ fromMs, toMs }) => `${fromMs}-${toMs}`,
  eq: (one, other) => one.fromMs === other.fromMs && one.toMs === other.toMs,
})

const rangeNames = Object.keys(ranges) as readonly RangeName[]

const parameters = {
  view: parseAsStringLiteral(views).withDefault('connections'),
  kinds: parseAsArrayOf(parseAsStringLiteral(eventKinds)).withDefault([]),
  path: parseAsString,
  code: parseAsInteger,
  cause: parseAsString,
  client: parseAsString,
  instance: parseAsString,
  trace: parseAsString,
  text: parseAsString,
  silence: parseAsSpan,
  age: parseAsSpan,
  range: parseAsStringLiteral(rangeNames).withDefault('24h'),
  /** On the wall clock, in epoch milliseconds; in place of the range. */
  at: parseAsSpan,
  /** Whose story is open: a client id. */
  story: parseAsString,
}

/** The filter lives in the address, so that a link shows the same. */
export function useFilter() {
  const [state, set] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const { view, range, at, story, ...rest } = state
  const key = JSON.stringify(rest)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same parts are the same filter
  const asked: Asked = useMemo(() => rest, [key])
  return { view, range, at, story, asked, set }
}

export type SetFilter = ReturnType<typeof useFilter>['set']
