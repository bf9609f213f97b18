'use client'
import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { generalFix } from '#lib/playbook/article.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { scenarioPath, scenarios } from '#lib/scenarios/catalogue.ts'
import { isBegun } from '#lib/scenarios/run/run-record.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import { currentStep, stepIds, stepsDone } from '#lib/scenarios/run/walkthrough.ts'
import { expectationsOf, type WatchedStep } from '#lib/scenarios/run/watcher.ts'
import type { Sight } from '#lib/scenarios/scenario.ts'
import { FindingView } from './finding-view.tsx'
import { FixDiffs } from './fix-diffs.tsx'
import { OwnServer } from './own-server.tsx'
import { SecurePageNote } from './secure-page-note.tsx'
import { StepCard } from './step-card.tsx'
import { stateOfStep, stepTitles } from './step-words.ts'

/** The list "Steps": five of them, one after the other. */
export function StepsPanel({ run, className }: { run: ScenarioRun; className?: string }) {
  const { scenario } = run
  const walk = useStore(run.store, (state) => state.walk)
  const speed = useStore(run.store, (state) => state.conditions.speed)
  const isRecorded = useStore(run.store, (state) => state.isRecorded)
  const examination = useStore(run.store, (state) => state.examination)
  const isStarted = useStore(run.store, ({ walk, before }) => isBegun(walk) || before !== null)
  const current = currentStep(walk)
  const [wasUnderWay] = useState(current !== null)
  const { reproduce, observe, diagnose, fix, verify } = scenario
  const cause = causeOf(diagnose.cause)
  return (
    <Panel
      title="Steps"
      note={`${stepsDone(walk)} of ${stepIds.length}`}
      className={className}
      actions={isStarted && <Button onClick={run.startOver}>Start over</Button>}
    >
      <p
        role="status"
        aria-label="Progress"
        className="sr-only"
        data-step={current ?? 'none'}
        data-state={current === null ? 'seen' : walk[current]}
      >
        {current === null
          ? 'All steps are done.'
          : `Step ${stepIds.indexOf(current) + 1} of ${stepIds.length}, ${stepTitles[current]}: ${stateOfStep(walk[current])}`}
      </p>
      <ol aria-label="Steps">
        <StepCard run={run} step="reproduce" says={reproduce.says} runLabel="Run">
          {scenario.secure && <SecurePageNote recording={scenario.secure.recording} />}
          <Checks run={run} step="reproduce" />
        </StepCard>
        <StepCard run={run} step="observe" says={observe.says}>
          <Checks run={run} step="observe" />
          <OwnServer commands={observe.commands} />
        </StepCard>
        <StepCard run={run} step="diagnose" says={diagnose.says} runLabel="Run">
          <FindingView examination={examination} />
          <OwnServer commands={diagnose.commands} />
        </StepCard>
        <StepCard run={run} step="fix" says={fix.says} runLabel="Apply">
          <FixDiffs diffs={fix.diffs(speed)} />
          <Checks run={run} step="fix" />
          <OwnServer commands={fix.commands} changes={cause && generalFix(cause).changes} />
        </StepCard>
        <StepCard
          run={run}
          step="verify"
          says={verifySays(isRecorded ? overHttp : verify.says, verify.idleSeconds(speed))}
        >
          <Checks run={run} step="verify" />
        </StepCard>
      </ol>
      {current === null && <Done run={run} isNew={wasUnderWay} />}
    </Panel>
  )
}

function Checks({ run, step }: { run: ScenarioRun; step: WatchedStep }) {
  const sights = useStore(run.store, (state) => state.sights[step])
  const speed = useStore(run.store, (state) => state.conditions.speed)
  const expects = expectationsOf(run.scenario, step, speed).map(({ expects }) => expects)
  return <CheckList expects={expects} sights={sights} />
}

/** What was recorded on an https page is mended here on one that came over http. */
const overHttp =
  'On this page, which came over http, the new line picks ws://; on one that came over https it picks wss://.'

function verifySays(says: string, idleSeconds: number): string {
  return idleSeconds === 30
    ? `${says} The criterion’s 30 s of idleness are the real ones.`
    : `${says} The criterion’s 30 s of idleness are ${idleSeconds} s here. At the end your page closes with \`1000\`.`
}

interface CheckListProps {
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
function CheckList({ expects, sights }: CheckListProps) {
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

interface DoneProps {
  run: ScenarioRun
  /** Just done, and not found so by whoever comes back: then it comes into view. */
  isNew: boolean
}

const endOfReal = 'Fixed. The connection that failed now stays open under the same conditions.'
const endOfRecording = 'The failure was a recording. The fix ran for real.'
const endWithSkips = 'Done. You can still run the skipped steps.'

/** Behind the last step: what now holds, and where to go on. */
function Done({ run: { scenario, store }, isNew }: DoneProps) {
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
