'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { InlineText } from '#components/playbook/inline-text.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import {
  beginningOf,
  canRun,
  canSkip,
  currentStep,
  type StepId,
  type StepState,
  stepIds,
} from '#lib/scenarios/run/walkthrough.ts'
import { stateOfStep, stepTitles, stepTones } from './step-words.ts'

interface Props {
  run: ScenarioRun
  step: StepId
  says: string
  /** What the button says before the first time; where nothing is to be run, none. */
  runLabel?: string
  children: ReactNode
}

const numbers = {
  waiting: 'border-edge text-soft',
  running: 'border-waiting text-waiting',
  seen: 'border-alive bg-alive-tint text-alive',
  failed: 'border-dead bg-dead-tint text-dead',
  skipped: 'border-line text-faint',
} satisfies Record<StepState, string>

/** One step: its state in words, what can be done, what should be seen. The step that is to be done stands out. */
export function StepCard({ run, step, says, runLabel, children }: Props) {
  const walk = useStore(run.store, (state) => state.walk)
  const problem = useStore(run.store, (state) => state.problem)
  const state = walk[step]
  const isCurrent = currentStep(walk) === step
  // What comes later would tell the end of the story.
  const isReached = isCurrent || state !== 'waiting'
  const item = useKeptInView(isCurrent)
  return (
    <li
      ref={item}
      tabIndex={-1}
      aria-current={isCurrent ? 'step' : undefined}
      className={cx(
        'grid scroll-my-20 grid-cols-[1.625rem_minmax(0,1fr)] gap-x-3 border-line px-3.5 py-3.5 outline-none not-first:border-t',
        isCurrent && 'bg-raised',
      )}
    >
      <span
        aria-hidden
        className={cx(
          'figures flex size-[1.625rem] items-center justify-center rounded-pill border',
          isCurrent && state === 'waiting' ? 'border-text text-text' : numbers[state],
        )}
      >
        {stepIds.indexOf(step) + 1}
      </span>
      <div className="min-w-0">
        <header className="flex min-h-[1.625rem] flex-wrap items-center gap-x-2 gap-y-1.5">
          <h3 className={cx('font-semibold', !isReached && 'text-soft')}>{stepTitles[step]}</h3>
          {state === 'waiting' ? (
            <span className="sr-only">{stateOfStep(state)}</span>
          ) : (
            <Badge tone={stepTones[state]}>{stateOfStep(state)}</Badge>
          )}
          <div className="ml-auto flex items-center gap-1">
            {canSkip(walk, step) && (
              <Button
                look="quiet"
                aria-label={`Skip ${stepTitles[step]}`}
                onClick={() => {
                  run.skip(step)
                  focusCurrent(item.current)
                }}
              >
                Skip
              </Button>
            )}
            <RunButton run={run} step={step} label={runLabel} isCurrent={isCurrent} />
          </div>
        </header>
        <p className={cx('mt-1', isReached ? 'text-soft' : 'text-faint')}>
          <InlineText>{says}</InlineText>
        </p>
        {isReached && children}
        {isCurrent && state === 'failed' && problem !== null && (
          <p role="alert" className="mt-2 wrap-anywhere text-dead">
            {problem}
          </p>
        )}
      </div>
    </li>
  )
}

interface RunButtonProps {
  run: ScenarioRun
  step: StepId
  label: string | undefined
  isCurrent: boolean
}

/** The same button before and after, so that the keyboard stays where it is. A step that watches runs what it watches. */
function RunButton({ run, step, label, isCurrent }: RunButtonProps) {
  const walk = useStore(run.store, (state) => state.walk)
  const state = walk[step]
  if (!canRun(walk, beginningOf(step))) return null
  const isFirst = label !== undefined && state === 'waiting'
  // What is watched by itself needs a button only where it went wrong, or was interrupted by a reload.
  if (label === undefined && !(isCurrent && (state === 'failed' || state === 'waiting'))) return null
  if (label === undefined && walk[beginningOf(step)] !== 'seen') return null
  const again = `${label ?? 'Run'} again`
  return (
    <Button
      look={isCurrent && state !== 'running' ? 'primary' : 'quiet'}
      aria-label={`${isFirst ? label : again}: ${stepTitles[step]}`}
      onClick={() => run.run(step)}
    >
      {isFirst ? label : again}
    </Button>
  )
}

/** After a step was skipped its button is gone: the next step takes the keyboard. */
function focusCurrent(item: HTMLLIElement | null): void {
  const list = item?.parentElement
  requestAnimationFrame(() => list?.querySelector<HTMLElement>('[aria-current="step"]')?.focus())
}

/** Brings the step that became the current one into view, unless it is. Not at the first sight of the page. */
function useKeptInView(isCurrent: boolean) {
  const item = useRef<HTMLLIElement>(null)
  const was = useRef(isCurrent)
  useEffect(() => {
    if (isCurrent && !was.current) item.current?.scrollIntoView({ block: 'nearest' })
    was.current = isCurrent
  }, [isCurrent])
  return item
}
