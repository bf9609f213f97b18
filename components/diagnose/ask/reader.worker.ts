/** Reads and judges what was brought, off the page's main thread. Nothing leaves the browser. */
import { type Brought, readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Answer } from './reader.ts'

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; brought: Brought }>) => {
  const { id, brought } = data
  self.postMessage({ id, judged: readAndJudge(brought) } satisfies Answer)
})
