/** A large file in parts that threads read side by side, cut at line ends. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Only } from '#lib/logs/only.ts'
import type { LineMemory } from '#lib/logs/record.ts'
import type { ScanData } from '#lib/logs/scan-data.ts'
import type { LogScanner } from '#lib/logs/scanner.ts'
import { rangeOf } from '#server/cli/logs/pieces.ts'

/** Smaller ones are read sooner than threads start. */
const LEAST_PART_BYTES = 48 << 20
/** Read before the threads start, so that they know on which paths WebSockets are. */
const FIRST_BYTES = 8 << 20
/** This one among them; each of the others takes about 50 MB. */
const MOST_THREADS = 4
const LINE_FEED = 10

/** What a thread is given. */
export interface Part {
  readonly file: string
  readonly from: number
  readonly to: number
  readonly year: number
  /** The nginx configuration that says how lines are laid out. */
  readonly config: string | undefined
  readonly only: Only
  readonly paths: readonly string[]
  /** What the lines above say of these. */
  readonly memory: LineMemory
}

/** What it hands back. */
export type PartAnswer = { readonly data: ScanData } | { readonly failed: string }

type PartReader = (part: Part) => Promise<ScanData>

interface Manner {
  /** This one among them. */
  readonly threads?: number
  /** What is read before the others start. */
  readonly firstBytes?: number
  readonly readPart?: PartReader
}

export interface LargeFile {
  readonly file: string
  readonly size: number
  readonly year: number
}

/** Whether several threads read it sooner than one. */
export const isLarge = (size: number): boolean => threadsFor(size) > 1

function threadsFor(size: number): number {
  return Math.min(availableParallelism(), MOST_THREADS, Math.floor((size - FIRST_BYTES) / LEAST_PART_BYTES))
}

/** Reads it into the scanner, whole; what it grows by meanwhile is not read. This thread reads the first part. */
export async function readInParts(
  { file, size, year }: LargeFile,
  scanner: LogScanner,
  options: Pick<Part, 'config' | 'only'>,
  { threads = threadsFor(size), firstBytes = FIRST_BYTES, readPart = readInThread }: Manner = {},
): Promise<void> {
  const [head = size, ...cuts] = await cutsOf(file, size, threads, firstBytes)
  const [own = size, ...ends] = cuts
  const before = scanner.progress().lines
  const into = scanner.open(file, year)
  for await (const piece of rangeOf(file, 0, head)) into.push(piece)
  const [paths, memory] = [scanner.paths(), into.memory()]
  const parts = ends.map((to, index) =>
    readPart({ file, from: cuts[index] ?? own, to, year, paths, memory, ...options }),
  )
  // One that fails while another is waited for is not left unheard.
  for (const part of parts) part.catch(() => {})
  for await (const piece of rangeOf(file, head, own)) into.push(piece)
  into.end()
  let lines = scanner.progress().lines - before
  for (const part of parts) {
    const data = await part
    const linesOfPart = data.tally.lines
    scanner.absorb(data, lines)
    lines += linesOfPart
  }
}

/** Where what is read first ends, and then each part, behind a line end. */
async function cutsOf(file: string, size: number, threads: number, firstBytes: number): Promise<number[]> {
  const each = Math.ceil((size - firstBytes) / threads)
  const wanted = Array.from({ length: threads }, (_, index) => firstBytes + index * each)
  const cuts: number[] = []
  for (const at of wanted) cuts.push(await behindLineEnd(file, at, size))
  return [...cuts, size]
}

async function behindLineEnd(file: string, at: number, size: number): Promise<number> {
  let position = at
  for await (const piece of rangeOf(file, at, size)) {
    const end = piece.indexOf(LINE_FEED)
    if (end !== -1) return position + end + 1
    position += piece.length
  }
  return size
}

/** What a thread may hold beside what it reads. */
const THREAD_MEBIBYTES = 48

const readInThread: PartReader = (part) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./part.worker.ts', import.meta.url), {
      workerData: part,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEBIBYTES, maxYoungGenerationSizeMb: 3 },
      execArgv: [],
    })
    worker.once('message', (answer: PartAnswer) => {
      if ('data' in answer) resolve(answer.data)
      else reject(new Error(answer.failed))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that reads it ended')))
  })
