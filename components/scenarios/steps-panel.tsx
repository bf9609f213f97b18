'use client'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Panel } from '#components/ui/panel.tsx'
import { generalFix } from '#lib/playbook/article.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import { currentStep, stepIds, stepsDone } from '#lib/scenarios/run/walkthrough.ts'
import { expectationsOf, type WatchedStep } from '#lib/scenarios/run/watcher.ts'
import { CheckList } from './check-list.tsx'
import { Done } from './done.tsx'
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
  const current = currentStep(walk)
  const [wasUnderWay] = useState(current !== null)
  const { reproduce, observe, diagnose, fix, verify } = scenario
  const cause = causeOf(diagnose.cause)
  return (
    <Panel title="Steps" note={`${stepsDone(walk)} of ${stepIds.length}`} className={className}>
      <p
        role="status"
        aria-label="Progress"
        className="sr-only"
        data-step={current ?? 'none'}
        data-state={current === null ? 'seen' : walk[current]}
      >
        {current === null
          ? 'All steps are done.'
          : `Step ${stepIds.indexOf(current) + 1} of ${stepIds.length}, ${stepTitles[current]}: ${stateOfStep(current, walk[current])}`}
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
    : `${says} The criterion’s 30 s of idleness are ${idleSeconds} s here. In the end the page says goodbye with \`1000\`.`
}
