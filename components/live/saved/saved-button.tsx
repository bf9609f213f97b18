'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'

export const savedDialog = lazyPart(() => import('./saved-dialog.tsx').then((module) => module.SavedDialog))

/** Opens the saved sets. */
export function SavedButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Saved…
      </Button>
      {isOpen && <LazyDialog part={savedDialog}>{(View) => <View onOpenChange={setOpen} />}</LazyDialog>}
    </>
  )
}
