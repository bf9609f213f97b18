'use client'
import { type FormEvent, useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'

/** What one request may carry; longer logs go through the command line. */
const mostCharacters = 4 * 1024 * 1024

interface Props {
  /** Resolves with what was recognised. */
  onAdd: (text: string) => Promise<string>
}

const fieldId = 'more-evidence'

/** Where what a step asks for is pasted. */
export function focusMoreEvidence(): void {
  const field = document.getElementById(fieldId)
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}

/** The panel "More evidence": console text or log lines, pasted; the verdict is judged anew. */
export function MoreEvidence({ onAdd }: Props) {
  const [text, setText] = useState('')
  const [told, setTold] = useState<{ says: string; failed: boolean } | null>(null)
  const [isBusy, setBusy] = useState(false)

  const add = async (pasted: string) => {
    if (pasted.trim() === '') return
    if (pasted.length > mostCharacters) {
      setTold({ says: 'That is more than 4 MiB: paste only the lines around the failure.', failed: true })
      return
    }
    setBusy(true)
    try {
      setTold({ says: await onAdd(pasted), failed: false })
      setText('')
    } catch (error) {
      setTold({ says: inOneLine(problemOf(error)), failed: true })
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void add(text)
  }
  return (
    <Panel title="More evidence">
      <form onSubmit={submit} className="flex flex-col gap-2 px-3.5 py-3">
        <textarea
          id={fieldId}
          aria-label="More evidence"
          value={text}
          rows={4}
          spellCheck={false}
          placeholder="Paste a console message, stack trace, nginx config, or log lines from nginx, HAProxy, Apache, Caddy or your server"
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            // Into an empty box, what is pasted is judged at once.
            if (text !== '') return
            event.preventDefault()
            const pasted = event.clipboardData.getData('text/plain')
            setText(pasted.slice(0, 20_000))
            void add(pasted)
          }}
          className="figures max-h-60 min-h-24 resize-y rounded-box border border-edge bg-ground px-2.5 py-2 placeholder:text-faint focus:border-link focus:outline-none"
        />
        <div className="flex items-center gap-2.5">
          <p aria-live="polite" className={told?.failed ? 'text-dead' : 'text-soft'}>
            {told?.says}
          </p>
          <Button type="submit" className="ml-auto" disabled={isBusy || text.trim() === ''}>
            Add
          </Button>
        </div>
      </form>
    </Panel>
  )
}
