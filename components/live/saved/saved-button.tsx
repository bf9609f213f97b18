'use client'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { savedStore } from '#components/core/saved-sets.ts'
import { savedView, showSaved } from '#components/core/saved-view.ts'
import { useSelect } from '#components/core/selection.ts'
import { Button } from '#components/ui/button.tsx'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { fill } from '#lib/store/saved/variables.ts'

const savedDialog = lazyPart(() => import('./saved-dialog.tsx').then((module) => module.SavedDialog))

const setOpen = (isOpen: boolean) => savedView.setState({ isOpen })

/** Opens the saved sets; where what the palette asks of them is done too. */
export function SavedButton() {
  const isOpen = useStore(savedView, (view) => view.isOpen)
  const chosen = useStore(savedView, (view) => view.chosen)
  useWanted()
  useEffect(() => () => setOpen(false), [])
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => showSaved()}>
        Saved…
      </Button>
      {isOpen && (
        <LazyDialog part={savedDialog}>
          {(View) => <View initial={chosen} onOpenChange={setOpen} />}
        </LazyDialog>
      )}
    </>
  )
}

/** Opens what was asked for. What lacks the value of a variable leads to its set, where it is filled in. */
function useWanted(): void {
  const wanted = useStore(savedView, (view) => view.wanted)
  const select = useSelect()
  useEffect(() => {
    if (wanted === null) return
    savedView.setState({ wanted: null })
    const { sets, secrets } = savedStore.getState()
    const set = sets.find(({ name }) => name === wanted.set)
    if (set === undefined) return
    const one = wanted.connection === null ? undefined : set.connections[wanted.connection]
    const filled = fill(one === undefined ? set : { ...set, connections: [one] }, secrets[set.name] ?? {})
    if (!filled.ok) return showSaved(set.name)
    // What speaks for other clients is large: it comes when something is opened.
    void import('./open-set.ts').then(({ openSaved }) => {
      const opened = openSaved(filled.connections)
      if (!opened.ok) return say(opened.says, 'dead')
      select(opened.ids[0] ?? null)
    })
  }, [wanted, select])
}
