'use client'
import { useEffect, useRef, useState } from 'react'
import { GLIMPSE } from '#lib/intake/glimpse.ts'
import type { SourceReading } from '#lib/intake/pieces.ts'
import type { Attachment } from './attachments.ts'
import { type Given, lookHere } from './reader.ts'

/**
 * What the box holds, recognized while somebody types: one look at a time, and after it the newest there is. Costs the
 * page a message of at most 64 KiB a look. @param isWanted false: no look is needed; what was
 * seen stays
 */
export function useRecognized(
  text: string,
  files: readonly Attachment[],
  isWanted: boolean,
): readonly SourceReading[] {
  const [seen, setSeen] = useState<readonly SourceReading[]>([])
  const latest = useRef<Given | null>(null)
  const isLooking = useRef(false)
  const beginning = text.slice(0, GLIMPSE.ofOne + 1)
  useEffect(() => {
    latest.current = isWanted ? { text: beginning, files } : null
    if (beginning.trim() === '' && files.length === 0) setSeen([])
    if (isLooking.current) return
    isLooking.current = true
    void (async () => {
      let looked: Given | null = null
      while (latest.current !== looked && latest.current !== null) {
        looked = latest.current
        // What goes wrong here goes wrong again when it is judged, and is said then.
        const found = await lookHere(looked).catch(() => [])
        if (latest.current === looked) setSeen(found)
      }
      isLooking.current = false
    })()
  }, [beginning, files, isWanted])
  useEffect(
    () => () => {
      latest.current = null
    },
    [],
  )
  return seen
}
