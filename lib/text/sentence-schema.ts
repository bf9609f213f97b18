/** Sentences, short texts and code in a document that may have been written by anybody: read, they are visible. */
import * as z from 'zod/mini'
import { type Sentence, visible, visibleLines } from '#lib/text/foreign.ts'

export const sentenceText = z.pipe(
  z.string(),
  z.transform((text) => visible(text) as Sentence),
)

export const shortText = z.pipe(z.string(), z.transform(visible))

export const codeText = z.pipe(z.string(), z.transform(visibleLines))
