'use client'
import Link from 'next/link'
import { useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { decodeWalk, stepIds, stepsDone, type Walk } from '#lib/scenarios/run/walkthrough.ts'
import { progressOf } from './scenario-progress.ts'

interface Props {
  id: string
  title: string
}

/** Leads to a scenario; whoever was in the middle of it goes on there. */
export function ScenarioLink({ id, title }: Props) {
  // A server knows of no progress, and nothing changes it while the list is looked at.
  const letters = useSyncExternalStore(
    never,
    () => progressOf(id),
    () => null,
  )
  const walk = letters === null ? null : decodeWalk(letters)
  const words = wordsOf(walk)
  const path = `/playbook/scenarios/${id}`
  return (
    <Link
      href={words.goesOn ? `${path}?at=${letters}` : path}
      prefetch={false}
      aria-label={`${words.label}: ${title}`}
      className={buttonClass('plain', 'medium')}
    >
      {words.label}
    </Link>
  )
}

const never = () => () => {}

function wordsOf(walk: Walk | null): { label: string; goesOn: boolean } {
  const done = walk === null ? 0 : stepsDone(walk)
  if (done === stepIds.length) return { label: 'Reproduce it again', goesOn: false }
  if (done === 0) return { label: 'Reproduce it', goesOn: false }
  return { label: `Go on, ${done} of ${stepIds.length} done`, goesOn: true }
}
