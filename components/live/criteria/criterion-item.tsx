import { CircleCheck, CircleDashed, CircleHelp, CircleX, type LucideIcon } from 'lucide-react'
import { Icon } from '#components/ui/icon.tsx'
import type { CriterionStatus } from '#lib/record/criteria/criterion.ts'
import type { JudgedCriterion } from '#lib/record/success-criteria.ts'

const faces = {
  met: { icon: CircleCheck, className: 'text-alive', word: 'met' },
  unmet: { icon: CircleX, className: 'text-dead', word: 'not met' },
  pending: { icon: CircleDashed, className: 'text-faint', word: 'not yet known' },
  unknown: { icon: CircleHelp, className: 'text-soft', word: 'cannot be known' },
} satisfies Record<CriterionStatus, { icon: LucideIcon; className: string; word: string }>

/** One criterion, how it stands, and what was seen. */
export function CriterionItem({ criterion }: { criterion: JudgedCriterion }) {
  const face = faces[criterion.status]
  return (
    <li className="flex gap-3" data-status={criterion.status}>
      <Icon of={face.icon} className={`mt-0.5 shrink-0 ${face.className}`} />
      <div className="min-w-0">
        <p>
          {criterion.title}
          <span className="sr-only">: {face.word}</span>
        </p>
        <p className="line-clamp-2 text-code text-soft text-pretty" title={criterion.evidence}>
          {criterion.evidence}
        </p>
      </div>
    </li>
  )
}
