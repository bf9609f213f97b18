'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { PaletteItem } from './palette-item.tsx'

// The catalogue holds every cause whole, its tests included: it comes when somebody looks one up.
const causes = lazyPart(() => import('#lib/playbook/catalogue.ts').then((module) => module.catalogue))

interface Props {
  typed: string
  then: (act: () => void) => () => void
}

/** The causes of the playbook by title or id, from the second letter on: unasked they would bury the rest. */
export function CausesGroup({ typed, then }: Props) {
  const router = useRouter()
  if (typed.trim().length < 2) return null
  return (
    <LazyView part={causes} failed={() => null}>
      {(catalogue) => (
        <Command.Group heading="Causes">
          {catalogue.map(({ id, title }) => (
            <PaletteItem
              key={id}
              value={`cause ${title} ${id}`}
              onSelect={then(() => router.push(`/playbook/${id}`))}
            >
              {title}
            </PaletteItem>
          ))}
        </Command.Group>
      )}
    </LazyView>
  )
}
