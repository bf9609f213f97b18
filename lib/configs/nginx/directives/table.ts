/** Every directive that is known, by name. */
import { generalSignatures } from '#lib/configs/nginx/directives/general.ts'
import { passingSignatures } from '#lib/configs/nginx/directives/passing.ts'
import type { Context, Kind, Signature } from '#lib/configs/nginx/directives/signature.ts'
import { signaturesSince } from '#lib/configs/nginx/directives/since.ts'

export interface DirectiveSpec {
  readonly contexts: readonly Context[]
  readonly takes: (args: number) => boolean
  readonly kind: Kind
  /** Words that an `enum` or `mask` takes. */
  readonly words: readonly string[]
  /** First nginx that has it, where that is newer than 1.22.1. */
  readonly since?: string
}

const CONTEXTS: readonly Context[] = [
  'main',
  'events',
  'http',
  'server',
  'location',
  'upstream',
  'server-if',
  'location-if',
  'limit_except',
]

function counter(args: string): (count: number) => boolean {
  if (args === '*') return () => true
  if (args.endsWith('+')) return (count) => count >= Number(args.slice(0, -1))
  return (count) => args.includes(String(count))
}

const table = new Map<string, DirectiveSpec[]>()

function add([contexts, args, kind, names, words = '']: Signature, since?: string): void {
  const spec: DirectiveSpec = {
    contexts: CONTEXTS.filter((context) => contexts.split(' ').includes(context)),
    takes: counter(args),
    kind,
    words: words === '' ? [] : words.split(' '),
    ...(since !== undefined && { since }),
  }
  for (const name of names.split(' ')) table.set(name, [...(table.get(name) ?? []), spec])
}

for (const signature of [...generalSignatures, ...passingSignatures]) add(signature)
for (const [version, signatures] of Object.entries(signaturesSince)) {
  for (const signature of signatures) add(signature, version)
}

/** What is known of a directive; several where the name means different things in different blocks. */
export const specsOf = (name: string): readonly DirectiveSpec[] | undefined => table.get(name)
