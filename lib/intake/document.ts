/** What is one document as a whole, and not text: JSON that Why1006 knows. */
import { maskEvidence } from '#lib/evidence/mask.ts'
import { type Evidence, EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import { isHar, looksLikeHar, readHar } from '#lib/intake/har.ts'
import { exportedIn } from '#lib/text/report-block.ts'

/** Longest document that is read, in characters; it is parsed at once, and HAR files with bodies are large. */
export const LONGEST_DOCUMENT = 64 * 1024 * 1024

type Document = { kind: 'evidence' | 'har'; evidence: Evidence; says: readonly string[] }

/** JSON as a whole: an evidence document, bare or within a report (its exported page, too) or a recorded case, or a HAR. */
export function documentOf(text: string): Document | undefined {
  const json = exportedIn(text)
  if (json === undefined || text.length > LONGEST_DOCUMENT) return undefined
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch {
    const says = 'a HAR file that is cut off or not valid JSON: export it again'
    return looksLikeHar(text) ? { kind: 'har', evidence: {}, says: [says] } : undefined
  }
  if (isHar(value)) return { kind: 'har', ...readHar(value) }
  const wrapped = typeof value === 'object' && value !== null && 'evidence' in value ? value : undefined
  const inner = wrapped === undefined ? value : wrapped.evidence
  const says = wrapped && 'report' in wrapped ? 'a report of Why1006' : 'an evidence document'
  try {
    // Masked at once, which cuts off what is nested too deep for anything that walks through it.
    return { kind: 'evidence', evidence: maskEvidence(parseEvidence(inner)), says: [says] }
  } catch (error) {
    if (error instanceof EvidenceError) return undefined
    throw error
  }
}
