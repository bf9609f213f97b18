'use client'
import { useEffect, useRef, useState } from 'react'

interface Takers {
  onText(text: string): void
  onFiles(files: readonly File[]): void
}

/**
 * What is pasted where no field has the focus, and files that are pasted or dropped anywhere on the page, belong into the
 * box. @returns whether files are held over the page
 */
export function useBroughtAnywhere(takers: Takers): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(takers)
  latest.current = takers
  useEffect(() => {
    const undo = new AbortController()
    const { signal } = undo
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) {
        event.preventDefault()
        latest.current.onFiles(files)
        return
      }
      // A field takes its text itself; a long one costs time to ask for.
      if (isField(event.target)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '') return
      event.preventDefault()
      latest.current.onText(text)
    }
    const onDrag = (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Without it the browser would open the file in place of this page.
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      latest.current.onFiles([...(event.dataTransfer?.files ?? [])])
    }
    document.addEventListener('paste', onPaste, { signal })
    document.addEventListener('dragover', onDrag, { signal })
    document.addEventListener('dragleave', onLeave, { signal })
    document.addEventListener('drop', onDrop, { signal })
    return () => undo.abort()
  }, [])
  return isOver
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
