'use client'
import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { scenarioPath, scenarios } from '#lib/scenarios/catalogue.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'

interface Props {
  run: ScenarioRun
  /** Just done, and not found so by whoever comes back: then it comes into view. */
  isNew: boolean
}

const endOfReal = 'Made, seen, explained, mended: what failed now holds under the same conditions.'
const endOfRecording = 'The failure was a recording; the mended line ran here for real.'
const endWithSkips = 'The end of the scenario; what was skipped can still be run.'

/** Behind the last step: what now holds, and where to go on. */
export function Done({ run: { scenario, store }, isNew }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isNew) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isNew])
  const { walk, isRecorded } = store.getState()
  const isVerified = walk.verify === 'seen'
  const next = scenarios[scenarios.indexOf(scenario) + 1] ?? scenarios[0]
  return (
    <div
      ref={box}
      className="flex scroll-my-20 flex-wrap items-center gap-x-4 gap-y-2.5 border-t border-line px-3.5 py-3.5"
    >
      <p className="flex min-w-0 flex-1 basis-52 items-start gap-2.5 font-medium">
        <Icon of={CircleCheck} className={`mt-0.5 shrink-0 ${isVerified ? 'text-alive' : 'text-faint'}`} />
        {isVerified ? (isRecorded ? endOfRecording : endOfReal) : endWithSkips}
      </p>
      {next && (
        <Link href={scenarioPath(next)} className={buttonClass(isVerified ? 'primary' : 'plain', 'medium')}>
          Next: {next.title}
        </Link>
      )}
    </div>
  )
}
