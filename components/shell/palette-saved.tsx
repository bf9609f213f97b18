'use client'
import { Command } from 'cmdk'
import { usePathname, useRouter } from 'next/navigation'
import { useStore } from 'zustand'
import { savedStore } from '#components/core/saved-sets.ts'
import { showSaved, wantSaved } from '#components/core/saved-view.ts'
import { plural } from '#components/ui/format.ts'
import type { SavedConnection, SavedSet } from '#lib/store/saved/sets.ts'
import { fill } from '#lib/store/saved/variables.ts'
import { PaletteItem } from './palette-item.tsx'

/** The saved sets, and each address in them. */
export function SavedGroup({ then }: { then: (act: () => void) => () => void }) {
  const sets = useStore(savedStore, (saved) => saved.sets)
  const router = useRouter()
  const isLive = usePathname() === '/'
  const onLive = (act: () => void) =>
    then(() => {
      if (!isLive) router.push('/')
      act()
    })
  return (
    <Command.Group heading="Saved">
      {sets.map((set) => (
        <PaletteItem
          key={set.name}
          value={`open saved set ${set.name}`}
          onSelect={onLive(() => wantSaved(set.name))}
        >
          <span className="shrink-0">Open saved set</span>
          <span className="min-w-0 truncate text-text">{set.name}</span>
          <span className="shrink-0 text-faint">{plural(set.connections.length, 'connection')}</span>
        </PaletteItem>
      ))}
      {sets.flatMap((set) =>
        set.connections.map((connection, index) => (
          <PaletteItem
            // A set has no ids: the place of a connection is what it is.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={`${set.name} ${index}`}
            value={`open saved ${shownUrl(set, connection)} ${set.name} ${index + 1}`}
            onSelect={onLive(() => wantSaved(set.name, index))}
          >
            <span className="shrink-0">Open saved</span>
            <span className="figures min-w-0 truncate">{shownUrl(set, connection)}</span>
          </PaletteItem>
        )),
      )}
      <PaletteItem value="saved connections…" onSelect={onLive(() => showSaved())}>
        Saved connections…
      </PaletteItem>
    </Command.Group>
  )
}

/** With its variables where they have values; what is secret stays a name. */
function shownUrl(set: SavedSet, connection: SavedConnection): string {
  const filled = fill({ ...set, connections: [connection] }, {})
  return (filled.ok && filled.connections[0]?.url) || connection.url
}
