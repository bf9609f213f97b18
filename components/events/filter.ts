/** The filter of the page: in the address part by part, in its field as words such as `path:/ws code:1006 idle`. */

import { endKinds, isEndKind } from '#lib/protocol/ends.ts'
import type { EventFilter, Span } from '#lib/protocol/event-filter.ts'
import { type EventKind, eventKinds } from '#lib/protocol/events.ts'
import { diagnosticsPath } from '#lib/protocol/own-endpoint.ts'
import { tracePattern } from '#lib/protocol/trace.ts'

export const views = ['connections', 'events', 'lines'] as const
export type View = (typeof views)[number]

/** Back from now, in milliseconds; null is all there is. */
export const ranges = { '15m': 900_000, '24h': 86_400_000, '7d': 604_800_000, all: null } as const
export type RangeName = keyof typeof ranges

/** What the field asks for. */
export interface Words {
  readonly kinds: EventKind[]
  readonly path: string | null
  readonly code: number | null
  readonly cause: string | null
  readonly client: string | null
  readonly instance: string | null
  readonly trace: string | null
  readonly text: string | null
}

export const noWords: Words = {
  kinds: [],
  path: null,
  code: null,
  cause: null,
  client: null,
  instance: null,
  trace: null,
  text: null,
}

/** What the field and the bars ask for. */
export interface Asked extends Words {
  readonly silence: Span | null
  readonly age: Span | null
}

const isKind = (name: string): name is EventKind => eventKinds.some((kind) => kind === name)

const readers: Record<string, (value: string) => Partial<Words>> = {
  kind: (value) => ({ kinds: value.split(',').filter(isKind) }),
  path: (path) => ({ path }),
  code: (value) => (/^[1-9]\d{2,3}$/.test(value) ? { code: Number(value) } : {}),
  cause: (cause) => ({ cause }),
  client: (client) => ({ client }),
  instance: (instance) => ({ instance }),
  trace: (trace) => (tracePattern.test(trace) ? { trace } : {}),
}

/** Words with a name before a colon, paths and numbers by their look; the rest is text. */
export function readWords(text: string): Words {
  let words = noWords
  const rest: string[] = []
  for (const word of text.split(' ')) {
    const colon = word.indexOf(':')
    const read = colon > 0 ? readers[word.slice(0, colon).toLowerCase()] : undefined
    const value = word.slice(colon + 1)
    if (read !== undefined) words = value === '' ? words : { ...words, ...read(value) }
    else if (word.startsWith('/') && words.path === null) words = { ...words, path: word }
    else if (/^[1-9]\d{2,3}$/.test(word) && words.code === null) words = { ...words, code: Number(word) }
    else if (isKind(word)) words = { ...words, kinds: [...words.kinds, word] }
    else if (word !== '') rest.push(word)
  }
  return { ...words, text: rest.length === 0 ? null : rest.join(' ').slice(0, 256) }
}

/** The other way: as one could have typed it. */
export function writeWords({ kinds, path, code, cause, client, instance, trace, text }: Words): string {
  const parts = kinds.length > 0 ? [`kind:${kinds.join()}`] : []
  const named = { path, code, cause, client, instance, trace }
  for (const [name, value] of Object.entries(named)) if (value !== null) parts.push(`${name}:${value}`)
  if (text !== null) parts.push(text)
  return parts.join(' ')
}

/** The filter that the server and the page share. Connections are shown by their ends. */
export function filterOf(asked: Asked, view: View): EventFilter {
  const { kinds, path, code, cause, client, instance, trace, text, silence, age } = asked
  const ends = kinds.filter(isEndKind)
  const wanted = view === 'connections' ? (ends.length > 0 ? ends : endKinds) : kinds
  return {
    kinds: wanted.length > 0 ? wanted : undefined,
    path: path ?? undefined,
    // The streams of events are those of pages like this one.
    exceptPath: view === 'connections' && path === null ? diagnosticsPath : undefined,
    code: code ?? undefined,
    cause: cause ?? undefined,
    clientId: client ?? undefined,
    instance: instance ?? undefined,
    trace: trace ?? undefined,
    text: text ?? undefined,
    silence: silence ?? undefined,
    age: age ?? undefined,
  }
}

export const isAsking = ({ kinds, ...others }: Asked): boolean =>
  kinds.length > 0 || Object.values(others).some((value) => value !== null)
