/** The thread that reads one part of a large file. */
import { parentPort, workerData } from 'node:worker_threads'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import type { ScanData } from '#lib/logs/scan-data.ts'
import { createLogScanner } from '#lib/logs/scanner.ts'
import type { Part, PartAnswer } from '#server/cli/logs/parts.ts'
import { rangeOf } from '#server/cli/logs/pieces.ts'

/** What belongs to one connection lies near together in one file. */
const MOST_IN_DETAIL = 2000

async function read({ file, from, to, year, config, only, paths, memory }: Part): Promise<ScanData> {
  const custom = config === undefined ? [] : parsersOfConfig(config)
  const scanner = createLogScanner({ year, custom, only, most: MOST_IN_DETAIL }, paths)
  const into = scanner.open(file, year, memory)
  for await (const piece of rangeOf(file, from, to)) into.push(piece)
  into.end()
  return scanner.data()
}

const answer: PartAnswer = await read(workerData as Part).then(
  (data) => ({ data }),
  (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }),
)
parentPort?.postMessage(answer)
