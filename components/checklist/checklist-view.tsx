'use client'
import { type FormEvent, useMemo } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { plural } from '#components/ui/format.ts'
import { commandsFor } from '#lib/checklist/commands.ts'
import { judgeMixedContent, judgePageAttempt } from '#lib/checklist/in-browser.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { PartPanel, partNames } from './part-panel.tsx'
import { type ChecklistState, type ChecklistTarget, useChecklist, useTarget } from './use-checklist.ts'

/** The checklist: what to check, what was found, and the commands for it. @param ownOrigin this page's */
export function ChecklistView({ ownOrigin }: { ownOrigin: string }) {
  const target = useTarget(ownOrigin)
  const [state, run] = useChecklist()
  const { address, origin } = target
  const url = address.ok ? address.socketUrl : null
  const commands = useMemo(
    () => (url === null ? [] : commandsFor({ url, ...(target.typed.origin !== '' && { origin }) })),
    [url, origin, target.typed.origin],
  )
  const start = () => {
    if (url !== null && origin !== null) run({ url, origin }, ownOrigin)
  }
  const items = state.status === 'failed' ? [] : withPageChecks(state.items, target)
  return (
    <>
      <ChecklistForm target={target} isRunning={state.status === 'running'} onRun={start} />
      <Summary state={state} items={items} target={target} />
      {state.status === 'failed' && (
        <FailedRequest
          problem={state.problem}
          action={<Button onClick={() => run(null, ownOrigin)}>Try again</Button>}
        />
      )}
      {partNames.map((part) => (
        <PartPanel
          key={part}
          part={part}
          items={items}
          commands={commands}
          isRunning={state.status === 'running'}
        />
      ))}
    </>
  )
}

/** The server's items, and those that only this page can judge; in their places once there are any. */
function withPageChecks(
  items: readonly ChecklistItem[],
  { address, origin, ownOrigin }: ChecklistTarget,
): readonly ChecklistItem[] {
  if (items.length === 0) return []
  const tried = items.some(({ id }) => id === 'page-opens')
  return [
    ...items,
    ...(tried ? [] : [judgePageAttempt(null, ownOrigin)]),
    ...(address.ok && origin !== null ? [judgeMixedContent(new URL(address.url), origin)] : []),
  ]
}

interface FormProps {
  target: ChecklistTarget
  isRunning: boolean
  onRun: () => void
}

/** The form "What to check": the URL that pages open, and where those pages come from. */
function ChecklistForm({ target, isRunning, onRun }: FormProps) {
  const { typed, setTyped, problems } = target
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.length === 0) onRun()
  }
  return (
    <form
      aria-label="What to check"
      onSubmit={submit}
      className="rounded-box border border-line bg-panel p-2.5 max-md:flex max-md:flex-col md:grid md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] gap-2"
    >
      <Field
        label="WebSocket URL"
        value={typed.url}
        onChange={({ target: { value } }) => setTyped({ url: value })}
        aria-invalid={!target.address.ok}
        aria-describedby="checklist-problems"
        inputMode="url"
      />
      <Field
        label="Page’s origin"
        value={typed.origin}
        placeholder={target.ownOrigin}
        onChange={({ target: { value } }) => setTyped({ origin: value })}
        aria-invalid={target.origin === null}
        aria-describedby="checklist-problems"
        inputMode="url"
      />
      <Button
        look="primary"
        size="large"
        type="submit"
        disabled={problems.length > 0}
        className="max-md:w-full"
      >
        {isRunning ? 'Running…' : 'Run the checks'}
      </Button>
      <p id="checklist-problems" className="col-span-full text-dead empty:hidden">
        {problems.join(' ')}
      </p>
    </form>
  )
}

interface SummaryProps {
  state: ChecklistState
  items: readonly ChecklistItem[]
  target: ChecklistTarget
}

/** What the run amounts to, in one line that screen readers are told of. */
function Summary({ state, items, target }: SummaryProps) {
  return (
    <p role="status" aria-label="Checklist" className="px-1 text-soft">
      {words(state, items, target)}
    </p>
  )
}

function words(
  state: ChecklistState,
  items: readonly ChecklistItem[],
  { address, origin }: ChecklistTarget,
): string {
  if (state.status === 'failed') return ''
  if (state.status === 'running') return 'Looking…'
  const count = (outcome: ChecklistItem['outcome']) => items.filter((item) => item.outcome === outcome).length
  const found = `${plural(count('problem'), 'problem')}, ${plural(count('warning'), 'warning')}, ${count('ok')} fine, ${count('unknown')} not known.`
  const { order } = state
  if (order === null) return `${found} This server has looked at itself; run the checks to try the URL.`
  const isSame = address.ok && order.url === address.socketUrl && order.origin === origin
  return isSame ? found : `${found} These were for ${order.url}: run the checks again.`
}
