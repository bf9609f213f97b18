'use client'
import { type FormEvent, useId, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { sayRefusal } from '#components/live/connections/row-actions.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOpen } from '#lib/store/connection/connection-state.ts'
import { type DraftFile, type DraftMode, judgeDraft } from './draft.ts'
import { DraftInput } from './draft-input.tsx'
import { RepeatControl } from './repeat-control.tsx'
import { TemplatePicker } from './template-picker.tsx'

const modes = [
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Hex' },
  { value: 'file', label: 'File' },
] as const

/** Writes and sends: text with a JSON check, bytes as hex, a file; once or again and again. */
export function Composer({ id }: { id: ConnectionId | null }) {
  const open = useLive((live) => {
    const state = id === null ? undefined : live.connections[id]?.state
    return state !== undefined && isOpen(state)
  })
  const noteId = useId()
  const [mode, setMode] = useState<DraftMode>('text')
  const [text, setText] = useState('')
  const [file, setFile] = useState<DraftFile | null>(null)
  const judged = judgeDraft(mode, text, file)
  const sendable = open && judged.payload !== null

  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (id === null || judged.payload === null) return
    const refusal = liveActions.send(id, judged.payload)
    sayRefusal(refusal)
    if (refusal === null && mode === 'text') setText('')
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-2 border-t border-line px-3.5 py-2.5">
      <div className="flex items-center gap-2">
        <DraftInput
          mode={mode}
          text={text}
          onText={setText}
          onFile={setFile}
          onSend={() => sendable && send()}
          noteId={noteId}
        />
        <span id={noteId} title={judged.says ?? undefined}>
          <Badge tone={judged.tone}>{judged.word}</Badge>
          {judged.says !== null && <span className="sr-only">{judged.says}</span>}
        </span>
        <Button type="submit" size="large" disabled={!sendable}>
          Send
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label="Kind of message" options={modes} value={mode} onChange={setMode} />
        <TemplatePicker
          id={id}
          onPick={(template) => {
            setMode('text')
            setText(template)
          }}
        />
        <RepeatControl id={id} open={open} payload={judged.payload} />
      </div>
    </form>
  )
}
