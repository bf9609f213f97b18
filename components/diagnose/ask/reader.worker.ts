/** Reads and judges what was brought, off the page's main thread. Nothing leaves the browser. */
import {
  type BundledReport,
  BundleError,
  looksLikeZip,
  type OpenedBundle,
  openBundle,
} from '#lib/bundle/open.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { LONGEST_DOCUMENT } from '#lib/intake/document.ts'
import { type Beginning, GLIMPSE, glimpse } from '#lib/intake/glimpse.ts'
import type { LargeLogs } from '#lib/intake/large-log.ts'
import type { Source } from '#lib/intake/read.ts'
import type { Attachment } from './attachments.ts'
import { isLargeLog, type LargeProgress, readLarge } from './large-logs.ts'
import type { Answer, Question } from './reader.ts'

/** Questions that nobody waits for any longer. */
const stopped = new Set<number>()

self.addEventListener('message', async ({ data }: MessageEvent<Question>) => {
  if (data.what === 'stop') {
    stopped.add(data.id)
    return
  }
  const answer = await answerTo(data)
  if (!stopped.delete(data.id)) self.postMessage(answer)
})

async function answerTo({ id, what, evidence, text = '', files = [] }: Question): Promise<Answer> {
  try {
    if (what === 'look') return { id, seen: glimpse(await beginningsOf(text, files)) }
    const large: Attachment[] = []
    const sources: Source[] = []
    const bundled: BundledReport[] = []
    for (const { file, content } of files) {
      const bundle = await bundleOf(file, content)
      if (bundle !== undefined) {
        sources.push(...bundle.sources)
        bundled.push(...bundle.reports)
        continue
      }
      if (await isLargeLog(content)) {
        large.push({ file, content })
        continue
      }
      const whole = await textOf(file, content, LONGEST_DOCUMENT)
      sources.push({ file, text: whole, left_out: Math.max(0, content.size - LONGEST_DOCUMENT) })
    }
    const judge = (scanned?: LargeLogs) => readAndJudge({ evidence, text, files: sources, scanned })
    const tellOf = (progress: LargeProgress, tell: () => LargeLogs) =>
      self.postMessage({ id, progress: { ...progress, judged: judge(tell()) } } satisfies Answer)
    const scanned = large.length > 0 ? await readLarge(large, tellOf, () => stopped.has(id)) : undefined
    const judged = judge(scanned)
    return { id, judged: { ...judged, ...(bundled.length > 0 && { bundled }) } }
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) }
  }
}

async function beginningsOf(text: string, files: readonly Attachment[]): Promise<Beginning[]> {
  const beginnings: Beginning[] = []
  let room = GLIMPSE.ofAll
  const roomForOne = () => Math.min(room, GLIMPSE.ofOne)
  if (text.trim() !== '') {
    const most = roomForOne()
    beginnings.push({ file: 'paste', text: text.slice(0, most), isCut: text.length > most })
    room -= Math.min(text.length, most)
  }
  for (const { file, content } of files) {
    const bundle = await bundleOf(file, content)
    for (const { file: name, text: whole } of bundle?.sources ?? []) {
      const most = roomForOne()
      beginnings.push({ file: name, text: whole.slice(0, most), isCut: whole.length > most })
      room -= Math.min(whole.length, most)
    }
    if (bundle !== undefined) continue
    const most = roomForOne()
    beginnings.push({ file, text: await textOf(file, content, most), isCut: content.size > most })
    room -= Math.min(content.size, most)
  }
  return beginnings
}

/** What is in a support bundle; undefined for a file of another kind. @throws Error in a sentence for another zip */
async function bundleOf(file: string, content: Blob): Promise<OpenedBundle | undefined> {
  try {
    const first = new Uint8Array(await content.slice(0, 4).arrayBuffer())
    if (!looksLikeZip(first)) return undefined
    const opened = openBundle(new Uint8Array(await content.slice(0, LONGEST_DOCUMENT).arrayBuffer()))
    return {
      ...opened,
      sources: opened.sources.map((source) => ({ ...source, file: `${file}/${source.file}` })),
    }
  } catch (error) {
    if (error instanceof BundleError) throw error
    throw new Error(`${file} could not be read. It was moved, changed or deleted. Add it again.`)
  }
}

/** @throws Error in a sentence: a file may be gone since it was chosen */
async function textOf(file: string, content: Blob, mostBytes: number): Promise<string> {
  try {
    return await content.slice(0, mostBytes).text()
  } catch {
    throw new Error(`${file} could not be read. It was moved, changed or deleted. Add it again.`)
  }
}
