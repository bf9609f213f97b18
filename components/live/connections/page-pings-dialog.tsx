'use client'
import { type FormEvent, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ConnectionId, PagePings } from '#lib/store/connection/connection.ts'

const modes = [
  { value: 'off', label: 'Off' },
  { value: 'once', label: 'Once, on open' },
  { value: 'every', label: 'Repeatedly' },
] as const

interface Props {
  id: ConnectionId
  pings: PagePings
  onOpenChange: (open: boolean) => void
}

/** The page's own pings: script cannot send a protocol ping, so it sends a message that is answered. */
export function PagePingsDialog({ id, pings, onOpenChange }: Props) {
  const foreign = useLive((live) => live.connections[id]?.target.endpoint === null)
  const isThrough = useLive((live) => live.connections[id]?.target.isThrough === true)
  const [mode, setMode] = useState(pings.mode)
  const [seconds, setSeconds] = useState(pings.mode === 'every' ? String(pings.intervalMs / 1000) : '2')
  const [message, setMessage] = useState(('message' in pings && pings.message) || '')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const intervalMs = Number(seconds) * 1000
    if (mode === 'every' && !(intervalMs >= 100)) return setProblem('Minimum 0.1 s.')
    const own = foreign && message !== '' ? { message } : {}
    const refusal = liveActions.setPagePings(
      id,
      mode === 'off' ? { mode } : mode === 'once' ? { mode, ...own } : { mode, intervalMs, ...own },
    )
    if (refusal === null) onOpenChange(false)
    else setProblem(refusal.says)
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Page pings"
      description={
        isThrough
          ? 'Why1006 sends ping frames and times the pongs. The extra traffic resets idle timers, so turn it off to test them.'
          : 'Browsers cannot send WebSocket pings. This page can send a message instead and time the reply. The extra traffic resets idle timers, so turn it off to test them.'
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Segmented label="When" options={modes} value={mode} onChange={setMode} className="w-fit" />
        {mode === 'every' && (
          <Field
            label="Every"
            unit="s"
            inputMode="decimal"
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
        )}
        {mode !== 'off' && foreign && (
          <Field
            label="Message"
            value={message}
            placeholder={isThrough ? 'none: ping frames' : 'a message your server replies to'}
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
        <p role="status" className="min-h-5 text-dead">
          {problem}
        </p>
        <Button type="submit" look="primary" size="large" className="self-end">
          Apply
        </Button>
      </form>
    </Dialog>
  )
}
