'use client'
import { type FormEvent, useId, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { sayRefusal } from '#components/live/connections/row-actions.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { plural } from '#components/ui/format.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import type { Payload } from '#lib/protocol/payload.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOpen } from '#lib/store/connection/connection-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { type DraftFile, type DraftMode, judgeDraft } from './draft.ts'
import { DraftInput } from './draft-input.tsx'
import { templatesFor } from './templates.ts'

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

/** Messages worth sending to this endpoint; each says what to expect. */
function TemplatePicker({ id, onPick }: { id: ConnectionId | null; onPick: (text: string) => void }) {
  const endpoint = useLive((live) => (id === null ? null : (live.connections[id]?.target.endpoint ?? null)))
  return (
    <select
      aria-label="Template"
      value=""
      onChange={(event) => onPick(event.target.value)}
      className="h-[1.625rem] max-w-36 pointer-coarse:h-11 rounded-box border border-edge bg-panel px-1.5 text-code text-soft"
    >
      <option value="" disabled>
        Template
      </option>
      {templatesFor(endpoint).map((template) => (
        <option key={template.label} value={template.text} title={template.expects}>
          {template.label}
        </option>
      ))}
    </select>
  )
}

interface Props {
  id: ConnectionId | null
  open: boolean
  payload: Payload | null
}

/** Sends the draft again and again until stopped. */
function RepeatControl({ id, open, payload }: Props) {
  const repeat = useLive(selectFacet(id, 'repeat'))
  const [everyMs, setEveryMs] = useState('1000')
  if (id !== null && repeat != null)
    return (
      <span className="ml-auto flex items-center gap-2">
        <span className="figures text-soft">{plural(repeat.sent, 'time')} sent</span>
        <Button onClick={() => liveActions.stopRepeat(id)}>Stop repeating</Button>
      </span>
    )
  return (
    <span className="ml-auto flex items-center gap-1.5">
      <label className="flex h-[1.625rem] pointer-coarse:h-11 items-center gap-1.5 rounded-box border border-edge bg-ground px-2 text-code text-faint focus-within:border-link">
        every
        <input
          aria-label="Repeat every, in milliseconds"
          inputMode="numeric"
          value={everyMs}
          onChange={(event) => setEveryMs(event.target.value)}
          className="figures w-[5ch] bg-transparent text-text outline-none"
        />
        ms
      </label>
      <Button
        disabled={!open || payload === null}
        onClick={() =>
          id !== null && payload !== null && sayRefusal(liveActions.startRepeat(id, payload, Number(everyMs)))
        }
      >
        Repeat
      </Button>
    </span>
  )
}
