'use client'
import { type DragEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, fieldBox, fieldInput } from '#components/ui/field.tsx'
import { say } from '#components/ui/toast-queue.ts'
import type { Source } from '#lib/intake/read.ts'
import { forgetBrought, judgeBrought } from './ask/brought.ts'
import { sourcesOf } from './ask/files.ts'
import { recordedEvidence } from './recorded.ts'
import { cancelDiagnosis, diagnosisStore, forgetDiagnosis, startDiagnosis } from './run.ts'
import type { OrderForm as Form } from './use-order.ts'

const optionBox = 'max-sm:min-w-0 max-sm:flex-[1_1_44%]'
const wideBox = 'max-sm:w-full'

/** One line without a blank is an address; everything else is read. */
const isAddress = (text: string): boolean => !/\s/.test(text.trim()) && !/^[{[<]/.test(text.trim())

/**
 * The form "Diagnose": a URL that is probed, or anything else about a failure, which is read here. Enter diagnoses an
 * address; in a text of several lines it makes a line, and Ctrl or ⌘ with Enter diagnoses.
 */
export function OrderForm({ form }: { form: Form }) {
  const experiment = useStore(diagnosisStore, ({ current }) => current?.experiment ?? null)
  const isRunning = useExperiment(experiment, ({ judgement }) => judgement.status === 'probing')
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(form.url)
  const [files, setFiles] = useState<readonly Source[]>([])
  const [known, setKnown] = useState(form.url)
  const { connection, problems, order, set } = form
  // A link, an example or a report has named another address.
  if (form.url !== known) {
    setKnown(form.url)
    if (form.url !== '') setText(form.url)
  }
  const isUrl = files.length === 0 && isAddress(text)
  useEffect(() => box.current?.setCustomValidity(isUrl ? problems.url : ''), [isUrl, problems.url])
  usePastedAnywhere((pasted) => write(pasted))

  const write = (value: string) => {
    setText(value)
    const url = isAddress(value) ? value : ''
    setKnown(url)
    set({ url })
  }
  const diagnose = () => {
    if (isRunning || (isUrl && order === null)) return
    if (isUrl && order !== null) {
      forgetBrought()
      startDiagnosis(order, connection === null ? undefined : recordedEvidence(connection, order.url))
    } else {
      forgetDiagnosis()
      void judgeBrought(text, files)
    }
  }
  const add = async (given: readonly File[]) => {
    const { sources, leftOut } = await sourcesOf(given, files)
    setFiles(sources)
    if (leftOut !== null) say(leftOut, 'dead')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    diagnose()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isMeant = event.ctrlKey || event.metaKey || (isAddress(text) && !event.shiftKey)
    if (event.key !== 'Enter' || !isMeant || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void add([...event.dataTransfer.files])
  }
  return (
    <form
      aria-label="Diagnose"
      onSubmit={submit}
      onDrop={onDrop}
      onDragOver={(event) => event.preventDefault()}
      className="flex flex-col gap-2.5 rounded-box border border-line bg-panel p-3.5"
    >
      <div className="rounded-box border border-edge bg-ground focus-within:border-link">
        <label className="block">
          <span className="sr-only">What went wrong?</span>
          <textarea
            ref={box}
            value={text}
            required={files.length === 0}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            rows={2}
            placeholder="wss://app.example.com/ws, or paste the error message, log lines, a configuration, curl output …"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={isUrl && text !== '' && problems.url !== ''}
            className={cx(
              fieldInput,
              'field-sizing-content block max-h-[40vh] w-full resize-none px-3 py-2.5 text-lead',
            )}
          />
        </label>
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-2 py-2">
          <FilePicker onFiles={(given) => void add(given)} />
          {files.map(({ file }) => (
            <Button
              key={file}
              size="small"
              look="quiet"
              aria-label={`Remove ${file}`}
              onClick={() => setFiles(files.filter((each) => each.file !== file))}
            >
              {file} ×
            </Button>
          ))}
          <span className="min-w-0 flex-1 truncate text-faint max-sm:hidden">
            {files.length === 0 ? 'or drop them: logs, configurations, HAR, curl output' : ''}
          </span>
          {/* Two buttons, not one that changes: a click on Cancel would submit what it has become. */}
          {isRunning ? (
            <Button key="cancel" size="large" className="min-w-28" onClick={cancelDiagnosis}>
              Cancel
            </Button>
          ) : (
            <Button key="diagnose" type="submit" look="primary" size="large" className="min-w-28">
              Diagnose
            </Button>
          )}
        </div>
      </div>
      <Options form={form} />
    </form>
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

/** What is pasted where no field has the focus belongs into the box. */
function usePastedAnywhere(take: (text: string) => void): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isField =
        event.target instanceof HTMLElement &&
        event.target.matches('input, textarea, select, [contenteditable]')
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isField || text === '') return
      event.preventDefault()
      latest.current(text)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}

/** What the probe should do otherwise than a plain browser. */
function Options({ form }: { form: Form }) {
  const { problems, set } = form
  const { origin, direct, hold, subprotocols, send, headers } = form
  const isSet = [origin, direct, hold, subprotocols, send, headers].some((value) => value !== '')
  return (
    <details open={isSet || undefined} className="group">
      <summary className="w-fit cursor-pointer text-soft hover:text-text">Options of the probe</summary>
      <div className="flex flex-wrap gap-2 pt-2">
        <Field
          label="Origin"
          placeholder="the target’s own"
          title="The Origin header that the probe sends; none for no such header"
          value={form.origin}
          onChange={(event) => set({ origin: event.target.value })}
          boxClassName={cx(wideBox, 'w-60')}
        />
        <Field
          label="Direct URL"
          placeholder="behind the proxy"
          title="Your server’s own address, without the proxy. Tested as well if the first attempt fails."
          value={form.direct}
          onChange={(event) => set({ direct: event.target.value })}
          boxClassName={cx(wideBox, 'w-72')}
        />
        <Field
          label="Stay idle for"
          unit="s"
          placeholder="0"
          inputMode="decimal"
          title="How long to keep the open connection idle, to see what closes it"
          value={form.hold}
          ref={(input) => input?.setCustomValidity(problems.hold)}
          aria-invalid={problems.hold !== ''}
          onChange={(event) => set({ hold: event.target.value })}
          boxClassName={cx(optionBox, 'w-44')}
        />
        <Field
          label="Subprotocols"
          placeholder="none"
          value={form.subprotocols}
          onChange={(event) => set({ subprotocols: event.target.value })}
          boxClassName={cx(optionBox, 'w-48')}
        />
        <Field
          label="First message"
          placeholder="none"
          title="Sent once open. Many servers drop clients that do not authenticate."
          value={form.send}
          onChange={(event) => set({ send: event.target.value })}
          boxClassName={cx(optionBox, 'w-56')}
        />
        <label className={cx(fieldBox, 'min-h-[34px] min-w-0 basis-80 grow max-sm:basis-full')}>
          <span className="shrink-0 text-faint">Headers</span>
          <textarea
            rows={1}
            value={form.headers}
            onChange={(event) => set({ headers: event.target.value })}
            placeholder="Authorization: Bearer …"
            title="Sent by the probe, one per line. Never added to this page’s URL; masked in reports."
            spellCheck={false}
            className={cx(fieldInput, 'field-sizing-content max-h-32 resize-none py-1.5')}
          />
        </label>
      </div>
    </details>
  )
}
