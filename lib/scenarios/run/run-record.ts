/** What is kept of a run beyond its page: the walk in the address, the rest in the tab. */
import * as z from 'zod/mini'
import { evidenceSchema } from '#lib/evidence/schema.ts'
import type { Conditions, RunState } from '#lib/scenarios/run/run-state.ts'
import { freshRun } from '#lib/scenarios/run/scenario-run.ts'
import { decodeWalk, encodeWalk, freshWalk, type Walk } from '#lib/scenarios/run/walkthrough.ts'

const sight = z.discriminatedUnion('is', [
  z.object({ is: z.literal('pending') }),
  z.object({ is: z.enum(['seen', 'missed']), says: z.string() }),
])
const sights = z.array(sight)

const record = z.object({
  walk: z.string(),
  speed: z.enum(['short', 'real']),
  hop: z.enum(['simulated', 'nginx', 'haproxy', 'apache', 'caddy']),
  sights: z.object({ reproduce: sights, observe: sights, diagnose: sights, fix: sights, verify: sights }),
  finding: z.nullable(
    z.object({
      reportId: z.string(),
      outcome: z.enum(['healthy', 'fault', 'undetermined']),
      cause: z.nullable(z.string()),
      certainty: z.nullable(z.enum(['proven', 'likely', 'possible'])),
      because: z.array(z.string()),
    }),
  ),
  evidence: z.nullable(evidenceSchema),
  subject: z.nullable(z.object({ url: z.string(), subprotocols: z.array(z.string()) })),
  isRecorded: z.boolean(),
})

/** The run as a text that `restoreRun` reads. */
export function encodeRun({
  walk,
  conditions: { speed, hop },
  sights,
  examination,
  evidence,
  subject,
  isRecorded,
}: RunState): string {
  const finding = examination.status === 'done' ? examination.diagnosed : null
  return JSON.stringify({
    walk: encodeWalk(walk),
    speed,
    hop,
    sights,
    finding,
    evidence,
    subject,
    isRecorded,
  })
}

export type Address = {
  /** The walk's five letters; null where the address has none. */
  readonly walk: string | null
  readonly conditions: Conditions
}

/**
 * The run that an address asks for. With the tab's own record of it everything is there again; without, what was
 * seen elsewhere is believed, but a failure that is still to be judged has to be made anew.
 * @param kept what `encodeRun` wrote, or anything
 */
export function restoreRun(address: Address, kept: string | null): RunState {
  const known = kept === null ? null : readRecord(kept)
  if (known !== null && (address.walk === null || address.walk === encodeWalk(known.walk))) {
    return isLost(known.walk, known.conditions, known.evidence !== null) ? freshRun(known.conditions) : known
  }
  const fresh = freshRun(address.conditions)
  const walk = address.walk === null ? null : decodeWalk(address.walk)
  return walk === null || isLost(walk, address.conditions, false) ? fresh : { ...fresh, walk }
}

/** Whether the steps that were done are of no use: what they left to be judged is not there, or its proxy is gone. */
function isLost(walk: Walk, { hop }: Conditions, hasEvidence: boolean): boolean {
  if (walk.diagnose === 'seen' || walk.diagnose === 'skipped') return false
  return !hasEvidence || hop !== 'simulated'
}

function readRecord(text: string): RunState | null {
  const read = record.safeParse(parse(text))
  if (!read.success) return null
  const { walk, speed, hop, finding, ...rest } = read.data
  const decoded = decodeWalk(walk)
  if (decoded === null) return null
  return {
    ...freshRun({ speed, hop }),
    ...rest,
    walk: decoded,
    examination: finding === null ? { status: 'none' } : { status: 'done', diagnosed: finding },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether anything was done. */
export const isBegun = (walk: Walk): boolean => encodeWalk(walk) !== encodeWalk(freshWalk)
