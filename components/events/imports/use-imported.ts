'use client'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import type { ConnectionRow } from '../connection-row.ts'
import { ImportedRows } from './imported-rows.ts'
import { askLogs, type Imports, importStore, restoreImports } from './imports.ts'
import type { TimeSpan } from './matching.ts'
import type { RawLine } from './raw-line.ts'

/** What is imported; after a reload, what was. */
export function useImports(): Imports {
  useEffect(() => void restoreImports(), [])
  return useStore(importStore, ({ current }) => current)
}

export interface Chosen {
  readonly rows: ImportedRows<ConnectionRow>
  readonly ends: EndsCount
}

/** The imported connections that match. Null where nothing is imported, and before the first answer. */
export function useImportedRows(version: number | null, filter: EventFilter, span: TimeSpan): Chosen | null {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const key = JSON.stringify([version, filter, span])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all of it
  useEffect(() => {
    if (version === null) {
      setChosen(null)
      return
    }
    let isOver = false
    askLogs('choose', { filter, span }).then(
      ({ count, ends }) => {
        if (!isOver)
          setChosen({ ends, rows: new ImportedRows(count, (from, to) => askLogs('rows', { from, to })) })
      },
      () => {},
    )
    return () => {
      isOver = true
    }
  }, [key])
  return chosen
}

/** The lines of imported logs, those with the text. Null before the first answer. */
export function useImportedLines(version: number | null, text: string | null): ImportedRows<RawLine> | null {
  const [rows, setRows] = useState<ImportedRows<RawLine> | null>(null)
  useEffect(() => {
    setRows(null)
    if (version === null) return
    let isOver = false
    askLogs('chooseLines', { text: text ?? undefined }).then(
      (count) => {
        if (!isOver) setRows(new ImportedRows(count, (from, to) => askLogs('lines', { from, to })))
      },
      () => {},
    )
    return () => {
      isOver = true
    }
  }, [version, text])
  return rows
}
