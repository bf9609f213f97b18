import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { type ChecklistTarget, exampleUrl } from './use-checklist.ts'

interface Props {
  target: ChecklistTarget
  isRunning: boolean
  onRun: () => void
}

/** The form "What to check": the URL that pages open, and where those pages come from. */
export function ChecklistForm({ target, isRunning, onRun }: Props) {
  const { typed, setTyped, problems } = target
  const [isAsked, setAsked] = useState(false)
  const isMissing = isAsked && typed.url === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (problems.length === 0) onRun()
  }
  return (
    <form
      aria-label="What to check"
      onSubmit={submit}
      className="gap-2 rounded-box border border-line bg-panel p-2.5 max-md:flex max-md:flex-col md:grid md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto]"
    >
      <Field
        label="WebSocket URL"
        value={typed.url}
        placeholder={exampleUrl}
        onChange={({ target: { value } }) => setTyped({ url: value })}
        aria-invalid={isMissing || (typed.url !== '' && !target.address.ok)}
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
        {isMissing ? 'Enter the URL that your page opens.' : problems.join(' ')}
      </p>
    </form>
  )
}
