'use client'
import { type KeyboardEvent, useRef } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { cx } from '#components/ui/cx.ts'
import { fieldInput } from '#components/ui/field.tsx'
import { selectSendHistory } from '#lib/store/selectors.ts'
import type { DraftFile, DraftMode } from './draft.ts'

interface Props {
  mode: DraftMode
  text: string
  onText: (text: string) => void
  onFile: (file: DraftFile | null) => void
  onSend: () => void
  noteId: string
}

/** The textbox "Message". Enter sends, Shift+Enter breaks the line; ↑ on the first line goes back in what was sent. */
export function DraftInput({ mode, text, onText, onFile, onSend, noteId }: Props) {
  const history = useLive(selectSendHistory)
  const back = useRef(-1)
  const recall = (step: number) => {
    // An empty box is a new message: what was sent last comes first again.
    if (text === '') back.current = -1
    const next = Math.min(history.length - 1, Math.max(-1, back.current + step))
    back.current = next
    onText(history[next] ?? '')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { value, selectionStart } = event.currentTarget
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) onSend()
    else if (event.key === 'ArrowUp' && !value.slice(0, selectionStart).includes('\n')) recall(1)
    else if (event.key === 'ArrowDown' && back.current >= 0 && !value.slice(selectionStart).includes('\n'))
      recall(-1)
    else return
    event.preventDefault()
  }
  const box = 'min-w-0 flex-1 rounded-box border border-edge bg-ground focus-within:border-link'
  if (mode === 'file')
    return (
      <label className={cx(box, 'flex h-[2.125rem] items-center px-2.5 pointer-coarse:h-11')}>
        <span className="sr-only">File</span>
        <input
          type="file"
          className="figures w-full text-soft file:mr-2 file:rounded-box file:border file:border-edge file:bg-raised file:px-2 file:text-text"
          onChange={(event) => void readFile(event.target.files?.[0]).then(onFile)}
        />
      </label>
    )
  return (
    <label className={cx(box, 'flex items-center px-2.5 py-[6px] pointer-coarse:min-h-11')}>
      <span className="sr-only">Message</span>
      <textarea
        rows={1}
        value={text}
        placeholder={mode === 'hex' ? 'de ad be ef' : '{"type":"ping"}'}
        spellCheck={false}
        aria-describedby={noteId}
        onChange={(event) => {
          back.current = -1
          onText(event.target.value)
        }}
        onKeyDown={onKeyDown}
        className={cx(fieldInput, 'field-sizing-content max-h-32 resize-none')}
      />
    </label>
  )
}

async function readFile(file: File | undefined): Promise<DraftFile | null> {
  if (file === undefined) return null
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
