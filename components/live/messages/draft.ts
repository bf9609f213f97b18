/** What stands in the composer, and what it would send. */

import type { Tone } from '#components/ui/badge.tsx'
import type { Payload } from '#lib/protocol/payload.ts'
import { parseHex } from '#lib/text/hex.ts'
import { checkJson } from '#lib/text/json-check.ts'

export type DraftMode = 'text' | 'hex' | 'file'

export interface DraftFile {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

export interface Judgement {
  tone: Tone
  word: string
  /** The whole complaint, for the tooltip and screen readers. */
  says: string | null
  /** Null where there is nothing that could be sent. */
  payload: Payload | null
}

const nothing = { tone: 'unknown', says: null, payload: null } as const

/** Judges a draft as it is typed. Text is sent whatever it is: invalid JSON too, since servers must bear it. */
export function judgeDraft(mode: DraftMode, text: string, file: DraftFile | null): Judgement {
  if (mode === 'file')
    return file === null
      ? { ...nothing, word: 'no file' }
      : { ...nothing, word: `${file.bytes.byteLength} B`, payload: { opcode: 'binary', bytes: file.bytes } }
  if (mode === 'hex') return judgeHex(text)
  const payload: Payload = { opcode: 'text', text }
  const check = checkJson(text)
  switch (check.verdict) {
    case 'empty':
      return { ...nothing, word: 'empty' }
    case 'json':
      return { tone: 'alive', word: 'valid JSON', says: null, payload }
    case 'plain-text':
      return { tone: 'unknown', word: 'plain text', says: null, payload }
    case 'broken':
      return { tone: 'waiting', word: 'invalid JSON', says: check.says, payload }
  }
}

function judgeHex(text: string): Judgement {
  const parsed = parseHex(text)
  if (!parsed.ok) return { tone: 'waiting', word: 'not hex', says: parsed.says, payload: null }
  if (parsed.bytes.byteLength === 0) return { ...nothing, word: 'empty' }
  return {
    tone: 'alive',
    word: `${parsed.bytes.byteLength} B`,
    says: null,
    payload: { opcode: 'binary', bytes: parsed.bytes },
  }
}
