import type { ReactNode } from 'react'
import { Failed } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'

/** In place of what a request should have brought: what happened, and what to do now. */
export function FailedRequest({ problem, action }: { problem: Problem; action?: ReactNode }) {
  return <Failed what={problem.message} why={problem.remedy} action={action} />
}
