'use client'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { throughDialog, throughStore } from './ask-through.ts'

const forget = () => throughStore.setState({ draft: null })

/** Where the form "Connect through Why1006" appears. */
export function ThroughHost() {
  const draft = useStore(throughStore, (asked) => asked.draft)
  useEffect(() => forget, [])
  if (draft === null) return null
  return (
    <LazyDialog part={throughDialog}>
      {(View) => <View draft={draft} onOpenChange={(isOpen) => !isOpen && forget()} />}
    </LazyDialog>
  )
}
