/**
 * The link that the recorder prints: `/diagnose#evidence=…`, an evidence document in base64url. It never reaches a server,
 * and whoever made it may be anybody: read with bounds, into the part of the evidence that a recorder can know.
 */
import * as z from 'zod/mini'
import { asEvidence, recordedEvidence } from '#lib/api/recordings.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

const START = 'evidence='
/** Twice what the recorder's bounds allow. */
const LONGEST = 64 * 1024

export type LinkReading =
  | { readonly ok: true; readonly evidence: Evidence }
  /** In a sentence, with what to do. */
  | { readonly ok: false; readonly says: string }

/** @param fragment of an address, with or without its `#`; undefined where it carries no evidence */
export function readRecordingLink(fragment: string): LinkReading | undefined {
  const text = fragment.replace(/^#/, '')
  if (!text.startsWith(START)) return undefined
  if (text.length > LONGEST) {
    return refused('This link is longer than 64 KiB. Run why1006() in that console and paste what it copies.')
  }
  const value = decoded(text.slice(START.length))
  if (value === undefined) {
    return refused(
      'This link is cut off or damaged. Copy it whole, or run why1006() and paste what it copies.',
    )
  }
  const read = z.safeParse(recordedEvidence, value)
  if (!read.success) {
    const place = read.error.issues[0]?.path.join('.') || 'the document'
    return refused(
      `This link has no recording of a WebSocket in it: ${place.slice(0, 80)} is missing or wrong.`,
    )
  }
  return { ok: true, evidence: asEvidence(read.data) }
}

const refused = (says: string): LinkReading => ({ ok: false, says })

function decoded(text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
      each.charCodeAt(0),
    )
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
