/**
 * Saved sets of connections: what is kept in the browser, exported and imported. Values that differ between places are
 * variables (`wss://{{host}}/ws`); the value of a secret one is never part of the document.
 */
import * as z from 'zod/mini'
import { shortened } from '#lib/text/foreign.ts'

const atMost = (characters: number) => z.string().check(z.maxLength(characters))
const listOf = <T extends z.core.$ZodType>(item: T, most: number) => z.array(item).check(z.maxLength(most))

const MOST_SETS = 50
const MOST_CONNECTIONS = 100
const MOST_VARIABLES = 50

const variableName = z.string().check(z.regex(/^[A-Za-z_][\w-]{0,59}$/))

const variable = z.strictObject({
  name: variableName,
  /** Absent of a secret one. */
  value: z.optional(atMost(8192)),
  secret: z.optional(z.boolean()),
})
export type SavedVariable = z.infer<typeof variable>

/** What the server of this page sends in the browser's place. */
const extras = z.strictObject({
  /** null: no Origin header. */
  origin: z.optional(z.nullable(atMost(2048))),
  /** Each `Name: value`. */
  headers: z.optional(listOf(atMost(8300), 50)),
  insecure: z.optional(z.boolean()),
})

const connection = z.strictObject({
  url: atMost(8192).check(z.minLength(1)),
  subprotocols: z.optional(listOf(atMost(256), 20)),
  auto_reconnect: z.optional(z.boolean()),
  /** Speaks for the protocol above WebSocket, where one is recognized. */
  speak: z.optional(z.boolean()),
  /** Opened by the server of this page. */
  through: z.optional(extras),
})
export type SavedConnection = z.infer<typeof connection>

const savedSet = z.strictObject({
  name: atMost(120).check(z.minLength(1)),
  variables: z.optional(listOf(variable, MOST_VARIABLES)),
  connections: listOf(connection, MOST_CONNECTIONS),
})
export type SavedSet = z.infer<typeof savedSet>

const VERSION = 1

export const savedDocument = z.strictObject({
  why1006: z.literal('connections'),
  version: z.literal(VERSION),
  sets: listOf(savedSet, MOST_SETS),
})
export type SavedDocument = z.infer<typeof savedDocument>

export const documentOf = (sets: readonly SavedSet[]): SavedDocument => ({
  why1006: 'connections',
  version: VERSION,
  sets: sets.map(withoutSecrets),
})

export type Import =
  | { readonly ok: true; readonly sets: readonly SavedSet[] }
  /** What is wrong, and where. */
  | { readonly ok: false; readonly says: string }

/** Longest file that is read, in characters. */
export const LONGEST_FILE = 2 * 1024 * 1024

/** Reads an exported file. A file of something else is refused whole: half a set would be opened unnoticed. */
export function readSets(text: string): Import {
  if (text.length > LONGEST_FILE) return refused('The file is larger than 2 MiB.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused('The file is not JSON.')
  }
  if (typeof value !== 'object' || value === null || !('why1006' in value)) {
    return refused('The file is JSON, but not an export of saved connections.')
  }
  if ('version' in value && typeof value.version === 'number' && value.version > VERSION) {
    return refused(`The file is of version ${value.version}. This Why1006 reads version ${VERSION}.`)
  }
  const parsed = savedDocument.safeParse(value)
  if (!parsed.success) return refused(wordsOf(parsed.error))
  const missing = parsed.data.sets.flatMap((set) => duplicatesIn(set))
  if (missing[0] !== undefined) return refused(missing[0])
  return { ok: true, sets: parsed.data.sets.map(withoutSecrets) }
}

const refused = (says: string): Import => ({ ok: false, says })

function duplicatesIn({ name, variables = [] }: SavedSet): string[] {
  const names = variables.map((each) => each.name)
  return names
    .filter((each, at) => names.indexOf(each) !== at)
    .map((each) => `Set “${name}” has the variable ${each} twice.`)
}

/** `sets[0].connections[2].url: Invalid input`, in words. */
function wordsOf({ issues }: z.core.$ZodError): string {
  const [issue] = issues
  const where = (issue?.path ?? []).reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  )
  const at = where === '' ? 'The document' : where
  if (issue?.code === 'unrecognized_keys') {
    return `${at} has a member that is not known: ${shortened(issue.keys.join(', '), 120)}.`
  }
  if (issue?.code === 'too_big') return `${at} is too long.`
  if (issue?.code === 'too_small') return `${at} is empty.`
  return `${at} is missing or is not what an export has there.`
}

function withoutSecrets(set: SavedSet): SavedSet {
  if (set.variables === undefined) return set
  return {
    ...set,
    variables: set.variables.map((each) => (each.secret ? { name: each.name, secret: true } : each)),
  }
}
