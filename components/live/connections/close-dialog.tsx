'use client'
import { type FormEvent, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { describeCloseCode, longestReasonBytes } from '#lib/protocol/close-codes.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** Asks for a close code and a reason. A page may send 1000 and 3000 to 4999 (WHATWG WebSockets, `close()`). */
export function CloseDialog({
  id,
  onOpenChange,
}: {
  id: ConnectionId
  onOpenChange: (open: boolean) => void
}) {
  const label = useLive((live) => live.connections[id]?.target.label ?? '')
  const [code, setCode] = useState('1000')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const known = /^\d{4}$/.test(code) ? describeCloseCode(Number(code)) : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const refusal = liveActions.close(id, Number(code), reason)
    if (refusal === null) onOpenChange(false)
    else setProblem(refusal.says)
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Close with a code"
      description={
        <>
          Closes <code>{label}</code>. JavaScript can send 1000 or 3000 to 4999. All other codes are reserved.
        </>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field
          label="Code"
          inputMode="numeric"
          value={code}
          onChange={(event) => setCode(event.target.value.trim())}
          aria-invalid={problem !== null}
          aria-describedby="close-note"
        />
        <Field
          label="Reason"
          value={reason}
          placeholder={`optional, up to ${longestReasonBytes} bytes`}
          onChange={(event) => setReason(event.target.value)}
        />
        <p id="close-note" aria-live="polite" className="min-h-10 text-soft">
          {problem === null ? (
            known !== undefined && `${known.name}: ${known.meaning}`
          ) : (
            <span className="text-dead">{problem}</span>
          )}
        </p>
        <Button type="submit" look="primary" size="large" className="self-end">
          Close connection
        </Button>
      </form>
    </Dialog>
  )
}
