'use client'
import { useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { importReport } from '#components/api/reports.ts'
import { useBroughtAnywhere } from '#components/diagnose/ask/use-brought-anywhere.ts'
import { exportedIn } from '#lib/text/report-block.ts'

type Outcome =
  | { readonly status: 'done'; readonly id: string; readonly says: string }
  | { readonly status: 'failed'; readonly says: string }

type Taken = { readonly key: number; readonly name: string } & (Outcome | { readonly status: 'reading' })

export interface Imports {
  readonly taken: readonly Taken[]
  /** Files are held over the page. */
  readonly isOver: boolean
  readonly take: (files: readonly File[]) => Promise<void>
  readonly forget: () => void
}

const mostFiles = 100
/** The page around a report is small beside it. */
const mostBytes = 24 * 1024 * 1024

let lastKey = 0

/** Exported reports that are chosen, or dropped or pasted anywhere on the page. @param onDone all have been tried */
export function useImports(onDone: () => void): Imports {
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const takeOne = async (name: string, read: () => Promise<string>) => {
    const key = ++lastKey
    setTaken((before) => [...before, { key, name, status: 'reading' }])
    const outcome = await importOne(read)
    setTaken((before) => before.map((one) => (one.key === key ? { key, name, ...outcome } : one)))
  }
  const takeAll = async (sources: readonly (readonly [name: string, read: () => Promise<string>])[]) => {
    setTaken([])
    for (const [name, read] of sources) await takeOne(name, read)
    onDone()
  }
  const take = async (files: readonly File[]) => {
    await takeAll(files.slice(0, mostFiles).map((file) => [file.name, () => textOf(file)]))
    const left = files.length - mostFiles
    if (left <= 0) return
    const says = `${left} files were left out. Choose at most ${mostFiles} at once.`
    setTaken((before) => [...before, { key: ++lastKey, name: 'The rest', status: 'failed', says }])
  }
  const isOver = useBroughtAnywhere({
    onFiles: (files) => void take(files),
    onText: (text) => void takeAll([['Pasted text', async () => text]]),
  })
  return { taken, isOver, take, forget: () => setTaken([]) }
}

async function importOne(read: () => Promise<string>): Promise<Outcome> {
  try {
    const text = await read()
    const json = exportedIn(text)
    if (json === undefined) return { status: 'failed', says: text.startsWith('PK') ? zipped : notExported }
    const { is_new: isNew, report } = await importReport(json)
    return { status: 'done', id: report.id, says: isNew ? 'Imported.' : 'Already here.' }
  } catch (error) {
    const says = error instanceof FileError ? error.message : inOneLine(problemOf(error))
    return { status: 'failed', says }
  }
}

const notExported =
  'This is not a report. Choose the HTML file or the JSON of a report. Logs, errors and HAR files belong on Diagnose.'

const zipped = 'This is a zip. Drop a support bundle on Diagnose, which opens each of its reports.'

class FileError extends Error {}

async function textOf(file: File): Promise<string> {
  if (file.size > mostBytes) throw new FileError('This file is larger than 24 MiB, which no report is.')
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return new TextDecoder(encodingOf(bytes)).decode(bytes)
  } catch {
    throw new FileError('This file could not be read. It was moved, changed or deleted. Choose it again.')
  }
}

/** A shell of Windows writes what it redirects as UTF-16. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
