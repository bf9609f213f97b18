'use client'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import { askedStore } from './ask-why.ts'

export const whyDialog = lazyPart(() => import('./why-dialog.tsx').then((module) => module.WhyDialog))

/** Where the answer to "Why?" appears; once on a page that shows connections. */
export function WhyHost() {
  const id = useStore(askedStore, (asked) => asked.id)
  useEffect(() => forget, [])
  if (id === null) return null
  return (
    <LazyDialog part={whyDialog}>
      {(View) => <View id={id} onOpenChange={(isOpen) => !isOpen && forget()} />}
    </LazyDialog>
  )
}

const forget = () => askedStore.setState({ id: null })
