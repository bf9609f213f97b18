'use client'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { fieldInput } from '#components/ui/field.tsx'
import { formatBytes } from '#components/ui/format.ts'
import { say } from '#components/ui/toast-queue.ts'
import { visible } from '#lib/text/foreign.ts'
import { isAddress } from './address.ts'
import { type Attachment, blobOf, LONGEST_TYPED, withAttached } from './attachments.ts'
import { Recognized } from './recognized.tsx'
import { useBroughtAnywhere } from './use-brought-anywhere.ts'
import { useRecognized } from './use-recognized.ts'

interface Props {
  text: string
  onText: (text: string) => void
  attachments: readonly Attachment[]
  onAttach: (attachments: readonly Attachment[]) => void
  /** What is wrong with the address; empty where nothing is, or where there is none. */
  problem: string
  /** The element that says so. */
  problemId?: string
  /** As many lines as it is high at the least. */
  rows?: number
  /** At the right below: the buttons. */
  children: ReactNode
  /** A verdict is shown: it gets the room, and what was asked is one line until it is edited. */
  isFolded?: boolean
  /** Somebody has begun to edit. */
  onEdit?: () => void
  /** It is being read: what was recognized until now stays, and nothing comes that would push the rest down. */
  isReading?: boolean
  /** Nothing was asked yet: the box has the focus, where that brings up no keyboard on the screen. */
  isFirst?: boolean
}

/**
 * The box "What went wrong?": an address, or anything else about a failure, typed, pasted or dropped. Enter diagnoses an
 * address; in a text of several lines it makes a line, and Ctrl or ⌘ with Enter diagnoses.
 */
export function Box({
  text,
  onText,
  attachments,
  onAttach,
  problem,
  problemId,
  rows = 2,
  isFolded = false,
  onEdit,
  isReading = false,
  isFirst = false,
  children,
}: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  /** A long paste takes a while: it loses none that came meanwhile. */
  const latest = useRef(attachments)
  latest.current = attachments
  const attach = (added: readonly { name: string; content: Blob }[]) => {
    const { attachments: next, leftOut } = withAttached(latest.current, added)
    latest.current = next
    onAttach(next)
    if (leftOut !== null) say(leftOut, 'dead')
  }
  const attachFiles = (files: readonly File[]) =>
    attach(files.map((file) => ({ name: file.name, content: file })))
  /** What is too long to stand in a field is kept beside it, as a file would be. */
  const attachPaste = async (pasted: string) => attach([{ name: 'paste', content: await blobOf(pasted) }])

  const isOver = useBroughtAnywhere({
    onText: (pasted) => {
      if (pasted.length > LONGEST_TYPED) return void attachPaste(pasted)
      onText(text.trim() === '' ? pasted : `${text.trimEnd()}\n${pasted}`)
      area.current?.focus()
    },
    onFiles: attachFiles,
  })
  const isText = attachments.length > 0 || (text.trim() !== '' && !isAddress(text))
  const seen = useRecognized(text, attachments, isText && !isReading)

  const wasFirst = useRef(isFirst)
  useEffect(() => {
    if (wasFirst.current && matchMedia('(pointer: fine)').matches)
      area.current?.focus({ preventScroll: true })
  }, [])

  // Its first line stands for the whole.
  useEffect(() => {
    if (isFolded) area.current?.scrollTo(0, 0)
  }, [isFolded])

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isMeant = event.ctrlKey || event.metaKey || (isAddress(text) && !event.shiftKey)
    if (event.key !== 'Enter' || !isMeant || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  return (
    <div
      className={cx(
        'relative rounded-box border bg-ground focus-within:border-link',
        isFolded && 'flex min-w-0 flex-1 items-center gap-2',
        isOver ? 'border-link' : 'border-edge',
      )}
    >
      <label className={cx('block', isFolded && 'min-w-0 flex-1')}>
        <span className="sr-only">What went wrong?</span>
        <textarea
          ref={area}
          value={text}
          onFocus={onEdit}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain')
            if (pasted.length <= LONGEST_TYPED) return
            event.preventDefault()
            void attachPaste(pasted)
          }}
          rows={isFolded ? 1 : rows}
          style={{ '--rows': rows } as CSSProperties}
          placeholder="wss://app.example.com/ws, or paste the error message, log lines, a configuration, curl output …"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== ''}
          aria-describedby={problemId}
          className={cx(
            fieldInput,
            'field-sizing-content block max-h-[40vh] w-full resize-none px-3 text-lead',
            // One line as high as the box: nothing of the next shows below it.
            isFolded
              ? 'h-11 overflow-hidden leading-11 whitespace-nowrap'
              : 'min-h-[calc(var(--rows)*1.5rem+1.25rem)] py-2.5',
          )}
        />
      </label>
      {!isFolded && isText && <Recognized seen={seen} />}
      <div
        className={cx(
          'flex items-center gap-2',
          isFolded ? 'pr-1' : 'flex-wrap border-t border-line px-2 py-2',
        )}
      >
        {!isFolded && <FilePicker onFiles={attachFiles} />}
        {attachments.map(({ file, content }) => (
          <Button
            key={file}
            size="small"
            look="quiet"
            aria-label={`Remove ${visible(file)}`}
            className="max-w-full"
            onClick={() => onAttach(attachments.filter((each) => each.file !== file))}
          >
            <span className="truncate">{visible(file)}</span>
            <span className="figures text-faint">{formatBytes(content.size)}</span> ×
          </Button>
        ))}
        <span className={cx('min-w-0 flex-1 truncate text-faint max-sm:hidden', isFolded && 'hidden')}>
          {attachments.length === 0 ? 'or drop them: logs, configurations, HAR, curl output' : ''}
        </span>
        <span className="ml-auto flex">{children}</span>
      </div>
      {isOver && (
        <p className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-box bg-raised text-lead">
          Drop the files to add them
        </p>
      )}
    </div>
  )
}

function FilePicker({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size="small" onClick={() => input.current?.click()}>
        Add files…
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}
