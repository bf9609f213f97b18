'use client'
import { type ChangeEvent, useState } from 'react'
import { useStore } from 'zustand'
import { addSets, freeName, removeSet, savedStore, saveSet } from '#components/core/saved-sets.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { plural } from '#components/ui/format.ts'
import { say } from '#components/ui/toast-queue.ts'
import { documentOf, LONGEST_FILE, readSets, type SavedSet } from '#lib/store/saved/sets.ts'
import { setOfOpen } from './open-set.ts'
import { SetEditor } from './set-editor.tsx'

interface Props {
  /** The set that is shown first; null for the first there is. */
  initial: string | null
  onOpenChange: (isOpen: boolean) => void
}

/** Sets of connections that are opened together; their variables are filled in here. */
export function SavedDialog({ initial, onOpenChange }: Props) {
  const sets = useStore(savedStore, (saved) => saved.sets)
  const [chosen, setChosen] = useState(initial ?? sets[0]?.name ?? null)
  const [problem, setProblem] = useState('')
  const set = sets.find(({ name }) => name === chosen) ?? sets[0]

  const told = (isKept: boolean) =>
    setProblem(isKept ? '' : 'This browser does not keep it: storage is full or forbidden.')
  const add = () => {
    const made = setOfOpen(freeName('My connections')) ?? {
      name: freeName('My connections'),
      variables: [{ name: 'host', value: '' }],
      connections: [{ url: 'wss://{{host}}/ws' }],
    }
    told(saveSet(made))
    setChosen(made.name)
  }
  const change = (next: SavedSet) => {
    if (set === undefined) return
    const isTaken = next.name !== set.name && sets.some(({ name }) => name === next.name)
    if (isTaken) return setProblem(`There is a set named “${next.name}” already.`)
    told(saveSet(next, set.name))
    setChosen(next.name)
  }
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const { target } = event
    const [file] = target.files ?? []
    if (file === undefined) return
    const read =
      file.size > LONGEST_FILE
        ? { ok: false as const, says: 'The file is larger than 2 MiB.' }
        : readSets(await file.text())
    target.value = ''
    if (!read.ok) return setProblem(`${file.name}: ${read.says}`)
    const before = new Set(savedStore.getState().sets.map(({ name }) => name))
    told(addSets(read.sets))
    setChosen(savedStore.getState().sets.find(({ name }) => !before.has(name))?.name ?? null)
    say(`${plural(read.sets.length, 'set', 'sets')} imported.`)
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Saved connections"
      description="A set opens together. Write {{name}} where places differ, such as wss://{{host}}/ws. Sets stay in this browser."
      className="w-[53.75rem]"
    >
      <div className="grid gap-4 sm:grid-cols-[12.5rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-2">
          <ul aria-label="Sets" className="flex flex-col">
            {sets.map(({ name, connections }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={name === set?.name}
                  onClick={() => setChosen(name)}
                  className={cx(
                    'flex w-full items-center gap-2 rounded-box px-2.5 py-1 text-left',
                    name === set?.name ? 'bg-raised text-text' : 'text-soft hover:text-text',
                  )}
                >
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  <span className="figures text-faint">{connections.length}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className="flex flex-wrap gap-1.5">
            <Button onClick={add}>Save open connections</Button>
            <label className="inline-flex h-[1.625rem] cursor-pointer items-center rounded-box border border-edge bg-raised px-[9px] text-code font-medium hover:border-faint has-focus-visible:outline-2 has-focus-visible:outline-link">
              Import…
              <input
                type="file"
                accept=".json,application/json"
                aria-label="Import sets"
                className="sr-only"
                onChange={(event) => void take(event)}
              />
            </label>
            {sets.length > 0 && <Button onClick={() => download(sets)}>Export all</Button>}
          </div>
        </div>
        {set === undefined ? (
          <p className="self-center text-center text-soft text-balance">
            No sets yet. Save the connections that are open, or import a file.
          </p>
        ) : (
          <SetEditor
            set={set}
            onChange={change}
            onExport={() => download([set])}
            onDelete={() => told(removeSet(set.name))}
            onOpened={() => onOpenChange(false)}
          />
        )}
      </div>
      <p role="alert" className="text-dead empty:-mt-3">
        {problem}
      </p>
    </Dialog>
  )
}

function download(sets: readonly SavedSet[]): void {
  const text = `${JSON.stringify(documentOf(sets), null, 2)}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'why1006-connections.json'
  link.click()
  URL.revokeObjectURL(url)
}
