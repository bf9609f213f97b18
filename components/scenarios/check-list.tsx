import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react'
import { Icon } from '#components/ui/icon.tsx'
import type { Sight } from '#lib/scenarios/scenario.ts'

interface Props {
  /** What a person should see, in phrases. */
  expects: readonly string[]
  /** What was seen, in the same order; shorter while the step was not run. */
  sights: readonly Sight[]
}

const faces = {
  pending: { icon: CircleDashed, className: 'text-faint', word: 'not yet seen' },
  seen: { icon: CircleCheck, className: 'text-alive', word: 'seen' },
  missed: { icon: CircleX, className: 'text-dead', word: 'not seen' },
} satisfies Record<Sight['is'], { icon: LucideIcon; className: string; word: string }>

/** What a step should show, and what the page saw of it. */
export function CheckList({ expects, sights }: Props) {
  return (
    <ul aria-label="What you should see" className="mt-2 flex flex-col gap-1.5">
      {expects.map((text, at) => {
        const sight = sights[at] ?? { is: 'pending' as const }
        const { icon, className, word } = faces[sight.is]
        return (
          <li key={text} data-sight={sight.is} className="flex gap-2.5">
            <Icon of={icon} className={`mt-0.5 shrink-0 ${className}`} />
            <div className="min-w-0">
              <p className={sight.is === 'seen' ? undefined : 'text-soft'}>
                {text}
                <span className="sr-only">: {word}</span>
              </p>
              {sight.says !== undefined && <p className="figures wrap-anywhere text-soft">{sight.says}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
