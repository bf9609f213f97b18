import { type FormEvent, useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Field } from '#components/ui/field.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { focusMoreEvidence } from './more-evidence.tsx'

type Step = Report['next'][number]

/** What an experiment changes in the order of a diagnosis. */
export interface OrderChange {
  readonly hold_seconds?: number
  readonly origin?: string
  readonly direct?: string
  readonly headers?: string
  readonly subprotocols?: string
}

interface Props {
  next: readonly Step[]
  onRun?: ((change: OrderChange) => void) | undefined
  /** Adds what the reader tells; resolves with what was recognized of it. */
  onAdd?: ((text: string) => Promise<string>) | undefined
}

/** What to do next, numbered, best first: what Why1006 can run has a button, what it cannot has its command. */
export function NextSteps({ next, onRun, onAdd }: Props) {
  return (
    <ol className="flex flex-col gap-4">
      {next.map((step, at) => (
        <li key={step.id} className="flex gap-2.5">
          <span className="figures w-4 shrink-0 pt-px text-right text-soft">{at + 1}</span>
          <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
            <p className="wrap-anywhere">{step.do}</p>
            {onRun !== undefined && step.runs !== undefined && <Run step={step} onRun={onRun} />}
            {(onRun === undefined || step.runs === undefined) && step.command !== undefined && (
              <Command text={step.command} />
            )}
            {onAdd !== undefined && step.pastes === true && <Tell step={step} onAdd={onAdd} />}
            <Outcomes outcomes={step.outcomes} />
          </div>
        </li>
      ))}
    </ol>
  )
}

const asked = {
  direct: { label: 'Address of the server', example: 'ws://10.0.0.5:8080/ws' },
  headers: { label: 'Header', example: 'Cookie: session=…' },
  subprotocols: { label: 'Subprotocol', example: 'graphql-transport-ws' },
} as const

function Run({ step: { id, runs = {} }, onRun }: { step: Step; onRun: (change: OrderChange) => void }) {
  const [value, setValue] = useState('')
  const { asks, hold_seconds, origin } = runs
  if (asks === undefined) {
    const change = {
      ...(hold_seconds !== undefined && { hold_seconds }),
      ...(origin !== undefined && { origin }),
    }
    return <Button onClick={() => onRun(change)}>{buttonWords(id, hold_seconds)}</Button>
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onRun({ [asks]: value.trim() })
  }
  const { label, example } = asked[asks]
  return (
    <form onSubmit={submit} className="flex w-full flex-wrap items-end gap-2">
      <Field
        label={label}
        boxClassName="min-w-0 flex-1"
        value={value}
        required
        placeholder={example}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" size="large">
        Try it
      </Button>
    </form>
  )
}

/** What the reader fetches is pasted below; a comparison is told with a click. */
function Tell({ step: { id }, onAdd }: { step: Step; onAdd: (text: string) => Promise<string> }) {
  if (id !== 'elsewhere') return <Button onClick={focusMoreEvidence}>Paste it</Button>
  const tell = async (text: string) => {
    try {
      await onAdd(text)
    } catch (error) {
      say(inOneLine(problemOf(error)), 'dead')
    }
  }
  return (
    <span className="flex flex-wrap gap-2">
      <Button onClick={() => void tell('It works from another network.')}>It works there</Button>
      <Button onClick={() => void tell('The same happens from another network too.')}>
        It fails there too
      </Button>
    </span>
  )
}

function buttonWords(id: string, holdSeconds: number | undefined): string {
  if (holdSeconds !== undefined) return `Hold for ${holdSeconds} s`
  return id === 'probe' ? 'Probe it' : 'Try it'
}

function Command({ text }: { text: string }) {
  return (
    <div className="flex w-full items-start gap-2 rounded-box border border-line bg-ground px-2.5 py-1.5">
      <code className="figures min-w-0 flex-1 py-0.5 whitespace-pre-wrap wrap-anywhere">{text}</code>
      <CopyButton text={text} what="Command" look="quiet" />
    </div>
  )
}

/** What each result would mean. */
function Outcomes({ outcomes }: Pick<Step, 'outcomes'>) {
  const telling = outcomes.filter(({ causes }) => causes.length > 0)
  if (telling.length === 0) return null
  return (
    <dl className="grid w-full gap-x-4 gap-y-1 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      {telling.map(({ shows, causes }) => (
        <div key={shows} className="contents">
          <dt className="text-soft wrap-anywhere">{shows}</dt>
          <dd className="max-md:pl-3 wrap-anywhere">
            {causes.map((id) => causeOf(id)?.title ?? id).join(' · ')}
          </dd>
        </div>
      ))}
    </dl>
  )
}
