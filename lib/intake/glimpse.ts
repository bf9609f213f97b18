/**
 * What a person is about to bring, told while they type: the same recognition as of the whole, of as much as costs nothing
 * that one could feel. No evidence comes of it.
 */
import { looksLikeHar } from '#lib/intake/har.ts'
import { createPieces, type SourceReading } from '#lib/intake/pieces.ts'
import { readBrought, type Source } from '#lib/intake/read.ts'

/** Characters of one source that are looked at, and of all together. */
export const GLIMPSE = { ofOne: 64 * 1024, ofAll: 256 * 1024 }

/** Each source with its beginning; `isCut` where there is more of it. */
export type Beginning = Source & { isCut: boolean }

export function glimpse(beginnings: readonly Beginning[]): SourceReading[] {
  const readable = beginnings.filter((each) => !isCutDocument(each))
  const { read } = readBrought(readable.map(({ file, text }) => ({ file, text })))
  return beginnings.map((each) => read[readable.indexOf(each)] ?? documentOf(each))
}

/** A part of a JSON document is no document, but what it will be can be seen. */
const isCutDocument = ({ text, isCut }: Beginning): boolean =>
  isCut && /^\s{0,100}[[{]/.test(text.slice(0, 101))

function documentOf({ file, text }: Beginning): SourceReading {
  const pieces = createPieces(file)
  const isHar = looksLikeHar(text)
  pieces.add({
    kind: isHar ? 'har' : 'evidence',
    lines: [1, 1],
    says: isHar ? 'a HAR file' : 'a JSON document',
  })
  return pieces.read()
}
