'use client'
import { CircleCheck, CircleX, X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { importReport } from '#components/api/reports.ts'
import { useBroughtAnywhere } from '#components/diagnose/ask/use-brought-anywhere.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { visible } from '#lib/text/foreign.ts'
import { exportedIn } from '#lib/text/report-block.ts'

type Taken = { readonly key: number; readonly name: string } & (
  | { readonly status: 'reading' }
  | { readonly status: 'done'; readonly id: string; readonly says: string }
  | { readonly status: 'failed'; readonly says: string }
)

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

/** Exported reports that are chosen, or dropped or pasted anywhere on the page. @param onNew one has been kept */
export function useImports(onNew: () => void): Imports {
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const takeOne = async (name: string, read: () => Promise<string>) => {
    const key = ++lastKey
    setTaken((before) => [...before, { key, name, status: 'reading' }])
    const outcome = await importOne(read)
    setTaken((before) => before.map((one) => (one.key === key ? { key, name, ...outcome } : one)))
    if (outcome.status === 'done') onNew()
  }
  const take = async (files: readonly File[]) => {
    setTaken([])
    for (const file of files.slice(0, mostFiles)) await takeOne(file.name, () => textOf(file))
    const left = files.length - mostFiles
    if (left > 0) {
      const says = `${left} files were left out. Choose at most ${mostFiles} at once.`
      setTaken((before) => [...before, { key: ++lastKey, name: 'The rest', status: 'failed', says }])
    }
  }
  const isOver = useBroughtAnywhere({
    onFiles: (files) => void take(files),
    onText: (text) => {
      setTaken([])
      void takeOne('Pasted text', async () => text)
    },
  })
  return { taken, isOver, take, forget: () => setTaken([]) }
}

type Outcome = { status: 'done'; id: string; says: string } | { status: 'failed'; says: string }

async function importOne(read: () => Promise<string>): Promise<Outcome> {
  try {
    const text = await read()
    const json = exportedIn(text)
    if (json === undefined) return { status: 'failed', says: text.startsWith('PK') ? zipped : notExported }
    const { is_new: isNew, report } = await importReport(json)
    return { status: 'done', id: report.id, says: isNew ? 'Imported.' : 'Already here.' }
  } catch (error) {
    return {
      status: 'failed',
      says: error instanceof FileError ? error.message : inOneLine(problemOf(error)),
    }
  }
}

const notExported =
  'This is not a report. Choose the HTML file or the JSON of a report. Logs, errors and HAR files belong on Diagnose.'

const zipped = 'This is a zip. Drop a support bundle on Diagnose, which opens each of its reports.'

class FileError extends Error {}

async function textOf(file: File): Promise<string> {
  if (file.size > mostBytes) throw new FileError('This file is larger than 24 MiB, which no report is.')
  try {
    return await file.text()
  } catch {
    throw new FileError('This file could not be read. It was moved, changed or deleted. Choose it again.')
  }
}

export function ImportButton({ imports }: { imports: Imports }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".html,.htm,.json"
        aria-label="Reports to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void imports.take(files)
        }}
      />
      <Button
        title="An exported report: its HTML file or its JSON. Or drop it anywhere on this page."
        onClick={() => input.current?.click()}
      >
        Import…
      </Button>
    </>
  )
}

/** What became of each file. */
export function ImportResults({ imports: { taken, forget } }: { imports: Imports }) {
  const box = useRef<HTMLDivElement>(null)
  const first = taken[0]?.key
  // Files are dropped wherever the list is scrolled to.
  useEffect(() => {
    if (first !== undefined) box.current?.scrollIntoView({ block: 'nearest' })
  }, [first])
  return (
    <div
      ref={box}
      role="status"
      aria-label="Import"
      className="scroll-my-16 border-b border-line empty:hidden"
    >
      {taken.length > 0 && (
        <div className="flex items-start gap-2 px-3.5 py-2">
          <ul className="flex min-w-0 flex-1 flex-col gap-1">
            {taken.map((one) => (
              <li key={one.key} className="flex items-start gap-2">
                {one.status === 'failed' ? (
                  <Icon of={CircleX} className="mt-0.5 shrink-0 text-dead" />
                ) : (
                  <Icon
                    of={CircleCheck}
                    className={`mt-0.5 shrink-0 ${one.status === 'done' ? 'text-alive' : 'text-faint'}`}
                  />
                )}
                <span className="min-w-0 wrap-anywhere">
                  <span className="font-medium">{visible(one.name)}</span>{' '}
                  <span className="text-soft">{one.status === 'reading' ? 'Reading…' : one.says}</span>{' '}
                  {one.status === 'done' && (
                    <Link
                      href={`/reports/${one.id}`}
                      prefetch={false}
                      className="text-link underline decoration-edge underline-offset-2"
                    >
                      Open the report
                    </Link>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <IconButton label="Close the import results" onClick={forget}>
            <Icon of={X} />
          </IconButton>
        </div>
      )}
    </div>
  )
}
