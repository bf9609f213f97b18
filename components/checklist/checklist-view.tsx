'use client'
import { useMemo, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { socketOrigin } from '#components/core/typed.ts'
import { Button } from '#components/ui/button.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import type { CheckSubject } from '#lib/checklist/checks.ts'
import { commandsFor } from '#lib/checklist/commands.ts'
import { judgeMixedContent, judgeStaysOpen } from '#lib/checklist/in-browser.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { CheckList } from './check-list.tsx'
import { ChecklistForm } from './checklist-form.tsx'
import { Summary } from './summary.tsx'
import { type ChecklistTarget, exampleUrl, useChecklist, useTarget } from './use-checklist.ts'

/** The checklist: what to check, what was found, and the commands for it. @param ownOrigin this page's */
export function ChecklistView({ ownOrigin }: { ownOrigin: string }) {
  const target = useTarget(ownOrigin)
  const [state, run] = useChecklist()
  const [about, setAbout] = useState<CheckSubject>('url')
  const { address, origin } = target
  const url = address.ok ? address.socketUrl : null
  const commands = useMemo(
    () => ({
      url: commandsFor({ url: url ?? exampleUrl, ...(target.typed.origin !== '' && { origin }) }),
      server: commandsFor({ url: `${socketOrigin(ownOrigin)}/ws/health` }),
    }),
    [url, origin, target.typed.origin, ownOrigin],
  )
  const start = () => {
    if (url === null || origin === null) return
    setAbout('url')
    run({ url, origin }, ownOrigin)
  }
  const found = state.status === 'failed' ? [] : state.items
  const isUrlTried = state.status !== 'failed' && state.isUrlTried
  const items = {
    url: [...(isUrlTried ? found.filter((item) => item.about === 'url') : []), ...withoutServer(target)],
    server: found.filter((item) => item.about === 'server'),
  }
  const isRunning = state.status === 'running'
  const tab = (value: CheckSubject, label: string) => ({
    value,
    label,
    content: (
      <CheckList
        // Rows of a new run take the place of the old ones, in an order of their own.
        key={state.status === 'done' ? state.run : 0}
        about={value}
        items={items[value]}
        commands={commands[value]}
        isRunning={isRunning && (value === 'server' || isUrlTried)}
      />
    ),
  })
  return (
    <>
      <ChecklistForm target={target} isRunning={isRunning && isUrlTried} onRun={start} />
      <Summary about={about} state={state} items={items[about]} target={target} />
      {state.status === 'failed' && (
        <FailedRequest
          problem={state.problem}
          action={<Button onClick={() => run(null, ownOrigin)}>Try again</Button>}
        />
      )}
      <Tabs
        label="What is checked"
        value={about}
        onChange={(value) => setAbout(value === 'server' ? 'server' : 'url')}
        tabs={[tab('url', 'Your URL'), tab('server', 'This Why1006 server')]}
      />
    </>
  )
}

/** What this page tells of the URL by itself, as it is typed. */
function withoutServer({ address, origin }: ChecklistTarget): ChecklistItem[] {
  if (!address.ok || origin === null) return []
  return [judgeMixedContent(new URL(address.url), origin), judgeStaysOpen(address.socketUrl)]
}
